namespace CnnVis;

/// <summary>Says that a property repeats, for tables and Export-Csv, what another has in a list. Reports tell that other one.</summary>
/// <param name="property">The other.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RepeatsAttribute(string property) : Attribute
{
    /// <summary>Name of the other property.</summary>
    public string Property { get; } = property;
}
