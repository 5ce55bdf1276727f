namespace CnnVis.Host;

/// <summary>How a pipeline ended.</summary>
internal enum Outcome
{
    /// <summary>Its last statement succeeded.</summary>
    Success,

    /// <summary>It ran to its end and its last statement failed.</summary>
    Failed,

    /// <summary>An error ended it early.</summary>
    Terminated,

    /// <summary>Ctrl+C ended it early.</summary>
    Interrupted,
}
