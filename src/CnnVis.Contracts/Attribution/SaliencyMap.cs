namespace CnnVis;

/// <summary>Which parts of a picture one number of a network depends on, according to one method.</summary>
public sealed partial class SaliencyMap : ICnnResult
{
    private PixelBox? _box, _inputBox;
    private string? _remark;

    /// <summary>The image file.</summary>
    public required string Path { get; init; }

    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>The method's name, as <c>Gradient</c>.</summary>
    public required string Method { get; init; }

    /// <summary>What is explained.</summary>
    public required SaliencyTarget Target { get; init; }

    /// <summary>The number that is explained, f(x).</summary>
    public required float Score { get; init; }

    /// <summary>What the score of a class is; null for a neuron.</summary>
    public required ClassScore? ScoreKind { get; init; }

    /// <summary>Alias of the layer whose maps were combined; null for a map of the picture's own pixels.</summary>
    public required string? TargetLayer { get; init; }

    /// <summary>Planes of the map: the picture's colours, or 1.</summary>
    public required int Channels { get; init; }

    /// <summary>Rows of the map.</summary>
    public required int Height { get; init; }

    /// <summary>Columns of the map.</summary>
    public required int Width { get; init; }

    /// <summary>The raw map with its signs, not normalised: [channels, height, width], row by row.</summary>
    public required CnnValues Values { get; init; }

    /// <summary>How <see cref="Map()"/> takes the colours together.</summary>
    public required SaliencyReduction Reduction { get; init; }

    /// <summary>For methods whose values should add up to a known difference: the convergence delta, their sum minus it (completeness, Sundararajan et al. 2017). Null for the others.</summary>
    public required double? ConvergenceDelta { get; init; }

    /// <summary>Whether the map shows what was seen, as DeconvNet's and guided backpropagation's do, so that its colours mean something (<see cref="ToImage"/>).</summary>
    public required bool IsPicture { get; init; }

    /// <summary>Rows of the network's input, which the map covers.</summary>
    public required int InputHeight { get; init; }

    /// <summary>Columns of the network's input.</summary>
    public required int InputWidth { get; init; }

    /// <summary>Where the places of a layer's map lie, in pixels of the network's input; null for a map of the picture's own pixels.</summary>
    public UnitGrid? Grid { get; init; }

    /// <summary>The same for any map.</summary>
    internal UnitGrid Places => Grid ?? UnitGrid.Stretched(Height, Width, InputWidth, InputHeight);

    /// <summary>Where the object is, in pixels of the upright photo; null where nobody asked.</summary>
    public PixelBox? Box => _box;

    /// <summary>The same in pixels of the network's input.</summary>
    public PixelBox? InputBox => _inputBox;

    /// <summary>The part of the original photo that the network sees; its sides are a whole multiple of the input's. Read from the file when it is first needed.</summary>
    public PixelImage Photo => PhotoSource.Value;

    /// <summary>Reads the photo.</summary>
    public required Lazy<PixelImage> PhotoSource { private get; init; }

    /// <summary>Why the map shows nothing, where it is zero everywhere or not finite; null otherwise.</summary>
    public string? Remark => _remark;

    /// <summary>The same with a remark.</summary>
    public SaliencyMap With(string? remark)
    {
        var copy = (SaliencyMap)MemberwiseClone();
        copy._remark = remark;
        return copy;
    }

    /// <summary>The same map with the place of the object.</summary>
    /// <param name="onInput">In pixels of the network's input.</param>
    /// <param name="onPhoto">In pixels of the upright photo.</param>
    public SaliencyMap At(PixelBox onInput, PixelBox onPhoto)
    {
        var copy = (SaliencyMap)MemberwiseClone();
        (copy._inputBox, copy._box) = (onInput, onPhoto);
        return copy;
    }

    /// <summary>One number for each place, by <see cref="Reduction"/>: [height, width].</summary>
    public float[] Map() => Map(Reduction);

    /// <summary>One number for each place: [height, width]. Maps of an inner layer have one plane, which stays as it is.</summary>
    public float[] Map(SaliencyReduction reduction)
    {
        if (TargetLayer is not null && Channels == 1) return [.. Values.ToArray()];
        int plane = Height * Width;
        float[] map = new float[plane];
        for (int i = 0; i < plane; i++)
        {
            double sum = 0, squares = 0, largest = 0;
            for (int c = 0; c < Channels; c++)
            {
                double value = Values[c * plane + i];
                sum += value;
                squares += value * value;
                largest = Math.Max(largest, Math.Abs(value));
            }
            map[i] = (float)(reduction switch
            {
                SaliencyReduction.Sum => sum,
                SaliencyReduction.Mean => sum / Channels,
                SaliencyReduction.Norm => Math.Sqrt(squares),
                _ => largest,
            });
        }
        return map;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Method} of {Target} in {VisibleText.Of(System.IO.Path.GetFileName(Path))}";

    Origin? ICnnResult.Origin => Origin;

    CnnQuestion? ICnnResult.Question => Target.Question;

    internal Origin? Origin { get; init; }
}
