namespace CnnVis;

/// <summary>What of dates makes a bin.</summary>
public enum DatePart
{
    /// <summary>The month: January to December.</summary>
    Month,

    /// <summary>The hour of the day.</summary>
    Hour,

    /// <summary>The day of the week.</summary>
    Weekday,

    /// <summary>The year.</summary>
    Year,
}
