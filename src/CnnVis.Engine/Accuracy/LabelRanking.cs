namespace CnnVis.Engine.Accuracy;

/// <summary>Pictures in the order of a label's probability, the most probable first.</summary>
internal sealed class LabelRanking
{
    private readonly int[] _pictures;
    private readonly float[] _probabilities;
    private readonly bool[] _shown;

    /// <param name="probabilities">Of the label, by picture.</param>
    /// <param name="shown">Which pictures have it.</param>
    public LabelRanking(float[] probabilities, bool[] shown)
    {
        _pictures = [.. Enumerable.Range(0, shown.Length).OrderByDescending(i => probabilities[i])];
        _probabilities = [.. _pictures.Select(i => probabilities[i])];
        _shown = [.. _pictures.Select(i => shown[i])];
        ShownCount = shown.Count(s => s);
    }

    /// <summary>Pictures that have the label.</summary>
    public int ShownCount { get; }

    /// <summary>Pictures of at least this probability.</summary>
    public int SaidCount(float threshold) => _probabilities.TakeWhile(p => p >= threshold).Count();

    /// <summary>Those of them that have the label.</summary>
    public int RightCount(float threshold) => _shown.Take(SaidCount(threshold)).Count(s => s);

    /// <summary>Σ (Rₙ − Rₙ₋₁) Pₙ over the distinct probabilities: pictures of one probability are said together. NaN where no picture has the label.</summary>
    /// <param name="weights">How often each picture counts; null for once.</param>
    public double AveragePrecision(int[]? weights)
    {
        long seen = 0, right = 0, before = 0;
        double sum = 0;
        for (int i = 0; i < _pictures.Length; i++)
        {
            int weight = weights is null ? 1 : weights[_pictures[i]];
            seen += weight;
            if (_shown[i]) right += weight;
            if (i + 1 < _pictures.Length && _probabilities[i + 1] == _probabilities[i] || right == before) continue;
            sum += (right - before) * ((double)right / seen);
            before = right;
        }
        return right == 0 ? double.NaN : sum / right;
    }
}
