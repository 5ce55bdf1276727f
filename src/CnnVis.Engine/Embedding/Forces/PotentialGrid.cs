using static TorchSharp.torch;

namespace CnnVis.Engine.Embedding.Forces;

/// <summary>
/// Convolves charges on a grid with the potential 1 / (1 + r²) − 1, by one real Fourier transform forth and one back. The grid is twice as large as
/// the charges' box, so that nothing wraps round; the spline's transform is divided out twice, for spreading and for gathering.
/// </summary>
internal sealed class PotentialGrid : IDisposable
{
    private readonly Tensor _spectrum; // [rows, columns / 2 + 1, 2], the kernel's (real) transform beside itself

    /// <param name="rows">Nodes down; even.</param>
    /// <param name="columns">Nodes across; even.</param>
    /// <param name="spacing">Distance of neighbouring nodes.</param>
    public PotentialGrid(int rows, int columns, float spacing)
    {
        (Rows, Columns, Spacing) = (rows, columns, spacing);
        Charges = zeros(rows, columns).DetachFromDisposeScope();
        using var scope = NewDisposeScope();
        Tensor down = Squares(rows, spacing), across = Squares(columns, spacing);
        Tensor squared = down.unsqueeze(1) + across; // [rows, columns], periodic distances
        Tensor kernel = -squared / (squared + 1);
        Tensor transform = fft.rfft2(kernel).real * Sharpening(rows, rows).unsqueeze(1) * Sharpening(columns, columns / 2 + 1);
        _spectrum = transform.to(ScalarType.Float32).unsqueeze(-1).expand(-1, -1, 2).contiguous().DetachFromDisposeScope();
    }

    public int Rows { get; }

    public int Columns { get; }

    public float Spacing { get; }

    /// <summary>[rows, columns]: what is convolved.</summary>
    public Tensor Charges { get; }

    /// <summary>The potential of <see cref="Charges"/> at every node, [rows, columns]; the caller's.</summary>
    public Tensor Potential()
    {
        using Tensor transform = fft.rfft2(Charges);
        using Tensor parts = view_as_real(transform);
        parts.mul_(_spectrum);
        return fft.irfft2(transform, [Rows, Columns]);
    }

    public void Dispose()
    {
        Charges.Dispose();
        _spectrum.Dispose();
    }

    private static Tensor Squares(int length, double spacing)
    {
        Tensor steps = arange(length, ScalarType.Float64);
        return (minimum(steps, length - steps) * spacing).square();
    }

    /// <summary>1 / sinc(k / length)¹² by frequency: the spline's transform is sinc⁶.</summary>
    private static Tensor Sharpening(int length, int frequencies)
    {
        Tensor k = arange(frequencies, ScalarType.Float64);
        Tensor angle = minimum(k, length - k) * (Math.PI / length);
        Tensor sinc = where(angle == 0, 1.0, angle.sin() / angle.clamp_min(1e-12));
        return sinc.pow(-2.0 * QuinticSpline.Nodes);
    }
}
