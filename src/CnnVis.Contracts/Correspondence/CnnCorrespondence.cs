namespace CnnVis;

/// <summary>
/// Which places of two pictures look the same to a layer: for each unit of the first the place of the second with the nearest features (Long, Zhang and Darrell, Do Convnets Learn Correspondence?, NIPS 2014,
/// <see href="https://arxiv.org/abs/1411.1091"/>). All places are in pixels of the network's input.
/// </summary>
public sealed partial class CnnCorrespondence : ICnnResult
{
    /// <summary>The first picture.</summary>
    public required string Path { get; init; }

    /// <summary>The picture that its places are looked for in.</summary>
    public required string TargetPath { get; init; }

    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>The layer's alias.</summary>
    public required string Layer { get; init; }

    /// <summary>How features were compared.</summary>
    public required CorrespondenceMetric Metric { get; init; }

    /// <summary>Where the layer's units look, in both pictures.</summary>
    public required UnitGrid Grid { get; init; }

    /// <summary>The matches that passed the tests asked for, row by row of the first picture.</summary>
    public required CorrespondenceMatch[] Matches { get; init; }

    /// <summary>Where every unit of the first picture went, matched well or not.</summary>
    public required DisplacementField Flow { get; init; }

    /// <summary>Where every unit of the target came from: its displacement to its place in the first picture. The first picture is warped by it.</summary>
    public required DisplacementField BackwardFlow { get; init; }

    /// <summary>Mean distance of all units' features to those where they went.</summary>
    public required double MeanDistance { get; init; }

    /// <summary>Of an alignment, what the features' differences cost; null where each unit went to its own nearest.</summary>
    public double? DataEnergy { get; init; }

    /// <summary>Of an alignment, what the differences of neighbouring units' displacements cost; null where each unit went to its own nearest.</summary>
    public double? DeformationEnergy { get; init; }

    /// <summary>Columns of the network's input.</summary>
    public required int InputWidth { get; init; }

    /// <summary>Rows of the network's input.</summary>
    public required int InputHeight { get; init; }

    /// <summary>The first picture as the network sees it, in more detail.</summary>
    public required PixelImage Photo { get; init; }

    /// <summary>The target as the network sees it, in more detail.</summary>
    public required PixelImage TargetPhoto { get; init; }

    /// <summary>The first picture brought onto the target: every pixel of the target shows the place of the first picture that it corresponds to; grey where that lies outside.</summary>
    public PixelImage Warped => PictureWarp.Pull(Photo, BackwardFlow, Photo.Width / (double)InputWidth, Photo.Height / (double)InputHeight);

    Origin? ICnnResult.Origin => Origin;

    CnnQuestion? ICnnResult.Question => CnnQuestion.OfLayer(Layer);

    internal Origin? Origin { get; init; }
}
