using System.Diagnostics;
using System.Globalization;
using static TorchSharp.torch;

namespace CnnVis.Train;

/// <summary>Runs a recipe, one checkpoint an epoch; started again with the same folder it goes on where it stopped.</summary>
internal sealed class Trainer
{
    private readonly Recipe _recipe;
    private readonly ImageSet _training, _validation;
    private readonly string _folder;
    private readonly TrainingNetwork _network;
    private readonly TorchSharp.Modules.SGD _optimizer;
    private readonly long _stepsAnEpoch;

    public Trainer(Recipe recipe, ImageSet training, ImageSet validation, int classes, string folder)
    {
        (_recipe, _training, _validation, _folder) = (recipe, training, validation, folder);
        manual_seed(recipe.Seed);
        _network = new TrainingNetwork(classes, recipe.Dropout, recipe.HalfPrecision);
        // Decay belongs on weights that multiply, not on biases or normalisation.
        var decayed = _network.parameters().Where(p => p.dim() > 1).ToArray();
        var free = _network.parameters().Where(p => p.dim() <= 1).ToArray();
        _optimizer = optim.SGD(
            [new TorchSharp.Modules.SGD.ParamGroup(decayed, new() { momentum = recipe.Momentum, nesterov = true, weight_decay = recipe.WeightDecay, LearningRate = recipe.PeakLearningRate }),
             new TorchSharp.Modules.SGD.ParamGroup(free, new() { momentum = recipe.Momentum, nesterov = true, weight_decay = 0, LearningRate = recipe.PeakLearningRate })],
            recipe.PeakLearningRate, recipe.Momentum, nesterov: true);
        _stepsAnEpoch = training.Count / recipe.BatchSize;
    }

    /// <summary>Trains to the recipe's end, or until so many epochs were added.</summary>
    public TrainingNetwork Run(int epochs, CancellationToken cancellation)
    {
        int first = Resume();
        for (int epoch = first; epoch < _recipe.Epochs && epoch - first < epochs && !cancellation.IsCancellationRequested; epoch++)
        {
            var clock = Stopwatch.StartNew();
            double loss = TrainEpoch(epoch, cancellation);
            if (cancellation.IsCancellationRequested) break;
            Save(epoch + 1);
            _network.eval();
            var accuracy = Accuracy.Of(_validation, _network.forward);
            string line = string.Create(CultureInfo.InvariantCulture, $"epoch {epoch + 1,2}/{_recipe.Epochs}  loss {loss:F3}  {accuracy}  {clock.Elapsed.TotalMinutes:F1} min");
            Console.WriteLine(line);
            File.AppendAllText(Path.Combine(_folder, "log.txt"), line + Environment.NewLine);
        }
        return _network;
    }

    private double TrainEpoch(int epoch, CancellationToken cancellation)
    {
        _network.train();
        manual_seed(_recipe.Seed + epoch);
        int[] order = [.. Enumerable.Range(0, _training.Count)];
        new Random(unchecked((int)_recipe.Seed) + epoch).Shuffle(order);
        double total = 0;
        var clock = Stopwatch.StartNew();
        Task<float[]> next = Task.Run(() => Batch(order, epoch, 0), CancellationToken.None);
        for (long step = 0; step < _stepsAnEpoch && !cancellation.IsCancellationRequested; step++)
        {
            float[] pixels = next.Result;
            long following = step + 1;
            if (following < _stepsAnEpoch) next = Task.Run(() => Batch(order, epoch, following), CancellationToken.None);

            using var scope = NewDisposeScope();
            double rate = _recipe.LearningRate(epoch * _stepsAnEpoch + step, _recipe.Epochs * _stepsAnEpoch);
            foreach (var group in _optimizer.ParamGroups) group.LearningRate = rate;
            var input = ImageSet.Batch(pixels, _recipe.BatchSize);
            var labels = tensor(Labels(order, step));
            _optimizer.zero_grad();
            var loss = nn.functional.cross_entropy(_network.forward(input), labels, label_smoothing: _recipe.LabelSmoothing);
            loss.backward();
            _optimizer.step();
            total += loss.item<float>();
            if (step % 10 == 9) Progress(epoch, step, total / (step + 1), clock.Elapsed);
        }
        return total / _stepsAnEpoch;
    }

    private long[] Labels(int[] order, long step) =>
        [.. Enumerable.Range(0, _recipe.BatchSize).Select(i => (long)_training.Label(order[step * _recipe.BatchSize + i]))];

    private float[] Batch(int[] order, int epoch, long step)
    {
        float[] pixels = new float[_recipe.BatchSize * ImageSet.ImageLength];
        for (int i = 0; i < _recipe.BatchSize; i++)
        {
            long at = step * _recipe.BatchSize + i;
            // A generator per picture: what it sees depends on epoch and place only.
            var random = new Random(HashCode(_recipe.Seed, epoch, at));
            Augmentation.Apply(_training.Image(order[at]), pixels.AsSpan(i * ImageSet.ImageLength, ImageSet.ImageLength), random);
        }
        return pixels;
    }

    private static int HashCode(long seed, int epoch, long at)
    {
        ulong x = unchecked((ulong)seed * 0x9E3779B97F4A7C15 + (ulong)epoch * 0xBF58476D1CE4E5B9 + (ulong)at * 0x94D049BB133111EB);
        x ^= x >> 31;
        x *= 0xD6E8FEB86659FD93;
        return unchecked((int)(x ^ (x >> 32)));
    }

    private void Progress(int epoch, long step, double loss, TimeSpan elapsed)
    {
        double done = (double)(step + 1) / _stepsAnEpoch;
        string text = string.Create(CultureInfo.InvariantCulture, $"epoch {epoch + 1}/{_recipe.Epochs}  step {step + 1}/{_stepsAnEpoch}  loss {loss:F3}  {(step + 1) * _recipe.BatchSize / elapsed.TotalSeconds:F0} images/s  {elapsed.TotalMinutes * (1 - done) / done:F1} min left in the epoch");
        if (Console.IsOutputRedirected) { if (step % 100 == 99) Console.WriteLine(text); }
        else Console.Write("\r" + text.PadRight(110));
    }

    private string CheckpointFile => Path.Combine(_folder, "checkpoint.bin");

    private void Save(int epochs)
    {
        string temporary = CheckpointFile + ".tmp";
        using (var writer = new BinaryWriter(File.Create(temporary)))
        {
            writer.Write(epochs);
            writer.Write(_recipe.ToString());
            using var weights = new MemoryStream(); // saving closes the stream that it is given
            _network.save(weights);
            byte[] bytes = weights.ToArray();
            writer.Write(bytes.Length);
            writer.Write(bytes);
            _optimizer.save_state_dict(writer);
        }
        File.Move(temporary, CheckpointFile, overwrite: true);
    }

    private int Resume()
    {
        if (!File.Exists(CheckpointFile)) return 0;
        using var reader = new BinaryReader(File.OpenRead(CheckpointFile));
        int epochs = reader.ReadInt32();
        string recipe = reader.ReadString();
        if (recipe != _recipe.ToString()) throw new InvalidOperationException($"'{CheckpointFile}' was made with another recipe:\n{recipe}\nChoose another --output, or give the same settings.");
        _network.load(new MemoryStream(reader.ReadBytes(reader.ReadInt32())));
        _optimizer.load_state_dict(reader);
        Console.WriteLine($"resumed after epoch {epochs}");
        return epochs;
    }
}
