namespace CnnVis.Engine.Humans;

/// <summary>One labeler's answers, a place a trial: a picture under a condition.</summary>
internal sealed class Labeler(string name, LabelerKind kind, int trials)
{
    public string Name => name;

    public LabelerKind Kind => kind;

    /// <summary>The answer to each trial; null where it was not shown.</summary>
    public LabelerAnswer?[] Answers { get; } = new LabelerAnswer?[trials];

    /// <summary>Whether it counts as right; null where it was not shown.</summary>
    public bool?[] Right { get; } = new bool?[trials];

    /// <summary>The trials in the order in which they were answered.</summary>
    public List<int> Order { get; } = [];

    /// <summary>Answers of the training round.</summary>
    public int TrainingCount { get; set; }
}
