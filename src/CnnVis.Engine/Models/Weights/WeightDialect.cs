using System.Text.RegularExpressions;

namespace CnnVis.Engine.Models.Weights;

/// <summary>What another library calls a family's parameters.</summary>
/// <param name="Signature">A parameter that is called so in no other.</param>
/// <param name="Rules">Patterns of its names from a module on, and the architecture's names for them; the first that fits renames.</param>
internal sealed record WeightDialect(string Signature, params (string Pattern, string Name)[] Rules)
{
    private readonly Lazy<Regex[]> _patterns = new(() => [.. Rules.Select(r => new Regex($@"(?<=^|\.)(?:{r.Pattern})(?=\.|$)", RegexOptions.CultureInvariant))]);

    /// <summary>The architecture's name of a parameter.</summary>
    public string Translate(string name)
    {
        for (int i = 0; i < Rules.Length; i++)
            if (_patterns.Value[i].IsMatch(name)) return _patterns.Value[i].Replace(name, Rules[i].Name, 1);
        return name;
    }
}
