using System.Globalization;

namespace CnnVis.PowerShell.Parameters;

/// <summary>What the parameters would be that ask a result's question again.</summary>
internal static class QuestionSelection
{
    /// <summary>The part of a question that is about a layer, or channels of it; null for none.</summary>
    public static CnnQuestion? OfUnits(this CnnQuestion question) => question.Layer is { } layer ? CnnQuestion.OfLayer(layer, question.Channels ?? []) : null;

    /// <summary>The part that names a number: a class, a target, a unit. A layer as a whole counts only where it is all that is said: a code's layer is none that the code's picture is explained by.</summary>
    public static CnnQuestion? OfScore(this CnnQuestion question, bool isPicture) =>
        question.Layer is null ? question
        : question.Channels is not null || !isPicture ? question with { Direction = null }
        : null;

    /// <summary>-Class; null for none.</summary>
    public static string[]? Classes(this CnnQuestion question) => question.ClassIndex is { } index ? [index.ToString(CultureInfo.InvariantCulture)] : question.Class is { } name ? [name] : null;

    /// <summary>-Layer; null for none.</summary>
    public static string[]? Layers(this CnnQuestion question) => question.Layer is { } layer ? [layer] : null;

    /// <summary>-Target; null for none.</summary>
    public static CnnTarget[]? Targets(this CnnQuestion question) => question.Number is { } number ? [CnnTarget.Parse(number)] : null;

    /// <summary>-Position; null for none.</summary>
    public static string[]? Position(this CnnQuestion question) =>
        question is { Row: { } row, Column: { } column } ? [row.ToString(CultureInfo.InvariantCulture), column.ToString(CultureInfo.InvariantCulture)] : null;
}
