namespace CnnVis.Engine.Reports;

/// <summary>A report: everything that its page shows, but for the pictures, of which it knows the hashes.</summary>
/// <param name="Format">What it is; always <see cref="FormatName"/>.</param>
/// <param name="Title">Its title.</param>
/// <param name="Version">Version of CnnVis that wrote it.</param>
/// <param name="Created">When it was written.</param>
/// <param name="Entries">What it shows, in order.</param>
public sealed record ReportDocument(string Format, string Title, string Version, DateTimeOffset Created, IReadOnlyList<ReportEntry> Entries)
{
    /// <summary>Of how many cells of each picture only the first were drawn; null where all were.</summary>
    public int? Limit { get; init; }

    /// <summary>What the data of a page say that they are.</summary>
    public const string FormatName = "cnnvis-report-1";
}
