using System.Globalization;
using System.Management.Automation;

namespace CnnVis.PowerShell.Parameters;

/// <summary>What <c>-ValueRange</c> takes: the name of a usual range of pixels, or the lowest and the highest value of arrays.</summary>
public sealed class ValueRangeReference
{
    /// <param name="range">A usual range.</param>
    public ValueRangeReference(PixelRange range) => Pixels = range;

    /// <param name="text">The name of one, or two numbers with a comma between.</param>
    public ValueRangeReference(string text)
    {
        if (text.Contains(',', StringComparison.Ordinal)) Values = Pair([.. text.Split(',')], text);
        else Pixels = Enum.TryParse(text, ignoreCase: true, out PixelRange range) && Enum.IsDefined(range) ? range : throw Wrong(text);
    }

    /// <param name="values">Two numbers.</param>
    public ValueRangeReference(object[] values) => Values = Pair(values, string.Join(", ", values));

    /// <summary>A usual range; null for numbers.</summary>
    internal PixelRange? Pixels { get; }

    /// <summary>Lowest and highest value; null for a usual range.</summary>
    internal (float Low, float High)? Values { get; }

    /// <inheritdoc/>
    public override string ToString() => Pixels?.ToString() ?? string.Create(CultureInfo.InvariantCulture, $"{Values!.Value.Low}, {Values.Value.High}");

    private static (float Low, float High) Pair(object[] values, string text)
    {
        float[] numbers = new float[values.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            string item = Convert.ToString(values[i] is PSObject wrapped ? wrapped.BaseObject : values[i], CultureInfo.InvariantCulture) ?? "";
            if (!float.TryParse(item, NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !float.IsFinite(numbers[i])) throw Wrong(text);
        }
        return numbers is [var low, var high] && high > low && float.IsFinite(high - low) ? (low, high) : throw Wrong(text);
    }

    private static ArgumentException Wrong(string text) => new($"'{text}' is no range of values: give Unit, Byte or Signed, or the lowest and the highest value, as in -ValueRange -5, 5.");
}
