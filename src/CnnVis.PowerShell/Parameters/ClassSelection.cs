using CnnVis.Engine.Models;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Which classes a list of names and indices means.</summary>
internal static class ClassSelection
{
    /// <summary>The word for the class that is most probable for the picture.</summary>
    public const string Predicted = nameof(Predicted);

    /// <summary>Output indices; null for <see cref="Predicted"/>.</summary>
    /// <exception cref="CnnVisException">There is no such class.</exception>
    public static IReadOnlyList<int?> Of(Network network, IReadOnlyList<string> names) =>
        network.Answer == AnswerKind.Numbers && names.All(n => n.Equals(Predicted, StringComparison.OrdinalIgnoreCase)) ? [0] // the first number; none is more probable than another
        : [.. names.Select(n => n.Equals(Predicted, StringComparison.OrdinalIgnoreCase) && !network.Classes.Contains(n, StringComparer.OrdinalIgnoreCase) ? (int?)null : network.Class(n)).Distinct()];
}
