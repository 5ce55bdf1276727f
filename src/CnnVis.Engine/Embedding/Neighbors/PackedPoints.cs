using System.Runtime.InteropServices;

namespace CnnVis.Engine.Embedding.Neighbors;

/// <summary>
/// Points in blocks of 32 side by side, so that one instruction works on 16 of them: a block holds |x|² of its points, then −2·x by dimension.
/// Then |q − x|² − |q|² = |x|² − 2·q·x is a chain of fused multiply-adds. Behind the last point stand points at infinity.
/// </summary>
internal sealed unsafe class PackedPoints : IDisposable
{
    /// <summary>Points of a block.</summary>
    public const int Width = 32;

    private readonly float* _blocks;

    public PackedPoints(PointMatrix points)
    {
        Dimension = points.Dimension;
        BlockCount = (points.Count + Width - 1) / Width;
        BlockLength = (Dimension + 1) * Width;
        _blocks = (float*)NativeMemory.AlignedAlloc((nuint)BlockCount * (nuint)BlockLength * sizeof(float), 64);
        Parallel.For(0, BlockCount, b => Pack(points, b));
    }

    public int Dimension { get; }

    public int BlockCount { get; }

    /// <summary>Floats of a block.</summary>
    public int BlockLength { get; }

    /// <summary>A block: |x|² [32], then −2·x [dimension, 32].</summary>
    public float* Block(int index) => _blocks + (nint)index * BlockLength;

    public void Dispose() => NativeMemory.AlignedFree(_blocks);

    private void Pack(PointMatrix points, int index)
    {
        float* block = Block(index);
        for (int lane = 0; lane < Width; lane++)
        {
            int point = index * Width + lane;
            if (point >= points.Count)
            {
                block[lane] = float.PositiveInfinity;
                for (int c = 1; c <= Dimension; c++) block[c * Width + lane] = 0;
                continue;
            }
            ReadOnlySpan<float> row = points.Row(point);
            double norm = 0;
            for (int c = 0; c < row.Length; c++)
            {
                block[(c + 1) * Width + lane] = -2 * row[c];
                norm += (double)row[c] * row[c];
            }
            block[lane] = (float)norm;
        }
    }
}
