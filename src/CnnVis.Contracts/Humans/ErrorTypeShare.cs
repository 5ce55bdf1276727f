namespace CnnVis;

/// <summary>How much of a labeler's errors is of a type.</summary>
/// <param name="Labeler">Whose errors.</param>
/// <param name="Tagger">Who says so.</param>
/// <param name="Type">The type of error.</param>
/// <param name="Share">Share of the labeler's tagged errors; an error may be of several types.</param>
public sealed record ErrorTypeShare(string Labeler, string Tagger, string Type, RateEstimate Share)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Labeler}, {Type}: {Share}";
}
