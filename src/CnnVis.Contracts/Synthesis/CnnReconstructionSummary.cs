using System.Globalization;

namespace CnnVis;

/// <summary>How well the codes of one layer are inverted, over pictures (the table of Mahendran and Vedaldi 2014).</summary>
public sealed class CnnReconstructionSummary : IVisual, ICnnResult
{
    private const int BarWidth = 72, BarHeight = 160;
    private static readonly Rgb _bar = new(0x3b, 0x6f, 0xb6), _spread = new(0xa9, 0xc4, 0xe6);

    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>The layer's alias.</summary>
    public required string Layer { get; init; }

    /// <summary>Reconstructions behind the numbers.</summary>
    public required int Count { get; init; }

    /// <summary>Mean of ‖φ(x) − φ₀‖ / ‖φ₀‖.</summary>
    public required double MeanError { get; init; }

    /// <summary>Standard deviation of it; 0 where there is one reconstruction.</summary>
    public required double ErrorDeviation { get; init; }

    /// <summary>The paper's: the mean of ‖φ(x) − φ₀‖ over the mean distance between the codes of two different pictures. Null where there is one picture.</summary>
    public required double? PaperError { get; init; }

    /// <summary>Mean peak signal-to-noise ratio, in decibels; null where no original is known.</summary>
    public required double? MeanPsnr { get; init; }

    /// <summary>Mean structural similarity; null where no original is known.</summary>
    public required double? MeanSsim { get; init; }

    /// <summary>Share of the reconstructions that the network takes for the same class as the original; null where no original is known.</summary>
    public required double? ClassAgreement { get; init; }

    /// <summary>The error that a full bar stands for, the same for all layers.</summary>
    public required double FullBar { get; init; }

    /// <summary>A bar as high as the mean error, a pale one as high as the mean and one deviation behind it.</summary>
    public Sheet Draw(DrawOptions options)
    {
        int mean = Rows(MeanError), spread = Rows(MeanError + ErrorDeviation);
        byte[] pixels = new byte[BarWidth * BarHeight * 3];
        for (int y = 0; y < BarHeight; y++)
            for (int x = 0; x < BarWidth; x++)
            {
                bool inside = x is >= 12 and < BarWidth - 12;
                Rgb color = inside && BarHeight - y <= mean ? _bar : inside && BarHeight - y <= spread ? _spread : options.Page.Filling;
                int at = (y * BarWidth + x) * 3;
                (pixels[at], pixels[at + 1], pixels[at + 2]) = (color.R, color.G, color.B);
            }
        return new Sheet { Cells = [new SheetCell(new PixelImage(BarWidth, BarHeight, pixels), string.Create(CultureInfo.InvariantCulture, $"{Layer} {MeanError:P0}"))], Scale = 1 };
    }

    private int Rows(double error) => FullBar > 0 ? (int)Math.Round(Math.Min(1, error / FullBar) * BarHeight) : 0;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Layer} of {Model}: error {MeanError:P1} over {Count}");

    Origin? ICnnResult.Origin => Origin;

    CnnQuestion? ICnnResult.Question => CnnQuestion.OfLayer(Layer);

    internal Origin? Origin { get; init; }
}
