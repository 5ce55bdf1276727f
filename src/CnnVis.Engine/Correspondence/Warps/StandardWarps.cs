namespace CnnVis.Engine.Correspondence.Warps;

/// <summary>The movements that are measured where none is named.</summary>
public static class StandardWarps
{
    /// <summary>Translations on and off the stride, rotations to ±45°, scales from 0.7 to 1.4, a flip, a shear, and a thin-plate spline.</summary>
    /// <param name="stride">The largest stride of the layers, in input pixels.</param>
    public static CnnWarp[] For(double stride)
    {
        int on = Math.Max(1, (int)Math.Round(stride)), off = (on / 2) | 1;
        return
        [
            new(CnnWarpKind.Translate, [on, -on]), new(CnnWarpKind.Translate, [-off, off]),
            new(CnnWarpKind.Rotate, [-15]), new(CnnWarpKind.Rotate, [15]), new(CnnWarpKind.Rotate, [-45]), new(CnnWarpKind.Rotate, [45]),
            new(CnnWarpKind.Scale, [0.7]), new(CnnWarpKind.Scale, [1.4]), new(CnnWarpKind.Flip, []), new(CnnWarpKind.Affine, [1, 0.2, -0.1, 1]), new(CnnWarpKind.ThinPlate, [0.04]),
        ];
    }
}
