using CnnVis.Engine.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>The maps of one target for a batch.</summary>
/// <param name="Map">[N, C, H, W] for pixels, [N, 1, rows, columns] of an inner layer.</param>
/// <param name="Target">Which number it was for each picture, with its value.</param>
public sealed record SaliencyResult(Tensor Map, ChosenTarget Target)
{
    /// <summary>Name of the graph's value whose places the map has; null for the picture's pixels.</summary>
    public string? MapValue { get; init; }

    /// <summary>Where those places lie, in pixels of the network's input; null for the picture's pixels.</summary>
    public UnitGrid? Grid { get; init; }

    /// <summary>For each picture: the map's sum minus what it should be. Null where it should be nothing in particular.</summary>
    public float[]? ConvergenceDelta { get; init; }
}
