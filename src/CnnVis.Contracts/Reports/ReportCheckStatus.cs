namespace CnnVis;

/// <summary>How an entry of a report is found.</summary>
public enum ReportCheckStatus
{
    /// <summary>It says what comes out today.</summary>
    Same,

    /// <summary>Something else comes out today.</summary>
    Differs,

    /// <summary>What the page shows is not what it was written with.</summary>
    Altered,

    /// <summary>It could not be run again.</summary>
    NotRun,
}
