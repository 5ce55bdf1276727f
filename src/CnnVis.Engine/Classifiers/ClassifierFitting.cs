using System.Runtime.InteropServices;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Classifiers;

/// <summary>Fits a linear classifier to labelled codes.</summary>
public static class ClassifierFitting
{
    /// <summary>Share of the objective that a fit may leave to be won: the last one, and those that only compare weight decays.</summary>
    private const double Tolerance = 1e-5, RoughTolerance = 2e-3;

    /// <summary>Most steps of those.</summary>
    private const int RoughIterations = 100;

    /// <summary>The weight decay that is tried first, and the bounds of the search; each is √10 times the next.</summary>
    private const double First = 1, Strongest = 1000, Weakest = 1e-7;

    /// <summary>Fits it.</summary>
    /// <param name="codes">The codes; used up.</param>
    /// <param name="layer">Alias of their layer.</param>
    /// <param name="classes">Labels in the order of the outputs, with their names; null for all labels, in ordinal order.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told what is being done, and the value so far.</param>
    /// <param name="cancellation">Ends it between two passes over the codes.</param>
    /// <exception cref="CnnVisException">There are fewer than two classes, too few codes to leave some out, or weights that do not fit.</exception>
    public static ClassifierHead Fit(LabelledCodes codes, string layer, IReadOnlyList<(string Label, string Name)>? classes, ClassifierOptions options, Action<string>? progress = null, CancellationToken cancellation = default)
    {
        classes ??= [.. codes.Labels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(label => (label, label))];
        var numbers = classes.Select((c, i) => (c.Label, i)).ToDictionary(c => c.Label, c => c.i, StringComparer.Ordinal);
        int[] labels = [.. codes.Labels.Select((label, i) => numbers.TryGetValue(label, out int number) ? number
            : throw new CnnVisException(ErrorIds.ClassNotFound, $"{(codes.Sources[i] is { } path ? $"'{path}'" : "A code")} shows '{label}', which is none of the classes given.", label))];
        int[] counts = new int[classes.Count];
        foreach (int label in labels) counts[label]++;
        if (classes.Count < 2) throw new CnnVisException(ErrorIds.InvalidArgument, $"A classifier tells at least two classes apart; the codes show {(classes.Count == 1 ? $"'{classes[0].Name}' alone" : "none")}.");
        if (Array.IndexOf(counts, 0) is >= 0 and var none) throw new CnnVisException(ErrorIds.InvalidArgument, $"No code shows '{classes[none].Name}'.", classes[none].Name);
        double[] classWeights = Weights(classes, counts, options);

        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        Tensor matrix = Matrix(codes); // [N, D]
        Standardization standard = Standardization.Apply(matrix);
        Tensor target = tensor(labels, dtype: ScalarType.Int64), weights = tensor([.. labels.Select(l => (float)classWeights[l])]);
        var trials = new List<WeightDecayTrial>();
        int heldOut = 0;
        Tensor? near = null;
        double decay = options.WeightDecay ?? Search();
        var all = new SoftmaxRegression(matrix, target, weights, classes.Count);
        SoftmaxRegression.Result fit = all.Fit(decay, near, Tolerance, options.MaxIterations, (step, value) => progress?.Invoke(FormattableString.Invariant($"step {step}, loss {value:F4}")), cancellation);
        int split = classes.Count * codes.Length;
        float[] parameters = fit.Parameters.ToFloats();
        var (weight, bias) = standard.Undo(parameters.AsSpan(0, split), parameters.AsSpan(split));
        return new ClassifierHead([.. classes.Select(c => c.Name)], weight, bias, new CnnClassifierFit
        {
            Layer = layer,
            Count = labels.Length,
            CodeLength = codes.Length,
            ClassCount = classes.Count,
            WeightDecay = decay,
            Objective = fit.Objective,
            Iterations = fit.Iterations,
            IsConverged = fit.IsConverged,
            HeldOutCount = heldOut,
            HeldOutAccuracy = trials.FirstOrDefault(t => t.WeightDecay == decay)?.HeldOutAccuracy,
            Trials = trials.ToArray(),
        });

        // From strong to weak, each fit from the one before, until the loss on what is left out grows; the other way where it grows at once.
        double Search()
        {
            bool[] isOut = HeldOutPart.Of(labels, codes.Sources, options.HeldOut, options.Seed);
            heldOut = isOut.Count(o => o);
            if (heldOut == 0) throw new CnnVisException(ErrorIds.InvalidArgument, $"There are too few pictures to leave {options.HeldOut:P0} of each class out, by which the weight decay is chosen: give more, a larger share, or -WeightDecay.");
            using var inner = NewDisposeScope();
            SoftmaxRegression fitted = Part(false), measured = Part(true);
            WeightDecayTrial? best = null;
            best = Try(First, null);
            Follow(-1);
            if (best.WeightDecay == First) Follow(1);
            near = near?.MoveToOuterDisposeScope();
            return best.WeightDecay;

            WeightDecayTrial Try(double tried, Tensor? start)
            {
                Tensor found = fitted.Fit(tried, start, RoughTolerance, RoughIterations, (i, value) => progress?.Invoke(FormattableString.Invariant($"weight decay {tried:G2}, step {i}, loss {value:F4}")), cancellation).Parameters;
                var (loss, accuracy) = measured.Measure(found);
                trials.Add(new WeightDecayTrial(tried, loss, accuracy));
                if (best is null || loss < best.HeldOutLoss) near = found;
                return trials[^1];
            }

            void Follow(int direction)
            {
                for (int step = 1; First * Math.Pow(10, 0.5 * direction * step) is >= Weakest and <= Strongest and var decay; step++)
                {
                    WeightDecayTrial trial = Try(decay, near);
                    if (!(trial.HeldOutLoss < best.HeldOutLoss)) return;
                    best = trial;
                }
            }

            SoftmaxRegression Part(bool left)
            {
                Tensor rows = tensor([.. Enumerable.Range(0, isOut.Length).Where(i => isOut[i] == left).Select(i => (long)i)]);
                return new SoftmaxRegression(matrix.index_select(0, rows), target.index_select(0, rows), weights.index_select(0, rows), classes.Count);
            }
        }
    }

    private static double[] Weights(IReadOnlyList<(string Label, string Name)> classes, int[] counts, ClassifierOptions options)
    {
        double total = counts.Sum();
        double[] weights = [.. counts.Select(count => options.IsBalanced ? total / (counts.Length * count) : 1)];
        foreach (var (name, weight) in options.ClassWeights)
        {
            int found = Enumerable.Range(0, classes.Count).FirstOrDefault(i => classes[i].Name == name || classes[i].Label == name, -1);
            if (found < 0) throw new CnnVisException(ErrorIds.ClassNotFound, $"-ClassWeight names '{name}', which is no class. Did you mean {string.Join(", ", Suggestion.For(name, classes.Select(c => c.Name)))}?", name);
            if (!(weight > 0) || !double.IsFinite(weight)) throw new CnnVisException(ErrorIds.InvalidArgument, $"The weight of '{name}' is {weight}; weights are above 0.", weight);
            weights[found] *= weight;
        }
        return weights;
    }

    private static Tensor Matrix(LabelledCodes codes)
    {
        Tensor matrix = empty([codes.Count, codes.Length]);
        int row = 0;
        foreach (float[] values in codes.Take())
        {
            using Tensor place = matrix[row++];
            values.CopyTo(MemoryMarshal.Cast<byte, float>(place.bytes));
        }
        return matrix;
    }
}
