namespace CnnVis;

/// <summary>Kinds of known movements of pictures.</summary>
public enum CnnWarpKind
{
    /// <summary>To the side.</summary>
    Translate,

    /// <summary>Round the middle.</summary>
    Rotate,

    /// <summary>Larger or smaller.</summary>
    Scale,

    /// <summary>Left and right exchanged.</summary>
    Flip,

    /// <summary>Any linear map about the middle.</summary>
    Affine,

    /// <summary>Smooth and random, by a thin-plate spline (Bookstein 1989).</summary>
    ThinPlate,
}
