using System.Globalization;

namespace CnnVis.Engine.Scans;

/// <summary>One of several equal parts of a list of images: every Count-th of them.</summary>
/// <param name="Number">Which, from 1.</param>
/// <param name="Count">Of how many.</param>
public sealed record Shard(int Number, int Count)
{
    /// <summary>All of the list.</summary>
    public static Shard Whole { get; } = new(1, 1);

    /// <summary>Reads a shard as in <c>2/8</c>.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: it is none.</exception>
    public static Shard Parse(string text)
    {
        string[] parts = text.Split('/');
        return parts.Length == 2 && Part(parts[0], out int number) && Part(parts[1], out int count) && number >= 1 && number <= count ? new Shard(number, count)
            : throw new CnnVisException(ErrorIds.InvalidArgument, $"'{text}' is no shard. The shards of a run in four are 1/4, 2/4, 3/4 and 4/4.", text);

        static bool Part(string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Whether an image belongs to it.</summary>
    public bool Holds(long index) => index % Count == Number - 1;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Number}/{Count}");
}
