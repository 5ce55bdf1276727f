namespace CnnVis;

/// <summary>Where it is known from how colours go together.</summary>
public enum ColorSource
{
    /// <summary>ImageNet's photos, as lucid states it; for networks of three channels.</summary>
    ImageNet,

    /// <summary>The pictures of <c>-Reference</c>.</summary>
    Reference,

    /// <summary>Nowhere: each for itself.</summary>
    None,
}
