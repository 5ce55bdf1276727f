using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CnnVis.Engine.Embedding.Fourier;

/// <summary>Eight complex numbers; in memory eight real parts, then eight imaginary ones.</summary>
internal readonly unsafe struct ComplexLanes(Vector256<float> real, Vector256<float> imaginary)
{
    /// <summary>Numbers.</summary>
    public const int Count = 8;

    /// <summary>Floats that they take.</summary>
    public const int Size = 2 * Count;

    public Vector256<float> Real { get; } = real;

    public Vector256<float> Imaginary { get; } = imaginary;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes Load(float* from) => new(Vector256.Load(from), Vector256.Load(from + Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* to)
    {
        Real.Store(to);
        Imaginary.Store(to + Count);
    }

    /// <summary>Times −i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ComplexLanes Turned() => new(Imaginary, -Real);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes operator +(ComplexLanes a, ComplexLanes b) => new(a.Real + b.Real, a.Imaginary + b.Imaginary);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes operator -(ComplexLanes a, ComplexLanes b) => new(a.Real - b.Real, a.Imaginary - b.Imaginary);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes operator *(float scale, ComplexLanes a) => new(scale * a.Real, scale * a.Imaginary);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes operator *(Twiddle w, ComplexLanes a) => new(
        Vector256.MultiplyAddEstimate(a.Real, w.Cosine, a.Imaginary * w.Sine),
        Vector256.MultiplyAddEstimate(a.Imaginary, w.Cosine, -(a.Real * w.Sine)));
}
