namespace CnnVis;

/// <summary>What the colours of a map stand for.</summary>
public enum MapColoring
{
    /// <summary>The label.</summary>
    Label,

    /// <summary>Nothing: no frames, no legend.</summary>
    None,
}
