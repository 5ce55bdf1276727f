using CnnVis.Engine.Embedding.Fourier;

namespace CnnVis.Engine.Embedding.Forces;

/// <summary>How large a grid over a map is. A grid that still does is kept, since its kernel has been made.</summary>
/// <param name="spacing">Largest distance between grid nodes. 0.35 keeps the force's error (root mean square) at half a percent.</param>
internal sealed class GridSize(float spacing = 0.35f)
{
    private const int Margin = 16, LeastCells = 48;

    private float _spacing;

    /// <param name="High">Rows of nodes that points weigh on.</param>
    /// <param name="Wide">Columns of them.</param>
    /// <param name="Rows">Rows with the padding that keeps the convolution from wrapping round.</param>
    /// <param name="Columns">Columns with it.</param>
    /// <param name="Spacing">Distance of neighbouring nodes.</param>
    public readonly record struct Cells(int High, int Wide, int Rows, int Columns, float Spacing);

    /// <summary>The grid for a map of that extent.</summary>
    public Cells Of(float width, float height)
    {
        float h = Math.Max(Math.Min(spacing, Math.Max(width, height) / LeastCells), 1e-30f);
        // A kernel for slightly larger cells does too, until the map has grown out of it.
        if (h < spacing && h <= _spacing && h > 0.9f * _spacing) h = _spacing;
        _spacing = h;
        int wide = (int)MathF.Ceiling(width / h) + QuinticSpline.Nodes + 2, high = (int)MathF.Ceiling(height / h) + QuinticSpline.Nodes + 2;
        return new Cells(high, wide, FourierTransform.FastLength(2 * high + Margin), FourierTransform.FastLength(2 * wide + Margin), h);
    }
}
