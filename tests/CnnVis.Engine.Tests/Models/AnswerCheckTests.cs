using CnnVis.Engine.Activations;
using CnnVis.Engine.Adversarial;
using CnnVis.Engine.Adversarial.Attacks;
using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;
using CnnVis.Engine.Graphs.Operators.Shapes;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Predictions;
using CnnVis.Engine.Tests.Images;
using CnnVis.Engine.Tests.Retrieval;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models;

/// <summary>A picture whose answer is not a number is one error, and counts nowhere.</summary>
public sealed class AnswerCheckTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void APictureWithoutAnAnswerIsAnErrorInItsPlace()
    {
        Network network = OfUnitLength();
        using var memory = new BatchMemory(network.Input);
        using ImageBatch batch = Batch(network, memory, Noise("a", 1), Black("b"), Noise("c", 2), _folder["missing.png"]);
        var seen = new List<string>();
        batch.InOrder(error => seen.Add(error.ErrorId), (image, index) => seen.Add($"{Path.GetFileName(image.Path)} {index}"));
        Assert.Equal(["a.png 0", ErrorIds.AnswerNotANumber, "c.png 1", ErrorIds.PathNotFound], seen);
        var predictions = new Predictor(network, 3).Predict(batch);
        Assert.Equal(2, predictions.Count);
        Assert.All(predictions, p => Assert.InRange(p.Probability, 0.2f, 1));
        using ImageBatch alone = Batch(network, memory, Noise("c", 2));
        Assert.Equal(new Predictor(network, 1).Predict(alone)[0].Probability, predictions[1].Probability, 1e-6f);
    }

    [Fact]
    public void ABatchOfNothingElseIsEmpty()
    {
        Network network = OfUnitLength();
        using var memory = new BatchMemory(network.Input);
        using ImageBatch batch = Batch(network, memory, Black("b"));
        Assert.Null(batch.Pixels);
        Assert.Empty(new Predictor(network, 1).Predict(batch));
    }

    [Fact]
    public void MeasurementsLookAtTheOthers()
    {
        Network network = OfUnitLength();
        using var memory = new BatchMemory(network.Input);
        string[] files = [Noise("a", 1), Noise("c", 2)];
        var measured = new ActivationMeasurement(network, [network.Layer("relu")]);
        using (ImageBatch batch = Batch(network, memory, [.. files, Black("b")])) measured.Add(batch);
        var others = new ActivationMeasurement(network, [network.Layer("relu")]);
        using (ImageBatch batch = Batch(network, memory, files)) others.Add(batch);
        Assert.Equal(2, measured.ImageCount);
        Assert.Equal(others.Statistics().Select(s => (s.Verdict, s.Maximum)), measured.Statistics().Select(s => (s.Verdict, s.Maximum)));
    }

    [Fact]
    public void RobustnessCountsAPictureForAllNetworksOrNone()
    {
        Network plain = RetrievalRun.Network(), unit = OfUnitLength();
        var query = new AttackQuery { Attacks = [new Fgsm(AttackOptions.Default)], Epsilons = [0.1] };
        var measurement = new RobustnessMeasurement([new AttackedNetwork(plain, query, null), new AttackedNetwork(unit, query, null)]);
        using var memory = new BatchMemory(plain.Input);
        var errors = new List<CnnVisException>();
        using (ImageBatch batch = Batch(plain, memory, Noise("a", 1), Black("b"), Noise("c", 2)))
            foreach (FoundVerdicts found in measurement.Look(batch))
            {
                measurement.Add(found);
                if (found.Problem is { } problem) errors.Add(problem.About(""));
            }
        Assert.Equal(ErrorIds.AnswerNotANumber, Assert.Single(errors).ErrorId);
        Assert.All(measurement.Measures, m => Assert.Equal(2, m.Count));
    }

    [Theory]
    [InlineData(1e30f, true), InlineData(1f, false)]
    public void NumbersBeyondFloat32AreFoundToo(float weight, bool fails)
    {
        Network network = Network.Create("large", "test", new TestNetworks.Chain(1, 1, 3, 8, 8).Conv("conv1", 3, 4, 3).Relu("relu1")
            .Given("factor", full([1], weight)).Add("times", OperatorCatalog.Create("Mul"), "factor").Add("again", OperatorCatalog.Create("Mul"), "factor")
            .Add("flatten", new Flatten(OperatorAttributes.None)).Fc("fc", 4 * 36, 3).Build(), new Dictionary<string, string>(), new ImportOptions());
        using var memory = new BatchMemory(network.Input);
        using ImageBatch batch = Batch(network, memory, Noise("a", 1));
        Assert.Equal(fails ? 0 : 1, batch.Readable.Count);
    }

    /// <summary>Divides the picture by its length first.</summary>
    private static Network OfUnitLength() => Network.Create("unit", "test", Unit(new TestNetworks.Chain(3, 1, 3, 8, 8)).Conv("conv", 3, 4, 3).Relu("relu")
        .Add("flatten", new Flatten(OperatorAttributes.None)).Fc("fc", 4 * 36, 3).Build(), new Dictionary<string, string>(), new ImportOptions());

    private static TestNetworks.Chain Unit(TestNetworks.Chain chain)
    {
        chain.Given("axes", tensor(new long[] { 1, 2, 3 })).Add("length", OperatorCatalog.Create("ReduceL2"), "axes");
        string length = chain.Value;
        chain.Value = "image";
        return chain.Add("unit", OperatorCatalog.Create("Div"), length);
    }

    private static ImageBatch Batch(Network network, BatchMemory memory, params string[] files)
    {
        using var loader = new ImageLoader(network.Input, files.Length, 1, DecodeOptions.Default, CancellationToken.None);
        foreach (string file in files) loader.Add(file);
        return ImageBatch.Of(loader.Take(files.Length), network, memory);
    }

    private string Noise(string name, int seed) => Written(name, Pictures.Noise(8, 8, seed));

    private string Black(string name) => Written(name, new PixelImage(8, 8, new byte[8 * 8 * 3]));

    private string Written(string name, PixelImage image) => _folder.Add(name + ".png", Pictures.Png(image));
}
