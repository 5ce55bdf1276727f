namespace CnnVis;

/// <summary>What pictures and text stand on.</summary>
public enum PageBackground
{
    /// <summary>Dark text on white.</summary>
    Light,

    /// <summary>Light text on nearly black.</summary>
    Dark,
}
