using System.Runtime.CompilerServices;
namespace CnnVis.Engine.Embedding.Fourier;

/// <summary>
/// One pass of Stockham's transform: groups of r elements are transformed and turned by their twiddles. From x[q + s·(p + m·j)]
/// to y[q + s·(r·p + k)] = exp(−2πi·pk / rm)·Σⱼ x·exp(−2πi·jk / r), with s transforms side by side and p below m.
/// </summary>
internal sealed unsafe class FourierStage
{
    private const float Sine60 = 0.8660254f, Cosine72 = 0.30901699f, Cosine144 = -0.80901699f, Sine72 = 0.95105652f, Sine144 = 0.58778525f;

    private readonly int _radix, _groups, _stride;
    private readonly float[] _twiddles; // [groups, radix - 1, 2]

    /// <param name="radix">r: 2, 3, 4 or 5.</param>
    /// <param name="groups">m.</param>
    /// <param name="stride">s.</param>
    public FourierStage(int radix, int groups, int stride)
    {
        (_radix, _groups, _stride) = (radix, groups, stride);
        _twiddles = new float[groups * (radix - 1) * Twiddle.Size];
        for (int p = 0, at = 0; p < groups; p++)
        {
            for (int k = 1; k < radix; k++)
            {
                var (sine, cosine) = Math.SinCos(2 * Math.PI * ((long)p * k % (radix * groups)) / (radix * groups));
                (_twiddles[at++], _twiddles[at++]) = ((float)cosine, (float)sine);
            }
        }
    }

    public void Run(float* from, float* to)
    {
        fixed (float* twiddles = _twiddles)
        {
            switch (_radix)
            {
                case 2: Two(from, to, twiddles); break;
                case 3: Three(from, to, twiddles); break;
                case 4: Four(from, to, twiddles); break;
                default: Five(from, to, twiddles); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Two(float* from, float* to, float* twiddles)
    {
        nint step = (nint)_stride * ComplexLanes.Size, across = step * _groups;
        for (int p = 0; p < _groups; p++, twiddles += Twiddle.Size, to += step)
        {
            Twiddle w1 = Twiddle.Load(twiddles);
            for (float* end = from + step; from < end; from += ComplexLanes.Size, to += ComplexLanes.Size)
            {
                ComplexLanes a0 = ComplexLanes.Load(from), a1 = ComplexLanes.Load(from + across);
                (a0 + a1).Store(to);
                (w1 * (a0 - a1)).Store(to + step);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Three(float* from, float* to, float* twiddles)
    {
        nint step = (nint)_stride * ComplexLanes.Size, across = step * _groups;
        for (int p = 0; p < _groups; p++, twiddles += 2 * Twiddle.Size, to += 2 * step)
        {
            Twiddle w1 = Twiddle.Load(twiddles), w2 = Twiddle.Load(twiddles + Twiddle.Size);
            for (float* end = from + step; from < end; from += ComplexLanes.Size, to += ComplexLanes.Size)
            {
                ComplexLanes a0 = ComplexLanes.Load(from), a1 = ComplexLanes.Load(from + across), a2 = ComplexLanes.Load(from + 2 * across);
                ComplexLanes sum = a1 + a2, middle = a0 - 0.5f * sum, side = Sine60 * (a1 - a2).Turned();
                (a0 + sum).Store(to);
                (w1 * (middle + side)).Store(to + step);
                (w2 * (middle - side)).Store(to + 2 * step);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Four(float* from, float* to, float* twiddles)
    {
        nint step = (nint)_stride * ComplexLanes.Size, across = step * _groups;
        for (int p = 0; p < _groups; p++, twiddles += 3 * Twiddle.Size, to += 3 * step)
        {
            Twiddle w1 = Twiddle.Load(twiddles), w2 = Twiddle.Load(twiddles + Twiddle.Size), w3 = Twiddle.Load(twiddles + 2 * Twiddle.Size);
            for (float* end = from + step; from < end; from += ComplexLanes.Size, to += ComplexLanes.Size)
            {
                ComplexLanes a0 = ComplexLanes.Load(from), a1 = ComplexLanes.Load(from + across), a2 = ComplexLanes.Load(from + 2 * across), a3 = ComplexLanes.Load(from + 3 * across);
                ComplexLanes even = a0 + a2, odd = a1 + a3, middle = a0 - a2, side = (a1 - a3).Turned();
                (even + odd).Store(to);
                (w1 * (middle + side)).Store(to + step);
                (w2 * (even - odd)).Store(to + 2 * step);
                (w3 * (middle - side)).Store(to + 3 * step);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Five(float* from, float* to, float* twiddles)
    {
        nint step = (nint)_stride * ComplexLanes.Size, across = step * _groups;
        for (int p = 0; p < _groups; p++, twiddles += 4 * Twiddle.Size, to += 4 * step)
        {
            Twiddle w1 = Twiddle.Load(twiddles), w2 = Twiddle.Load(twiddles + Twiddle.Size), w3 = Twiddle.Load(twiddles + 2 * Twiddle.Size), w4 = Twiddle.Load(twiddles + 3 * Twiddle.Size);
            for (float* end = from + step; from < end; from += ComplexLanes.Size, to += ComplexLanes.Size)
            {
                ComplexLanes a0 = ComplexLanes.Load(from), a1 = ComplexLanes.Load(from + across), a2 = ComplexLanes.Load(from + 2 * across), a3 = ComplexLanes.Load(from + 3 * across), a4 = ComplexLanes.Load(from + 4 * across);
                ComplexLanes outer = a1 + a4, inner = a2 + a3, outside = (a1 - a4).Turned(), inside = (a2 - a3).Turned();
                (a0 + outer + inner).Store(to);
                ComplexLanes middle = a0 + Cosine72 * outer + Cosine144 * inner, side = Sine72 * outside + Sine144 * inside;
                (w1 * (middle + side)).Store(to + step);
                (w4 * (middle - side)).Store(to + 4 * step);
                middle = a0 + Cosine144 * outer + Cosine72 * inner;
                side = Sine144 * outside - Sine72 * inside;
                (w2 * (middle + side)).Store(to + 2 * step);
                (w3 * (middle - side)).Store(to + 3 * step);
            }
        }
    }
}
