namespace CnnVis;

public sealed partial class AdversarialExample : IVisual, IBeforeAfter
{
    (SheetCell Before, SheetCell After)? IBeforeAfter.BeforeAfter => (new SheetCell(Picture(Original), $"{Before}"), new SheetCell(ToImage(), $"{After}"));

    /// <summary>The figure of Goodfellow et al. (2014): the picture, plus the perturbation magnified about zero, gives the changed picture; with what the network says of both.</summary>
    public Sheet Draw(DrawOptions options)
    {
        double reach = _size.Value.LInf;
        return new Sheet
        {
            Title = $"{System.IO.Path.GetFileName(Path)}: {Before.Name} → {After.Name}",
            Subtitle = FormattableString.Invariant($"{Method} on {Model}{(Epsilon is { } e ? $", {Norm} ≤ {e:G3}" : $", smallest by {Norm}")}{(Target is null ? "" : $", towards {Target.Name}")}: {Said}"),
            Cells =
            [
                new SheetCell(Picture(Original), $"{Before}"),
                new SheetCell(PerturbationImage(), FormattableString.Invariant($"+ perturbation{(reach > 0 ? $" × {0.5 / reach:F0}" : "")}")),
                new SheetCell(ToImage(), $"= {After}"),
            ],
            Columns = options.Columns ?? 3,
            Scale = options.Magnification,
            ColorBar = reach > 0 ? new ColorBar(ColorMap.Gray, -reach, reach, "change of a value; grey is none") : null,
            Notes =
            [
                FormattableString.Invariant($"L∞ {LInf:G3}, L2 {L2:G3}, L1 {L1:G3}, L0 {L0:N0}, √(Σ(x′ − x)²/n) {Distortion:G3}."),
                FormattableString.Invariant($"{Queries:N0} forward and {Gradients:N0} backward passes. Rounded to 8 bits: {AfterRounding}."),
            ],
        };
    }

    /// <summary>The changed picture rounded to 8 bits, as <see cref="AfterRounding"/> judges it.</summary>
    public PixelImage ToImage() => Picture(Adversarial);

    /// <summary>The perturbation, magnified so that its largest value reaches the end: grey where nothing changes, and each colour's change above or below it.</summary>
    public PixelImage PerturbationImage()
    {
        double reach = _size.Value.LInf;
        return Picture([.. Perturbation.ToArray().Select(p => (float)(0.5 + (reach > 0 ? p / reach / 2 : 0)))]);
    }

    private string Said => Outcome switch
    {
        AttackOutcome.Succeeded => SuccessAfterRounding ? "succeeded" : "succeeded, but not after rounding to 8 bits",
        AttackOutcome.Failed => "failed",
        AttackOutcome.AlreadyMisclassified => $"not attacked, because it is wrong as it is (it shows {Label.Name})",
        _ => "not attacked, because it is the target as it is",
    };

    /// <summary>Values such as <see cref="Original"/> as a picture: grey of one or two channels (the second is opacity), colours of three or four, the mean of others.</summary>
    /// <param name="values">[channels, height, width].</param>
    public PixelImage Picture(float[] values)
    {
        int plane = Height * Width;
        byte[] pixels = new byte[plane * 3];
        for (int i = 0; i < plane; i++)
            for (int c = 0; c < 3; c++)
                pixels[i * 3 + c] = (byte)Math.Clamp(255 * (Channels switch { 1 or 2 => values[i], 3 or 4 => values[c * plane + i], _ => Mean(i) }) + 0.5f, 0, 255);
        return new PixelImage(Width, Height, pixels);

        float Mean(int at)
        {
            float sum = 0;
            for (int c = 0; c < Channels; c++) sum += values[c * plane + at];
            return sum / Channels;
        }
    }
}
