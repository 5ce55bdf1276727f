using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CnnVis.Engine.Embedding.Fourier;

/// <summary>exp(−iα) as its cosine and the sine of α, the same in every lane.</summary>
internal readonly unsafe struct Twiddle(Vector256<float> cosine, Vector256<float> sine)
{
    /// <summary>Floats that one takes in a table.</summary>
    public const int Size = 2;

    public Vector256<float> Cosine { get; } = cosine;

    public Vector256<float> Sine { get; } = sine;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Twiddle Load(float* from) => new(Vector256.Create(from[0]), Vector256.Create(from[1]));
}
