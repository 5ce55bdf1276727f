using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Predictions;

namespace CnnVis.Engine.Humans;

/// <summary>Shows networks the pictures that people saw.</summary>
public static class NetworkAnswers
{
    private const int Guesses = 5;

    /// <summary>Adds a network's answers to pictures.</summary>
    /// <param name="answers">Where they go.</param>
    /// <param name="network">Whom to ask.</param>
    /// <param name="pictures">Names and files.</param>
    /// <param name="categories">The study's categories; null where its labels are the network's classes.</param>
    /// <param name="batchSize">Pictures computed at a time.</param>
    /// <param name="report">Told of each picture that cannot be read.</param>
    /// <param name="progress">Told how many are done.</param>
    /// <param name="cancellation">Ends it.</param>
    public static void Add(AnswerCollection answers, Network network, IReadOnlyList<(string Image, string Path)> pictures, CategoryMap? categories, int batchSize, Action<CnnVisException> report, Action<int> progress, CancellationToken cancellation)
    {
        ILookup<string, string> names = pictures.ToLookup(p => p.Path, p => p.Image, StringComparer.Ordinal);
        var predictor = new Predictor(network, categories is null ? Guesses : network.Classes.Count);
        using var stream = new ImageStream(network, batchSize, cancellation);
        int done = 0;
        foreach (ImageBatch batch in stream.Batches(names.Select(n => new ImageSource(n.Key))))
        {
            IReadOnlyList<CnnPrediction> predictions = predictor.Predict(batch, cancellation);
            batch.InOrder(report, (image, index) =>
            {
                CnnPrediction prediction = predictions[index];
                IReadOnlyList<string>? guesses = categories is null ? null : [.. categories.Rank(prediction.Top).Take(Guesses)];
                foreach (string name in names[image.Path]) answers.Add(prediction, name, guesses);
            });
            progress(done += batch.Count);
        }
    }
}
