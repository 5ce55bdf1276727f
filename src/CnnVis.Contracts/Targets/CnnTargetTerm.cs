using System.Globalization;

namespace CnnVis;

/// <summary>Numbers of a network, taken together, with a weight.</summary>
/// <param name="Name">An output, a layer by name or alias, or a value of the graph; of classes their name or index.</param>
public sealed record CnnTargetTerm(string Name)
{
    /// <summary>How much it counts.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Whether <see cref="Name"/> is a class: its logit or, of a segmentation, its logits at the places of <see cref="Ranges"/>.</summary>
    public bool IsClass { get; init; }

    /// <summary>Of a segmentation: whether only places count where the class is the most probable one.</summary>
    public bool WherePredicted { get; init; }

    /// <summary>The places, axis by axis, with or without the batch in front; none for all.</summary>
    public IReadOnlyList<TargetRange> Ranges { get; init; } = [];

    /// <summary>How several numbers become one; null where there has to be one alone.</summary>
    public TargetReduction? Reduction { get; init; }

    /// <summary>As targets are written, without the weight.</summary>
    public string Text
    {
        get
        {
            string name = IsClass ? $"class({Quoted(Name.AsSpan().IndexOfAny(",()'") >= 0)}{(WherePredicted ? ", predicted" : "")})" : Quoted(!Name.All(c => char.IsLetterOrDigit(c) || c is '_' or '.' or '/' or ':' or '~' or '#'));
            string whole = Ranges.Count == 0 ? name : $"{name}[{string.Join(",", Ranges)}]";
            return Reduction is { } reduction ? $"{reduction.ToString().ToLowerInvariant()}({whole})" : whole;
        }
    }

    /// <summary>As targets are written.</summary>
    public override string ToString() => Weight == 1 ? Text : string.Create(CultureInfo.InvariantCulture, $"{Weight}*{Text}");

    private string Quoted(bool isNeeded) => isNeeded ? $"'{Name.Replace("'", "''", StringComparison.Ordinal)}'" : Name;
}
