using CnnVis.Engine.Models;
using CnnVis.Engine.Tables;

namespace CnnVis.Engine.Humans.Labeling;

/// <summary>What a labeling task is made of.</summary>
public sealed record LabelingRequest
{
    /// <summary>Its title, by which exported answers are known as one study.</summary>
    public required string Title { get; init; }

    /// <summary>Pictures to choose from, with what they show.</summary>
    public required IReadOnlyList<(string Path, string Label)> Pictures { get; init; }

    /// <summary>Pictures that may stand as examples beside the classes, with what they show; those of the task itself are left out.</summary>
    public IReadOnlyList<(string Path, string Label)> Examples { get; init; } = [];

    /// <summary>Networks whose answers the page can show; the classes are the first one's. Without any, classes are the labels.</summary>
    public IReadOnlyList<Network> Networks { get; init; } = [];

    /// <summary>The network by whose codes classes are put in order; null for none.</summary>
    public Network? Coder { get; init; }

    /// <summary>All labels that are right for a picture; null for none.</summary>
    public LabelTable? Acceptable { get; init; }

    /// <summary>The hierarchy of the classes; null for none.</summary>
    public ClassTree? Tree { get; init; }

    /// <summary>Pictures that count.</summary>
    public int Count { get; init; } = 100;

    /// <summary>Pictures of the training round.</summary>
    public int TrainingCount { get; init; } = 10;

    /// <summary>Guesses a picture.</summary>
    public int Guesses { get; init; } = 5;

    /// <summary>Example pictures a class; 13 in Russakovsky et al. 2014.</summary>
    public int ExamplesPerClass { get; init; } = 13;

    /// <summary>Side of an example, in pixels.</summary>
    public int ThumbnailSide { get; init; } = 64;

    /// <summary>Longest side of a picture in the page; smaller ones stay as they are.</summary>
    public int PictureSide { get; init; } = 500;

    /// <summary>Largest page, in bytes. Examples lose quality, and then number, until it is kept.</summary>
    public long MaximumBytes { get; init; } = 25_000_000;

    /// <summary>Of the choice of pictures and examples.</summary>
    public int Seed { get; init; }

    /// <summary>Pictures that networks compute at a time.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>What errors may be tagged as.</summary>
    public IReadOnlyList<string> ErrorTypes { get; init; } = DefaultErrorTypes;

    /// <summary>Types of error of Russakovsky et al. 2014, section 6.4.</summary>
    public static IReadOnlyList<string> DefaultErrorTypes { get; } =
        ["several objects", "wrong ground truth", "small or thin object", "filtered photo", "abstract", "fine-grained", "class unawareness", "too few examples", "odd view", "occlusion", "other"];
}
