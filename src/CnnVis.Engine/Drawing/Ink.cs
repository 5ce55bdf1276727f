namespace CnnVis.Engine.Drawing;

/// <summary>What text says, which decides its colour.</summary>
public enum Ink
{
    /// <summary>What a sheet shows.</summary>
    Title,

    /// <summary>More about it, and what a scale measures.</summary>
    Subtitle,

    /// <summary>About one cell, or a number of a scale.</summary>
    Caption,

    /// <summary>Small print.</summary>
    Note,

    /// <summary>White, on a black plate on a picture.</summary>
    Mark,
}
