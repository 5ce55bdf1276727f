using CnnVis.Engine.Models;
using CnnVis.Engine.Optimization;
using CnnVis.Engine.Synthesis.Regularizers;
using static TorchSharp.torch;

namespace CnnVis.Engine.Synthesis;

/// <summary>
/// The one optimiser in picture space: raises objectives by moving what makes the pictures, which are seen through transformations and kept tame by regularisers.
/// Everything is exchangeable, and every picture has a seed of its own, so that the same seed gives the same picture.
/// </summary>
public sealed class Synthesizer
{
    /// <summary>Deviation of the noise on a start where all maxima tie, or where the gradient is nothing, so that it leads nowhere.</summary>
    internal const double TieBreaker = 0.005;

    private readonly Network _network;
    private readonly SynthesisOptions _options;

    /// <param name="network">Whom to please. It is not changed.</param>
    /// <param name="options">How.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: a regulariser changes pixels, and something else is moved.</exception>
    public Synthesizer(Network network, SynthesisOptions options)
    {
        if (options.Regularizers.Any(r => r.ChangesPixels) && options.Parameterization is not Parameterizations.PixelParameterization)
            throw new CnnVisException(ErrorIds.InvalidArgument, "Blur, decay and clipping change pixels: they go with pixels as what is moved, not with a spectrum.", null);
        (_network, _options) = (network, options);
    }

    /// <summary>The pictures, in the order of the items.</summary>
    /// <param name="items">What is wanted.</param>
    /// <param name="progress">Gets how far it is, after each step.</param>
    /// <param name="cancellation">Ends it between two nodes of a pass. Pictures that were begun come out as the best so far; those that were not are left out.</param>
    public IReadOnlyList<SynthesizedPicture> Run(IReadOnlyList<SynthesisItem> items, Action<SynthesisProgress>? progress, CancellationToken cancellation)
    {
        var pictures = new List<SynthesizedPicture>(items.Count);
        foreach (SynthesisItem[] batch in items.Chunk(_options.BatchSize))
        {
            if (cancellation.IsCancellationRequested) break;
            pictures.AddRange(Run(batch, (step, score) => progress?.Invoke(new SynthesisProgress(pictures.Count, items.Count, step, _options.Steps, score)), cancellation));
        }
        return pictures;
    }

    private IReadOnlyList<SynthesizedPicture> Run(SynthesisItem[] items, Action<int, double> progress, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        using IOptimizer optimizer = _options.Optimizer();
        var problem = new SynthesisProblem(_network, _options, items, cancellation);
        var best = new BestSoFar(items.Length, _options);
        int[] pictures = [.. Enumerable.Range(0, items.Length)]; // of each row
        Evaluation? here = null;
        try
        {
            (Tensor variables, here) = Begin(items, problem);
            for (int step = 0; ; step++)
            {
                problem.Step = step;
                here ??= problem.At(variables);
                int[] rows = best.Take(here, pictures, step);
                progress(step, here.Scores.Average());
                if (step >= _options.Steps || rows.Length == 0 || cancellation.IsCancellationRequested) return best.Pictures(step < _options.Steps);
                if (rows.Length < pictures.Length)
                {
                    pictures = [.. rows.Select(r => pictures[r])];
                    (variables, here) = (Keep(variables, rows, optimizer), here.Keep(rows));
                    problem.Keep(rows);
                }
                (variables, here) = Step(variables, here, optimizer, problem);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return best.Pictures(interrupted: true);
        }
        finally
        {
            here?.Dispose();
        }
    }

    /// <summary>Pictures that are done leave the batch.</summary>
    private static Tensor Keep(Tensor variables, int[] rows, IOptimizer optimizer)
    {
        using var scope = NewDisposeScope();
        Tensor places = tensor(rows.Select(r => (long)r).ToArray(), device: variables.device);
        optimizer.Keep(places);
        Tensor some = variables.index_select(0, places).MoveToOuterDisposeScope();
        variables.Dispose();
        return some;
    }

    private (Tensor, Evaluation?) Step(Tensor variables, Evaluation here, IOptimizer optimizer, SynthesisProblem problem)
    {
        using var scope = NewDisposeScope();
        var (next, there) = optimizer.Step(variables, here, problem);
        foreach (IRegularizer regularizer in _options.Regularizers.Where(r => r.ChangesPixels))
            next = problem.Restrict(regularizer.Change(next, here.Gradient, problem.Step + 1));
        next = next.MoveToOuterDisposeScope();
        variables.Dispose();
        here.Dispose();
        if (_options.IsDeterministic) return (next, there);
        there?.Dispose();
        return (next, null);
    }

    private (Tensor, Evaluation) Begin(SynthesisItem[] items, SynthesisProblem problem)
    {
        using var scope = NewDisposeScope();
        Tensor variables = Start(items);
        Evaluation here = problem.At(variables);
        Tensor lost = here.Gradient.flatten(1).abs().amax([1L]).eq(0); // [N]
        if (lost.any().item<bool>())
        {
            here.Dispose();
            Tensor scattered = _options.Parameterization.Scatter(variables, [.. items.Select(i => i.Seed)], TieBreaker);
            variables = where(lost.reshape([-1, .. Enumerable.Repeat(1L, (int)variables.dim() - 1)]), scattered, variables);
            problem.Forget();
            bool[] twice = [.. lost.cpu().data<bool>()];
            here = problem.At(variables) with { Looks = [.. twice.Select(l => l ? 2 : 1)] };
        }
        return (variables.MoveToOuterDisposeScope(), here);
    }

    private Tensor Start(SynthesisItem[] items)
    {
        using var scope = NewDisposeScope();
        CnnInput input = _network.Input;
        Tensor pixels = stack([.. items.Select(i => tensor(i.Start, [input.Channels, input.Height, input.Width], device: _network.TorchDevice))]); // [N, C, H, W]
        Tensor variables = _options.Parameterization.Encode(pixels);
        if (_options.Noise > 0) variables = _options.Parameterization.Scatter(variables, [.. items.Select(i => i.Seed)], _options.Noise);
        return variables.MoveToOuterDisposeScope();
    }
}
