using System.Globalization;

namespace CnnVis.Engine.Accuracy.Effects;

/// <summary>What values of attributes are: numbers, truth values, dates or texts.</summary>
public static class AttributeValues
{
    private static readonly HashSet<string> _missing = new(["", "NA", "N/A", "NaN", "null"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The value that a text of a table, or a property, stands for; null where it says that none is known.</summary>
    public static object? Of(object? value) => value switch
    {
        null => null,
        string text => Of(text.Trim()),
        double number => double.IsFinite(number) ? number : null,
        float number => float.IsFinite(number) ? (double)number : null,
        bool or DateTime => value,
        DateTimeOffset date => date.DateTime,
        Enum => value.ToString(),
        IConvertible number when number.GetTypeCode() is >= TypeCode.SByte and <= TypeCode.Decimal => number.ToDouble(CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    /// <summary>Whether an attribute is an angle, in degrees: without order, and 360 is 0.</summary>
    public static bool IsAngle(string attribute) => attribute.Equals("Hue", StringComparison.OrdinalIgnoreCase);

    private static object? Of(string text)
    {
        if (_missing.Contains(text)) return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)) return double.IsFinite(number) ? number : null;
        if (bool.TryParse(text, out bool truth)) return truth;
        bool isDate = text.Length >= 8 && char.IsAsciiDigit(text[0]) && text.AsSpan().IndexOfAny('-', '/', ':') > 0;
        return isDate && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.RoundtripKind, out DateTime date) ? date : text;
    }
}
