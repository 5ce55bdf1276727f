namespace CnnVis.Engine.Embedding.Fourier;

/// <summary>
/// Eight complex discrete Fourier transforms of one length side by side, X[k] = Σⱼ x[j]·exp(−2πi·jk / n), in Stockham's self-sorting form (Van Loan 1992,
/// §1.7). The inverse, but for the factor 1 / n, is the same with real and imaginary parts exchanged before and after.
/// </summary>
internal sealed unsafe class FourierTransform
{
    private readonly List<FourierStage> _stages = [];

    /// <param name="length">n; no prime factor above 5.</param>
    public FourierTransform(int length)
    {
        Length = length;
        for (int rest = length, stride = 1; rest > 1;)
        {
            int radix = Array.Find([4, 5, 3, 2], r => rest % r == 0);
            rest /= radix;
            _stages.Add(new FourierStage(radix, rest, stride));
            stride *= radix;
        }
    }

    public int Length { get; }

    /// <summary>Floats of one buffer.</summary>
    public int Size => Length * ComplexLanes.Size;

    /// <summary>Transforms; both buffers are overwritten.</summary>
    /// <param name="data">[n] <see cref="ComplexLanes"/>.</param>
    /// <param name="spare">As large.</param>
    /// <returns>Whichever of the two has the result.</returns>
    public float* Run(float* data, float* spare)
    {
        foreach (FourierStage stage in _stages)
        {
            stage.Run(data, spare);
            float* result = spare;
            spare = data;
            data = result;
        }
        return data;
    }

    /// <summary>The next length, a multiple of 4, that has no prime factor above 5.</summary>
    public static int FastLength(int least)
    {
        for (int length = (least + 3) & ~3; ; length += 4)
        {
            int rest = length;
            foreach (int factor in (ReadOnlySpan<int>)[2, 3, 5])
                while (rest % factor == 0) rest /= factor;
            if (rest == 1) return length;
        }
    }
}
