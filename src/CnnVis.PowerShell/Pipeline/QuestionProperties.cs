using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace CnnVis.PowerShell.Pipeline;

/// <summary>What an object is about, by its properties' names: Class or ClassIndex; Target; Layer or Alias with Channel or Channels, Row and Column.</summary>
internal static class QuestionProperties
{
    /// <summary>The question; null where no property tells one.</summary>
    public static CnnQuestion? Of(PSObject item)
    {
        if (Number(item, "ClassIndex") is { } index) return CnnQuestion.OfClass(index);
        if (Value(item, "Target") is { } target)
        {
            if (target.BaseObject is string number) return new CnnQuestion { Number = number };
            if (PipedReader.Text(target, "Number") is { } asked) return new CnnQuestion { Number = asked };
            if (Of(target) is { } inner) return inner;
        }
        if (PipedReader.Text(item, "Class") is { } name) return new CnnQuestion { Class = name };
        if ((PipedReader.Text(item, "Alias") ?? PipedReader.Text(item, "Layer")) is not { } layer) return null;
        int[] channels = Number(item, "Channel") is { } one ? [one] : Value(item, "Channels")?.BaseObject is IList list ? [.. list.Cast<object>().Select(c => Whole(c) ?? -1)] : [];
        return CnnQuestion.OfLayer(layer, channels.Contains(-1) ? [] : channels) with { Row = Number(item, "Row"), Column = Number(item, "Column") };
    }

    private static PSObject? Value(PSObject item, string name) => item.Properties[name]?.Value is { } value ? PSObject.AsPSObject(value) : null;

    private static int? Number(PSObject item, string name) => Value(item, name) is { } value ? Whole(value.BaseObject) : null;

    private static int? Whole(object value) =>
        int.TryParse(Convert.ToString(value is PSObject wrapped ? wrapped.BaseObject : value, CultureInfo.InvariantCulture), NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : null;
}
