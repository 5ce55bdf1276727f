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

    /// <summary>What a view calls a unit: the class that it stands for, where it is one of a classifier's last layers, else its number or name.</summary>
    public static object? Unit(PSObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.BaseObject switch
        {
            MaxActivatingUnit unit => unit.Caption,
            CnnActivationStatistic statistic => Shown.Unit(statistic.Channel, ((ICnnResult)statistic).Origin?.Model.ClassOf(statistic.Layer, statistic.Channel)),
            _ => null,
        };
    }

    /// <summary>Names the network of a code that is made by hand, as <c>[CnnVis.CnnCode]@{ Model = 'mine'; … }</c>.</summary>
    public static void SetModel(PSObject item, object? value)
    {
        ArgumentNullException.ThrowIfNull(item);
        item.BaseObject.GetType().GetProperty(nameof(Model))!.SetValue(item.BaseObject, LanguagePrimitives.ConvertTo<string>(value));
    }
}
