using System.Management.Automation;
using CnnVis.Engine.Models;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Which classes a list of names, wildcards and indices means.</summary>
internal static class ClassSelection
{
    /// <summary>The word for the class that is most probable for the picture.</summary>
    public const string Predicted = nameof(Predicted);

    /// <summary>Output indices; null for <see cref="Predicted"/>.</summary>
    /// <exception cref="CnnVisException">There is no such class.</exception>
    public static IReadOnlyList<int?> Of(Network network, IReadOnlyList<string> names) =>
        network.Answer == AnswerKind.Numbers && names.All(n => n.Equals(Predicted, StringComparison.OrdinalIgnoreCase)) ? [0] // the first number; none is more probable than another
        : [.. names.SelectMany(n => n.Equals(Predicted, StringComparison.OrdinalIgnoreCase) && !network.Classes.Contains(n, StringComparer.OrdinalIgnoreCase) ? [null] : Like(network, n).Select(i => (int?)i)).Distinct()];

    /// <summary>Output indices of the classes that a name, an index or a wildcard means. A class that is called so wins over a wildcard.</summary>
    /// <exception cref="CnnVisException">There is no such class.</exception>
    public static IReadOnlyList<int> Like(Network network, string name)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(name) || network.Classes.Contains(name, StringComparer.OrdinalIgnoreCase)) return [network.Class(name)];
        var pattern = new NamePattern(name);
        int[] found = [.. Enumerable.Range(0, network.Classes.Count).Where(i => pattern.IsMatch(network.Classes[i]))];
        return found.Length > 0 ? found : throw new CnnVisException(ErrorIds.ClassNotFound, $"{network.Name} has no class like '{name}'. Did you mean {string.Join(", ", Suggestion.For(name.Trim('*', '?'), network.Classes).Select(c => $"'{c}'"))}?", name);
    }

    /// <summary>The output index of one class.</summary>
    /// <exception cref="CnnVisException">There is no such class, or a wildcard means several.</exception>
    public static int Single(Network network, string name) => Like(network, name) is [var only] ? only
        : throw new CnnVisException(ErrorIds.ClassNotFound, $"'{name}' means several classes of {network.Name}: {string.Join(", ", Like(network, name).Take(10).Select(i => $"'{network.Classes[i]}'"))}. Name one of them.", name);
}
