using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>
/// Floats of 8 bits and of 4 (Micikevicius et al. 2022; Noune et al. 2022; Open Compute Project, MX 1.0), to whose values float32 is rounded, halves to the even one.
/// </summary>
/// <param name="Mantissa">Bits behind the point.</param>
/// <param name="Least">Exponent of the least normal number.</param>
/// <param name="Largest">The largest number.</param>
/// <param name="Infinity">Whether there is an infinity.</param>
/// <param name="Signed0">Whether there is −0.</param>
/// <param name="NaN">Whether there is a NaN.</param>
internal sealed record Minifloat(int Mantissa, int Least, float Largest, bool Infinity, bool Signed0, bool NaN)
{
    private static readonly Dictionary<long, Minifloat> _formats = new()
    {
        [17] = new(3, -6, 448, false, true, true), // E4M3FN
        [18] = new(3, -7, 240, false, false, true), // E4M3FNUZ
        [19] = new(2, -14, 57344, true, true, true), // E5M2
        [20] = new(2, -15, 57344, false, false, true), // E5M2FNUZ
        [23] = new(1, 0, 6, false, true, false), // E2M1
    };

    /// <summary>The format of that number among ONNX's types, or null.</summary>
    public static Minifloat? Of(long type) => _formats.GetValueOrDefault(type);

    /// <summary>The nearest numbers of the format.</summary>
    /// <param name="x">float32.</param>
    /// <param name="saturate">Whether what is too large becomes the largest number, and not infinity or NaN.</param>
    public Tensor Round(Tensor x, bool saturate)
    {
        using var scope = NewDisposeScope();
        Tensor size = x.abs().clamp_max(4 * Largest), exponent = size.log2().floor().clamp_min(Least), step = (exponent - Mantissa).exp2();
        Tensor rounded = (size / step).round() * step;
        Tensor beyond = full_like(size, saturate || !NaN ? Largest : Infinity ? float.PositiveInfinity : float.NaN), most = full_like(size, Largest);
        rounded = where(rounded.gt(most), beyond, rounded).copysign(x);
        rounded = where(x.isnan(), NaN ? x : zeros_like(x), rounded);
        if (!Signed0) rounded = where(rounded.eq(zeros_like(rounded)), zeros_like(rounded), rounded);
        return rounded.MoveToOuterDisposeScope();
    }
}
