using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using CnnVis.Engine.Embedding.Fourier;

namespace CnnVis.Engine.Embedding.Forces;

/// <summary>
/// Convolves charges on a grid with the potential 1 / (1 + r²) − 1. The charges' box is transformed as if zeros made it twice as large, so that nothing
/// wraps round: down its columns, two real ones a complex transform; then, row by row of the half spectrum, forth, times the kernel, and back at once; then up
/// the columns. Rows and columns of zeros, and those of no interest, are never touched. The spline's transform is divided out twice, for spreading and for
/// gathering.
/// </summary>
internal sealed unsafe class PotentialGrid
{
    /// <summary>Columns of a block: one complex transform for each two.</summary>
    private const int Block = 2 * ComplexLanes.Count;

    private readonly ConcurrentBag<AlignedBuffer> _spares = [];
    private readonly AlignedBuffer _nodes = new(), _spectrum = new(), _kernel = new();
    private FourierTransform _down = new(1), _across = new(1);
    private float _spacing;

    /// <summary>What is convolved, and then the result: rows of <see cref="Stride"/>.</summary>
    public float* Nodes => _nodes.Start;

    private int Rows => _down.Length;

    private int Columns => _across.Length;

    /// <summary>Rows of the half spectrum, in blocks of <see cref="ComplexLanes.Count"/>.</summary>
    private int SpectrumBlocks => Rows / 2 / ComplexLanes.Count + 1;

    /// <summary>Floats from row to row of a box so wide.</summary>
    public static int Stride(int wide) => (wide + Block - 1) / Block * Block;

    /// <summary>Makes a grid of another size or spacing.</summary>
    /// <param name="rows">Nodes down, at least twice the box's.</param>
    /// <param name="columns">Nodes across, at least twice the box's.</param>
    /// <param name="spacing">Distance of neighbouring nodes.</param>
    public void Resize(int rows, int columns, float spacing)
    {
        if (rows == Rows && columns == Columns && spacing == _spacing) return;
        if (rows != Rows) _down = new FourierTransform(rows);
        if (columns != Columns) _across = new FourierTransform(columns);
        _spacing = spacing;
        int wide = columns / 2 + 1, stride = Stride(wide); // the kernel is even: half of it is enough
        _nodes.Reserve((long)rows * stride);
        _spectrum.Reserve((long)SpectrumBlocks * ComplexLanes.Size * stride);
        _kernel.Reserve((long)SpectrumBlocks * ComplexLanes.Count * columns);
        new Span<float>(_spectrum.Start, SpectrumBlocks * ComplexLanes.Size * stride).Clear();
        FillPotential(stride);
        Chunks.Run(stride / Block, 1, (from, _) => Down(from * Block, rows, stride));
        double[] high = QuinticSpline.Sharpening(rows, SpectrumBlocks * ComplexLanes.Count), broad = QuinticSpline.Sharpening(columns, columns);
        Chunks.Run(SpectrumBlocks, 1, (from, _) => KernelBlock(from, stride, high, broad));
    }

    /// <summary>Puts the potential of the charges in their place.</summary>
    /// <param name="high">Rows of the box.</param>
    /// <param name="wide">Its columns.</param>
    public void Convolve(int high, int wide)
    {
        int stride = Stride(wide);
        Chunks.Run(stride / Block, 1, (from, _) => Down(from * Block, high, stride));
        Chunks.Run(SpectrumBlocks, 1, (from, _) => Across(from, stride));
        Chunks.Run(stride / Block, 1, (from, _) => Up(from * Block, high, stride));
    }

    /// <summary>Transforms 16 columns of the box; the spectrum is twice what it should be.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Down(int column, int high, int stride)
    {
        AlignedBuffer buffer = Borrow(_down);
        float* data = buffer.Start, from = Nodes + column;
        for (int y = 0; y < high; y++, from += stride) ComplexLanes.Load(from).Store(data + y * ComplexLanes.Size);
        new Span<float>(data + high * ComplexLanes.Size, (Rows - high) * ComplexLanes.Size).Clear();
        float* result = _down.Run(data, data + _down.Size);
        // Of z = a + ib with real a and b: 2A[k] = Z[k] + Z*[−k], 2iB[k] = Z[k] − Z*[−k].
        float* real = _spectrum.Start + column, imaginary = real + stride;
        for (int k = 0; k <= Rows / 2; k++, real += 2 * stride, imaginary += 2 * stride)
        {
            ComplexLanes z = ComplexLanes.Load(result + k * ComplexLanes.Size), mirror = ComplexLanes.Load(result + (k == 0 ? 0 : Rows - k) * ComplexLanes.Size);
            (z.Real + mirror.Real).Store(real);
            (z.Imaginary - mirror.Imaginary).Store(imaginary);
            (z.Imaginary + mirror.Imaginary).Store(real + ComplexLanes.Count);
            (mirror.Real - z.Real).Store(imaginary + ComplexLanes.Count);
        }
        _spares.Add(buffer);
    }

    /// <summary>Transforms eight rows of the spectrum forth, multiplies them with the kernel's, and transforms them back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Across(int block, int stride)
    {
        AlignedBuffer buffer = Borrow(_across);
        float* data = buffer.Start, spare = data + _across.Size, rows = _spectrum.Start + (nint)block * ComplexLanes.Size * stride;
        for (int x = 0; x < stride; x += ComplexLanes.Count)
        {
            Transposition.Block(rows + x, 2 * stride, data + x * ComplexLanes.Size, ComplexLanes.Size);
            Transposition.Block(rows + stride + x, 2 * stride, data + x * ComplexLanes.Size + ComplexLanes.Count, ComplexLanes.Size);
        }
        new Span<float>(data + stride * ComplexLanes.Size, (Columns - stride) * ComplexLanes.Size).Clear();
        float* result = _across.Run(data, spare), kernel = _kernel.Start + (nint)block * ComplexLanes.Count * Columns;
        for (int x = 0; x < Columns; x++, kernel += ComplexLanes.Count)
        {
            ComplexLanes z = ComplexLanes.Load(result + x * ComplexLanes.Size);
            Vector256<float> factor = Vector256.Load(kernel);
            new ComplexLanes(z.Imaginary * factor, z.Real * factor).Store(result + x * ComplexLanes.Size); // exchanged, for the way back
        }
        result = _across.Run(result, result == data ? spare : data);
        for (int x = 0; x < stride; x += ComplexLanes.Count)
        {
            Transposition.Block(result + x * ComplexLanes.Size, ComplexLanes.Size, rows + stride + x, 2 * stride);
            Transposition.Block(result + x * ComplexLanes.Size + ComplexLanes.Count, ComplexLanes.Size, rows + x, 2 * stride);
        }
        _spares.Add(buffer);
    }

    /// <summary>Transforms 16 columns back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Up(int column, int high, int stride)
    {
        AlignedBuffer buffer = Borrow(_down);
        float* data = buffer.Start, real = _spectrum.Start + column, imaginary = real + stride;
        for (int k = 0; k <= Rows / 2; k++, real += 2 * stride, imaginary += 2 * stride)
        {
            Vector256<float> ar = Vector256.Load(real), ai = Vector256.Load(imaginary), br = Vector256.Load(real + ComplexLanes.Count), bi = Vector256.Load(imaginary + ComplexLanes.Count);
            // Z[k] = A + iB and Z[−k] = A* + iB*, exchanged.
            new ComplexLanes(ai + br, ar - bi).Store(data + k * ComplexLanes.Size);
            if (k > 0) new ComplexLanes(br - ai, ar + bi).Store(data + (Rows - k) * ComplexLanes.Size);
        }
        float* result = _down.Run(data, data + _down.Size), to = Nodes + column;
        for (int y = 0; y < high; y++, to += stride)
        {
            ComplexLanes z = ComplexLanes.Load(result + y * ComplexLanes.Size);
            new ComplexLanes(z.Imaginary, z.Real).Store(to);
        }
        _spares.Add(buffer);
    }

    /// <summary>−r² / (1 + r²) with periodic distances, for the left half of the grid.</summary>
    private void FillPotential(int stride) => Chunks.Run(Rows, 64, (from, to) =>
    {
        for (int y = from; y < to; y++) FillRow(Nodes + (nint)y * stride, stride, Math.Min(y, Rows - y) * _spacing);
    });

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillRow(float* row, int length, float down)
    {
        for (int x = 0; x < length; x++)
        {
            float squared = down * down + x * _spacing * (x * _spacing);
            row[x] = -squared / (1 + squared);
        }
    }

    /// <summary>The kernel's transform, real as the kernel is even, for eight rows of the spectrum: [columns, 8].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void KernelBlock(int block, int stride, double[] high, double[] broad)
    {
        AlignedBuffer buffer = Borrow(_across);
        float* data = buffer.Start, rows = _spectrum.Start + (nint)block * ComplexLanes.Size * stride, kernel = _kernel.Start + (nint)block * ComplexLanes.Count * Columns;
        new Span<float>(data, _across.Size).Clear();
        for (int x = 0; x < Columns; x++)
            for (int lane = 0; lane < ComplexLanes.Count; lane++) data[x * ComplexLanes.Size + lane] = rows[2 * lane * stride + Math.Min(x, Columns - x)];
        float* result = _across.Run(data, data + _across.Size);
        for (int x = 0; x < Columns; x++)
        {
            // Both this spectrum and the charges' are twice what they should be.
            double scale = broad[x] / (4.0 * Rows * Columns);
            for (int lane = 0; lane < ComplexLanes.Count; lane++, kernel++) *kernel = (float)(result[x * ComplexLanes.Size + lane] * scale * high[block * ComplexLanes.Count + lane]);
        }
        _spares.Add(buffer);
    }

    private AlignedBuffer Borrow(FourierTransform transform)
    {
        AlignedBuffer buffer = _spares.TryTake(out AlignedBuffer? spare) ? spare : new AlignedBuffer();
        buffer.Reserve(2L * transform.Size);
        return buffer;
    }
}
