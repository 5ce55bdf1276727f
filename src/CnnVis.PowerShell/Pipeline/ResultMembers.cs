using System.Management.Automation;

namespace CnnVis.PowerShell.Pipeline;

/// <summary>Properties that results have in PowerShell beside those of their types (CnnVis.Types.ps1xml).</summary>
public static class ResultMembers
{
    /// <summary>The network that made a result: the object where it is here, which is what <c>-Model</c> takes, else its name.</summary>
    public static object? Model(PSObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.BaseObject is ICnnResult { Origin: { } origin } ? origin.Model : item.BaseObject.GetType().GetProperty(nameof(Model))?.GetValue(item.BaseObject);
    }

    /// <summary>Names the network of a code that is made by hand, as <c>[CnnVis.CnnCode]@{ Model = 'mine'; … }</c>.</summary>
    public static void SetModel(PSObject item, object? value)
    {
        ArgumentNullException.ThrowIfNull(item);
        item.BaseObject.GetType().GetProperty(nameof(Model))!.SetValue(item.BaseObject, LanguagePrimitives.ConvertTo<string>(value));
    }
}
