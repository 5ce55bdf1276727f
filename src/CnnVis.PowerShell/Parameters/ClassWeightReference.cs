using System.Collections;
using System.Globalization;

namespace CnnVis.PowerShell.Parameters;

/// <summary>What <c>-ClassWeight</c> takes: the word Balanced, or weights by class.</summary>
public sealed class ClassWeightReference
{
    /// <summary>All classes count the same, however many pictures they have.</summary>
    public const string Balanced = nameof(Balanced);

    /// <param name="word">Balanced.</param>
    public ClassWeightReference(string word)
    {
        if (!word.Equals(Balanced, StringComparison.OrdinalIgnoreCase)) throw new CnnVisException(ErrorIds.InvalidArgument, $"'{word}' is no class weight: write {Balanced}, or @{{ class = weight }}.", word);
        IsBalanced = true;
    }

    /// <param name="weights">By class.</param>
    public ClassWeightReference(IDictionary weights) => Weights = weights.Keys.Cast<object>().ToDictionary(key => key.ToString()!, key => Number(key, weights[key]), StringComparer.Ordinal);

    /// <summary>Whether it is the word.</summary>
    public bool IsBalanced { get; }

    /// <summary>Weights by class.</summary>
    public IReadOnlyDictionary<string, double> Weights { get; } = new Dictionary<string, double>();

    private static double Number(object key, object? value)
    {
        try
        {
            return Convert.ToDouble(value is System.Management.Automation.PSObject inner ? inner.BaseObject : value, CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException)
        {
            throw new CnnVisException(ErrorIds.InvalidArgument, $"The weight of '{key}' is '{value}', which is no number.", value, e);
        }
    }
}
