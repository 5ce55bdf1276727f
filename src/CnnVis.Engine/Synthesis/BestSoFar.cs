using System.Runtime.InteropServices;
using CnnVis.Engine.Optimization;
using static TorchSharp.torch;

namespace CnnVis.Engine.Synthesis;

/// <summary>
/// The pictures to keep: those of lowest loss where a loss says how good a picture is, and the latest where the network sees it through random transformations. One that
/// reached the score that is enough stays as it was then.
/// </summary>
internal sealed class BestSoFar
{
    private readonly SynthesisOptions _options;
    private readonly float[] _losses;
    private readonly bool[] _done;
    private readonly int[] _steps, _evaluations;
    private readonly List<float>[] _scores;
    private readonly float[][] _pixels;

    public BestSoFar(int count, SynthesisOptions options)
    {
        (_options, _losses, _done, _steps, _evaluations, _pixels) = (options, new float[count], new bool[count], new int[count], new int[count], new float[count][]);
        _scores = [.. Enumerable.Range(0, count).Select(_ => new List<float>())];
        Array.Fill(_losses, float.PositiveInfinity);
    }

    /// <summary>Looks at the pictures of a step.</summary>
    /// <param name="evaluation">What was found out about them.</param>
    /// <param name="pictures">For each row its picture's number.</param>
    /// <param name="step">Number of the step.</param>
    /// <returns>The rows whose pictures have not reached what is enough.</returns>
    public int[] Take(Evaluation evaluation, IReadOnlyList<int> pictures, int step)
    {
        using var scope = NewDisposeScope();
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(evaluation.Pixels.cpu().contiguous().bytes);
        int length = values.Length / pictures.Count;
        for (int row = 0; row < pictures.Count; row++)
        {
            int i = pictures[row];
            float loss = evaluation.Losses[row], score = evaluation.Scores[row];
            _scores[i].Add(score);
            _evaluations[i] += evaluation.Looks[row];
            _done[i] = _options.EnoughScore is { } wanted && score >= wanted;
            bool better = _done[i] || _pixels[i] is null || (_options.IsDeterministic ? loss < _losses[i] : float.IsFinite(loss));
            if (!better) continue;
            (_losses[i], _steps[i]) = (loss, step);
            values.Slice(row * length, length).CopyTo(_pixels[i] ??= new float[length]);
        }
        return [.. Enumerable.Range(0, pictures.Count).Where(row => !_done[pictures[row]])];
    }

    /// <summary>What was kept; nothing before the first step.</summary>
    /// <param name="interrupted">Whether it was before the time.</param>
    public SynthesizedPicture[] Pictures(bool interrupted) =>
        _pixels.Any(p => p is null) ? [] : [.. _pixels.Select((pixels, i) => new SynthesizedPicture(pixels, _steps[i], _done[i], interrupted && !_done[i], _evaluations[i], [.. _scores[i]]))];
}
