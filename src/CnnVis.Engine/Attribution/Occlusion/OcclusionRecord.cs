using CnnVis.Engine.Tensors;

namespace CnnVis.Engine.Attribution.Occlusion;

/// <summary>Collects the answers of one picture: of all that a network says, only what was asked for is kept.</summary>
internal sealed class OcclusionRecord
{
    private readonly ClassScore _kind;

    /// <param name="whole">Answers for the picture as it is.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="positions">Positions of the occluder.</param>
    public OcclusionRecord(OccludedAnswers whole, OcclusionOptions options, int positions)
    {
        _kind = options.Score;
        Classes = [.. options.Classes.Select(c => c ?? whole.Probabilities.PlaceOfLargest()).Distinct()];
        Channels = [.. options.Layers.Select((l, i) => l.Channel ?? whole.Totals[i].PlaceOfLargest())];
        Score = [.. Classes.Select(c => Of(whole)[c])];
        Total = [.. Channels.Select((c, i) => whole.Totals[i][c])];
        Scores = [.. Classes.Select(_ => new float[positions])];
        Totals = [.. Channels.Select(_ => new float[positions])];
        MostProbable = new int[positions];
    }

    /// <summary>Output indices.</summary>
    public int[] Classes { get; }

    /// <summary>For each layer, the number of the map.</summary>
    public int[] Channels { get; }

    /// <summary>Of each class, for the picture as it is.</summary>
    public float[] Score { get; }

    /// <summary>Of each layer, for the picture as it is.</summary>
    public float[] Total { get; }

    /// <summary>Of each class, for each position.</summary>
    public float[][] Scores { get; }

    /// <summary>Of each layer, for each position.</summary>
    public float[][] Totals { get; }

    /// <summary>Output index for each position.</summary>
    public int[] MostProbable { get; }

    /// <summary>Takes the answers of some positions.</summary>
    public void Add(IReadOnlyList<int> positions, OccludedAnswers answers)
    {
        int classes = answers.Probabilities.Length / answers.Count;
        for (int i = 0; i < positions.Count; i++)
        {
            for (int c = 0; c < Classes.Length; c++) Scores[c][positions[i]] = answers.At(Of(answers), i, Classes[c]);
            for (int l = 0; l < Channels.Length; l++) Totals[l][positions[i]] = answers.At(answers.Totals[l], i, Channels[l]);
            MostProbable[positions[i]] = answers.Probabilities.AsSpan(i * classes, classes).PlaceOfLargest();
        }
    }

    /// <summary>Fills in the positions that were not computed.</summary>
    public void FillIn(GridRefinement refinement)
    {
        foreach (float[] values in Scores.Concat(Totals)) refinement.Interpolate(values);
        refinement.TakeNearest(MostProbable);
    }

    private float[] Of(OccludedAnswers answers) => _kind == ClassScore.Logit ? answers.Logits : answers.Probabilities;
}
