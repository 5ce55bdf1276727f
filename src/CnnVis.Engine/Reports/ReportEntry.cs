namespace CnnVis.Engine.Reports;

/// <summary>An entry of a report.</summary>
public sealed record ReportEntry
{
    /// <summary>Its number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>picture, pair (before and after), table, heading or text.</summary>
    public required string Kind { get; init; }

    /// <summary>Its title; of text the text itself.</summary>
    public required string Title { get; init; }

    /// <summary>Name of the results' type; empty where there is none.</summary>
    public string Type { get; init; } = "";

    /// <summary>The pictures: the result as it is drawn; of a pair, before and after behind it.</summary>
    public IReadOnlyList<ReportPicture> Pictures { get; init; } = [];

    /// <summary>Names of the columns of its numbers.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Its numbers, a row a result; of a picture one row.</summary>
    public IReadOnlyList<IReadOnlyList<ReportCell>> Rows { get; init; } = [];

    /// <summary>How it came about; null where nobody knows.</summary>
    public ReportOrigin? Origin { get; init; }
}

/// <summary>A picture of an entry.</summary>
/// <param name="Id">Its number in the report, from 1.</param>
/// <param name="Caption">What stands under it.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Hash">SHA-256 of the embedded file.</param>
public sealed record ReportPicture(int Id, string Caption, int Width, int Height, string Hash);

/// <summary>A value of a result.</summary>
/// <param name="Text">As it is shown.</param>
/// <param name="Number">As it is sorted and compared; null for text.</param>
public sealed record ReportCell(string Text, double? Number)
{
    /// <summary>The number as a page sorts by it; empty for text.</summary>
    public string Key => Number?.ToString("R", System.Globalization.CultureInfo.InvariantCulture) ?? "";

    /// <summary>Whether the text is that of the number, to its six digits (of a list, the last word is the sum); of text always.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool SaysItsNumber => Number is not { } number
        || double.TryParse(Text.AsSpan()[(Text.LastIndexOf(' ') + 1)..], System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double said) && Math.Abs(said - number) <= 1e-5 * Math.Abs(number);
}

/// <summary>How an entry came about.</summary>
/// <param name="Command">The cmdlet.</param>
/// <param name="Line">The line as it was typed.</param>
/// <param name="Parameters">What stood on its command line, in the order of their names.</param>
/// <param name="IsRepeatable">Whether these can be given again.</param>
/// <param name="HasInput">Whether objects came down the pipeline to it.</param>
/// <param name="Seed">Seed of its random numbers; null where it has none.</param>
/// <param name="Version">Version of CnnVis.</param>
/// <param name="Time">When it began.</param>
/// <param name="Models">The networks.</param>
/// <param name="Images">The pictures that its results are about.</param>
public sealed record ReportOrigin(string Command, string Line, IReadOnlyList<ReportParameter> Parameters, bool IsRepeatable, bool HasInput, int? Seed, string Version, DateTimeOffset Time, IReadOnlyList<ReportSource> Models, IReadOnlyList<ReportSource> Images)
{
    /// <summary>The time as it is shown.</summary>
    public string Clock => Time.ToString("yyyy-MM-dd HH:mm:ss zzz", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A parameter of a command.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">Its values as text; one unless it takes several.</param>
/// <param name="IsSwitch">Whether it is a switch, on or off.</param>
public sealed record ReportParameter(string Name, IReadOnlyList<string> Values, bool IsSwitch)
{
    /// <summary>As it is shown.</summary>
    public string Text => string.Join(", ", Values);
}

/// <summary>A network or picture that a result was made with.</summary>
/// <param name="Name">Its name, or path.</param>
/// <param name="Source">Where it came from; empty where the name says it.</param>
/// <param name="Hash">SHA-256; empty where it could not be read.</param>
public sealed record ReportSource(string Name, string Source, string Hash)
{
    /// <summary>The beginning of the hash.</summary>
    public string Short => Hash.Length > 16 ? Hash[..16] : Hash.Length > 0 ? Hash : "not readable";
}
