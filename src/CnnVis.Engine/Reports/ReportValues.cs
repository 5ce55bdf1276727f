using System.Collections;
using System.Globalization;

namespace CnnVis.Engine.Reports;

/// <summary>Which of a result's properties are told in a report, and how.</summary>
public static class ReportValues
{
    private const int MostItems = 6, LongestText = 300;

    /// <summary>Whether a property of that type is worth asking for; pictures and engines' objects are not.</summary>
    public static bool IsTold(Type type) => Plain(type) || type == typeof(object) || type.Namespace == "CnnVis" && !typeof(IVisual).IsAssignableFrom(type) && !typeof(CnnModel).IsAssignableFrom(type) && !type.IsInterface
        || typeof(IEnumerable).IsAssignableFrom(type) && ItemType(type) is { } item && (Plain(item) || item.Namespace == "CnnVis" && !typeof(IVisual).IsAssignableFrom(item) && !item.IsInterface);

    /// <summary>A value as a cell: numbers with six digits, short lists in full, of long lists of numbers the sum.</summary>
    public static ReportCell Cell(object? value)
    {
        switch (value)
        {
            case null: return new ReportCell("", null);
            case string text: return Text(text);
            case bool truth: return new ReportCell(truth ? "yes" : "no", null);
            case DateTime or DateTimeOffset or TimeSpan or Enum or char: return Text(Convert.ToString(value, CultureInfo.InvariantCulture)!);
            case float or double or decimal or Half: return Number(Convert.ToDouble(value is Half half ? (float)half : value, CultureInfo.InvariantCulture));
            case IConvertible number when number.GetTypeCode() is >= TypeCode.SByte and <= TypeCode.UInt64: return new ReportCell(number.ToString(CultureInfo.InvariantCulture), number.ToDouble(CultureInfo.InvariantCulture));
            case IEnumerable list and not IFormattable: return List([.. list.Cast<object?>()]);
            default: return Text(value.ToString() ?? "");
        }
    }

    private static ReportCell List(object?[] items)
    {
        if (items.Length > MostItems && items.All(i => i is float or double or int or long)) return Number(items.Sum(i => Convert.ToDouble(i, CultureInfo.InvariantCulture))) is var sum ? sum with { Text = $"sum of {items.Length}: {sum.Text}" } : sum;
        string text = string.Join(", ", items.Take(MostItems).Select(i => Cell(i).Text));
        return Text(items.Length > MostItems ? $"{text}, … ({items.Length})" : text);
    }

    private static ReportCell Number(double value) => double.IsFinite(value) ? new ReportCell(value.ToString("G6", CultureInfo.InvariantCulture), value) : new ReportCell(value.ToString(CultureInfo.InvariantCulture), null);

    private static ReportCell Text(string text) => new(VisibleText.Of(text.Length > LongestText ? text[..LongestText] + "…" : text)!, null);

    private static bool Plain(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var plain && (plain.IsPrimitive || plain.IsEnum || plain == typeof(string) || plain == typeof(decimal) || plain == typeof(Half) || plain == typeof(DateTime) || plain == typeof(DateTimeOffset) || plain == typeof(TimeSpan));

    private static Type? ItemType(Type type) => type.IsArray ? type.GetElementType() : type.GetInterfaces().Append(type).FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];
}
