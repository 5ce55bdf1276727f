using System.Globalization;
using System.Text.RegularExpressions;

namespace CnnVis.Engine.Images;

/// <summary>
/// What stands for absent pixels, as a picture of the input's size in [0, 1]: an occluder at a position shows its part of it, a path to the picture begins with it. It is put in
/// before the network's own normalisation.
/// </summary>
public sealed partial class Baseline
{
    private readonly Func<float[], CnnInput, int, float[]> _paint;

    private Baseline(string name, Func<float[], CnnInput, int, float[]> paint) => (Name, _paint) = (name, paint);

    /// <summary>As <see cref="Parse"/> takes it.</summary>
    public string Name { get; }

    /// <summary>Black, 0.</summary>
    public static Baseline Zero { get; } = new(nameof(Zero), (_, input, _) => PlainPicture.Of(input, 0));

    /// <summary>Mid-grey, 0.5: the occluder of the paper.</summary>
    public static Baseline Grey { get; } = new(nameof(Grey), (_, input, _) => PlainPicture.Of(input, 0.5f));

    /// <summary>The picture's own mean colour.</summary>
    public static Baseline Mean { get; } = new(nameof(Mean), (picture, input, _) => PlainPicture.Of(input, Means(picture, input)));

    /// <summary>The picture blurred by a Gaussian whose deviation is 10 pixels at 224 (Fong and Vedaldi 2017), in proportion otherwise.</summary>
    public static Baseline Blur { get; } = new(nameof(Blur), (picture, input, _) => GaussianBlur.Of(picture, input, 10.0 / 224 * Math.Min(input.Height, input.Width)));

    /// <summary>Uniform noise in [0, 1), the same for every position and picture.</summary>
    public static Baseline Noise { get; } = new(nameof(Noise), (_, input, seed) => PlainPicture.Noise(input, new Random(seed)));

    /// <summary>The baselines that have names.</summary>
    public static IReadOnlyList<Baseline> All { get; } = [Zero, Grey, Mean, Blur, Noise];

    /// <summary>One colour, its parts in [0, 1]; a grey network takes its luma (Rec. 601).</summary>
    public static Baseline Color(float red, float green, float blue) => new(
        FormattableString.Invariant($"{red} {green} {blue}"),
        (_, input, _) => PlainPicture.Of(input, input.Channels == 3 ? [red, green, blue] : [0.299f * red + 0.587f * green + 0.114f * blue]));

    /// <summary>The baseline of a name, or a colour: <c>#rrggbb</c>, or red, green and blue in [0, 1].</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: it is neither.</exception>
    public static Baseline Parse(string text)
    {
        string name = text.Trim().Replace("gray", nameof(Grey), StringComparison.OrdinalIgnoreCase);
        if (All.FirstOrDefault(b => b.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } named) return named;
        if (Hexadecimal().IsMatch(text))
        {
            int color = Convert.ToInt32(text.Trim()[1..], 16);
            return Color((color >> 16) / 255f, (color >> 8 & 255) / 255f, (color & 255) / 255f);
        }
        float[] parts = [.. text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(p => float.TryParse(p, CultureInfo.InvariantCulture, out float value) ? value : float.NaN)];
        if (parts.Length == 3 && parts.All(p => p is >= 0 and <= 1)) return Color(parts[0], parts[1], parts[2]);
        throw new CnnVisException(ErrorIds.InvalidArgument, $"'{text}' is no baseline. Use {string.Join(", ", All.Select(f => f.Name))}, or a colour: #rrggbb, or red, green and blue from 0 to 1, as 0.5, 0.4, 0.3.", text);
    }

    /// <summary>The picture: [C, H, W].</summary>
    /// <param name="picture">The network's input, [C, H, W] in [0, 1].</param>
    /// <param name="input">Its shape.</param>
    /// <param name="seed">Of the noise.</param>
    public float[] Paint(float[] picture, CnnInput input, int seed) => _paint(picture, input, seed);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static float[] Means(float[] picture, CnnInput input)
    {
        int plane = input.Height * input.Width;
        return [.. Enumerable.Range(0, input.Channels).Select(c => (float)picture.Skip(c * plane).Take(plane).Average(v => (double)v))];
    }

    [GeneratedRegex(@"^\s*#[0-9a-fA-F]{6}\s*$")]
    private static partial Regex Hexadecimal();
}
