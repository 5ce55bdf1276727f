namespace CnnVis;

/// <summary>The output of one layer for one image: a map for each chosen filter.</summary>
public sealed partial class CnnActivation : ICnnResult
{
    /// <summary>The image file.</summary>
    public required string Path { get; init; }

    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>The layer's alias, as <c>conv1</c>.</summary>
    public required string Layer { get; init; }

    /// <summary>Filter numbers, in the order of <see cref="Values"/>.</summary>
    public required IReadOnlyList<int> Channels { get; init; }

    /// <summary>Rows of a map; 1 for a fully connected layer.</summary>
    public required int Height { get; init; }

    /// <summary>Columns of a map; 1 for a fully connected layer.</summary>
    public required int Width { get; init; }

    /// <summary>The values: [channels, height, width], row by row.</summary>
    public required CnnValues Values { get; init; }

    /// <summary>The map of the <paramref name="index"/>-th of <see cref="Channels"/>: [height, width].</summary>
    public ReadOnlyMemory<float> Map(int index) => Values.AsMemory(index * Height * Width, Height * Width);

    /// <inheritdoc/>
    public override string ToString() => $"{Layer} of {VisibleText.Of(System.IO.Path.GetFileName(Path))}: {Channels.Count} x {Height} x {Width}";

    Origin? ICnnResult.Origin => Origin;

    CnnQuestion? ICnnResult.Question => CnnQuestion.OfLayer(Layer, HasAllChannels ? [] : Channels);

    /// <summary>Whether <see cref="Channels"/> are all of the layer.</summary>
    internal bool HasAllChannels { get; init; }

    internal Origin? Origin { get; init; }
}
