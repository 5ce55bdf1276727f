using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial;

/// <summary>Pictures of 8 bits a value.</summary>
internal static class Rounding
{
    /// <summary>The nearest of the 256 levels, as a file holds them.</summary>
    public static Tensor Nearest(Tensor x)
    {
        using Tensor levels = x.mul(255).add_(0.5).floor_();
        return levels.div(255).clamp_(0, 1);
    }

    /// <summary>The nearest level, or where that is out of the limits the one beside it, towards the original. A limit without a level in it cannot be kept: then it is the level nearest to the original.</summary>
    /// <param name="x">[n, C, H, W].</param>
    /// <param name="originals">The same.</param>
    /// <param name="low">Least values.</param>
    /// <param name="high">Largest values.</param>
    public static Tensor Within(Tensor x, Tensor originals, Tensor low, Tensor high)
    {
        using var scope = NewDisposeScope();
        Tensor nearest = Nearest(x), inward = nearest - (nearest > high).to(ScalarType.Float32) / 255 + (nearest < low).to(ScalarType.Float32) / 255;
        inward = Nearest(inward);
        Tensor fits = (inward >= low).logical_and(inward <= high);
        return where(fits, inward, Nearest(originals)).MoveToOuterDisposeScope();
    }
}
