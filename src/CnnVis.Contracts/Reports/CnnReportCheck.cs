namespace CnnVis;

/// <summary>What came of running an entry of a report again.</summary>
public sealed record CnnReportCheck
{
    /// <summary>The report.</summary>
    public required string Report { get; init; }

    /// <summary>Number of the entry; 0 for the page as a whole.</summary>
    public required int Entry { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>How it is.</summary>
    public required ReportCheckStatus Status { get; init; }

    /// <summary>What differs, was altered, or why it was not run; empty where all is the same.</summary>
    public required string Difference { get; init; }

    /// <summary>Largest relative difference of a number; NaN where none was compared.</summary>
    public required double LargestDifference { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Entry} {Title}: {Status}";
}
