using System.Runtime.InteropServices;
using CnnVis.Engine.Synthesis.Optimizers;
using static TorchSharp.torch;

namespace CnnVis.Engine.Synthesis;

/// <summary>
/// The pictures to keep: those of lowest loss where a loss says how good a picture is, and the latest where the network sees it through random transformations. One that
/// reached the score that is enough stays as it was then.
/// </summary>
internal sealed class BestSoFar : IDisposable
{
    private readonly SynthesisOptions _options;
    private readonly float[] _losses;
    private readonly bool[] _done;
    private readonly int[] _steps;
    private readonly List<float>[] _scores;
    private Tensor? _pixels;

    public BestSoFar(int count, SynthesisOptions options)
    {
        (_options, _losses, _done, _steps) = (options, new float[count], new bool[count], new int[count]);
        _scores = [.. Enumerable.Range(0, count).Select(_ => new List<float>())];
        Array.Fill(_losses, float.PositiveInfinity);
    }

    /// <summary>Whether every picture reached what is enough.</summary>
    public bool AreAllDone => _options.EnoughScore is not null && _done.All(d => d);

    /// <summary>Looks at the pictures of a step.</summary>
    public void Take(Evaluation evaluation, int step)
    {
        using var scope = NewDisposeScope();
        _pixels ??= evaluation.Pixels.clone().DetachFromDisposeScope();
        var better = new bool[_losses.Length];
        for (int i = 0; i < better.Length; i++)
        {
            if (_done[i]) continue;
            float loss = evaluation.Losses[i], score = evaluation.Scores[i];
            _scores[i].Add(score);
            bool enough = _options.EnoughScore is { } wanted && score >= wanted;
            better[i] = enough || (_options.IsDeterministic ? loss < _losses[i] : float.IsFinite(loss));
            if (!better[i]) continue;
            (_losses[i], _steps[i], _done[i]) = (loss, step, enough);
        }
        if (!better.Contains(true)) return;
        Tensor rows = tensor(better, device: _pixels.device).reshape(-1, 1, 1, 1);
        Tensor kept = where(rows, evaluation.Pixels, _pixels).DetachFromDisposeScope();
        _pixels.Dispose();
        _pixels = kept;
    }

    /// <summary>What was kept.</summary>
    /// <param name="interrupted">Whether it was before the time.</param>
    public SynthesizedPicture[] Pictures(bool interrupted)
    {
        using var scope = NewDisposeScope();
        float[] values = MemoryMarshal.Cast<byte, float>(_pixels!.cpu().contiguous().bytes).ToArray();
        int length = values.Length / _losses.Length;
        return [.. _losses.Select((_, i) => new SynthesizedPicture(values[(i * length)..((i + 1) * length)], _steps[i], _done[i], interrupted && !_done[i], [.. _scores[i]]))];
    }

    /// <inheritdoc/>
    public void Dispose() => _pixels?.Dispose();
}
