namespace CnnVis;

/// <summary>A picture that was made by asking a network.</summary>
public abstract class SynthesizedImage : IVisual, ICnnResult
{
    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>Seed of everything random about it.</summary>
    public required int Seed { get; init; }

    /// <summary>Steps that led to it.</summary>
    public required int Steps { get; init; }

    /// <summary>Whether Ctrl+C ended it before its time; it is the best until then.</summary>
    public required bool IsInterrupted { get; init; }

    /// <summary>Planes.</summary>
    public required int Channels { get; init; }

    /// <summary>Rows.</summary>
    public required int Height { get; init; }

    /// <summary>Columns.</summary>
    public required int Width { get; init; }

    /// <summary>The picture as the network takes it: [channels, height, width] in [0, 1].</summary>
    public required CnnValues Values { get; init; }

    /// <summary>The picture in 8 bits, to look at. Of networks that take neither grey nor colour it is the mean of the channels.</summary>
    public required PixelImage Image { get; init; }

    /// <summary>The picture with a line about it, which says so where its colours are stretched.</summary>
    public virtual Sheet Draw(DrawOptions options)
    {
        bool isColor = Channels is 1 or 3; // of others the picture shows a mean, or what is seen through their opacity
        double times = isColor && (options.Contrast ?? UsualContrast) == PictureContrast.Stretched ? StretchedPicture.Times(Values, Channels) : 1;
        return new Sheet
        {
            Cells = [times > 1 ? new SheetCell(StretchedPicture.Of(Values, Channels, Height, Width, times), FormattableString.Invariant($"{Caption} · ×{times:0.0}")) : new SheetCell(Image, Caption)],
            Scale = options.Magnification ?? Math.Max(1, ComfortableSide / Math.Max(Width, Height)),
        };
    }

    /// <summary>How its colours are shown where nobody says how.</summary>
    private protected virtual PictureContrast UsualContrast => PictureContrast.Plain;

    /// <summary>A side that is comfortable to look at.</summary>
    protected const int ComfortableSide = 192;

    /// <summary>The line.</summary>
    protected abstract string Caption { get; }

    /// <inheritdoc/>
    public override string ToString() => PictureName;

    Origin? ICnnResult.Origin => Origin;

    IEnumerable<CnnPicture> ICnnResult.Pictures => [CnnPicture.Of(PictureName, Values, Channels, Height, Width)];

    CnnQuestion? ICnnResult.Question => Question;

    /// <summary>What it is about.</summary>
    private protected abstract CnnQuestion? Question { get; }

    /// <summary>What results call it as a picture.</summary>
    private protected abstract string PictureName { get; }

    internal Origin? Origin { get; init; }
}
