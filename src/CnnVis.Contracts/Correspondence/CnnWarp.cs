using System.Globalization;

namespace CnnVis;

/// <summary>A known movement of pictures, in text as <c>translate(8,0)</c>, <c>rotate(15)</c>, <c>scale(0.7)</c>, <c>flip</c>, <c>affine(1,0.2,0,1)</c> or <c>thinplate(0.04)</c>.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Numbers">
/// Pixels to the right and down for Translate; degrees clockwise for Rotate; the factor for Scale; a, b, c, d for Affine, which takes (x, y) from the middle to (a x + b y, c x + d y); for ThinPlate the standard deviation of the
/// displacement of 5 × 5 control points, as a share of the longer side.
/// </param>
public sealed record CnnWarp(CnnWarpKind Kind, IReadOnlyList<double> Numbers)
{
    private static readonly Dictionary<CnnWarpKind, int> _counts = new()
    {
        [CnnWarpKind.Translate] = 2,
        [CnnWarpKind.Rotate] = 1,
        [CnnWarpKind.Scale] = 1,
        [CnnWarpKind.Flip] = 0,
        [CnnWarpKind.Affine] = 4,
        [CnnWarpKind.ThinPlate] = 1,
    };

    /// <summary>Reads a warp.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: there is none of that name, or its numbers are others.</exception>
    public static CnnWarp Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int open = text.IndexOf('(', StringComparison.Ordinal);
        string name = (open < 0 ? text : text[..open]).Trim();
        if (!_counts.Keys.Any(k => k.ToString().Equals(name, StringComparison.OrdinalIgnoreCase)))
            throw Wrong($"There is no warp '{name}'. There are translate(dx,dy), rotate(degrees), scale(factor), flip, affine(a,b,c,d) and thinplate(deviation).");
        CnnWarpKind kind = Enum.Parse<CnnWarpKind>(name, ignoreCase: true);
        string inside = open < 0 ? "" : text[(open + 1)..].TrimEnd();
        if (open >= 0 && !inside.EndsWith(')')) throw Wrong($"'{text}' lacks the closing bracket.");
        string[] parts = inside.TrimEnd(')').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        double[] numbers = new double[parts.Length];
        for (int i = 0; i < parts.Length; i++)
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i])) throw Wrong($"'{parts[i]}' in '{text}' is no number.");
        if (numbers.Length != _counts[kind]) throw Wrong($"{name} takes {_counts[kind]} numbers, and '{text}' has {numbers.Length}.");
        bool fits = kind switch
        {
            CnnWarpKind.Scale => numbers[0] is >= 0.1 and <= 10,
            CnnWarpKind.Affine => Math.Abs(numbers[0] * numbers[3] - numbers[1] * numbers[2]) is >= 0.01 and <= 100,
            CnnWarpKind.ThinPlate => numbers[0] is >= 0 and <= 0.2,
            _ => Array.TrueForAll(numbers, n => Math.Abs(n) <= 1e5),
        };
        if (!fits) throw Wrong($"'{text}' cannot be undone, or hardly: factors lie within 0.1 and 10, determinants of affine maps beyond 0.01, deviations of thin plates within 0 and 0.2.");
        return new CnnWarp(kind, numbers);

        CnnVisException Wrong(string message) => new(ErrorIds.InvalidArgument, message, text);
    }

    /// <inheritdoc/>
    public bool Equals(CnnWarp? other) => other is not null && Kind == other.Kind && Numbers.SequenceEqual(other.Numbers);

    /// <inheritdoc/>
    public override int GetHashCode() => Numbers.Aggregate((int)Kind, HashCode.Combine);

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => Kind.ToString().ToLowerInvariant() + (Numbers.Count == 0 ? "" : $"({string.Join(",", Numbers.Select(n => n.ToString("G6", CultureInfo.InvariantCulture)))})");
}
