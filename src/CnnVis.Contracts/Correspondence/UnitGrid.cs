namespace CnnVis;

/// <summary>
/// Where the units of a layer look: the centres of their receptive fields, in input pixels. Places are continuous, with (0, 0) the upper left corner of the upper left pixel, so that the middle of that pixel is (0.5, 0.5).
/// A unit's centre is offset + size / 2 + index × stride of the layer's <see cref="ReceptiveField"/>; <see cref="Stretched"/> is a map from edge to edge.
/// </summary>
/// <param name="Rows">Rows of units.</param>
/// <param name="Columns">Columns of units.</param>
/// <param name="FirstX">Centre of the first column.</param>
/// <param name="FirstY">Centre of the first row.</param>
/// <param name="StrideX">Pixels between the centres of neighbouring columns.</param>
/// <param name="StrideY">Pixels between the centres of neighbouring rows.</param>
public sealed record UnitGrid(int Rows, int Columns, double FirstX, double FirstY, double StrideX, double StrideY)
{
    /// <summary>Places in the middle of equal parts of a picture.</summary>
    /// <param name="rows">Rows of them.</param>
    /// <param name="columns">Columns of them.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Its rows.</param>
    public static UnitGrid Stretched(int rows, int columns, double width, double height) =>
        new(rows, columns, width / columns / 2, height / rows / 2, width / columns, height / rows);

    /// <summary>The same places in a picture of another size.</summary>
    /// <param name="across">How many times as wide it is.</param>
    /// <param name="down">How many times as high it is.</param>
    public UnitGrid Scaled(double across, double down) => this with { FirstX = FirstX * across, StrideX = StrideX * across, FirstY = FirstY * down, StrideY = StrideY * down };

    /// <summary>Units.</summary>
    public int Count => Rows * Columns;

    /// <summary>Centre of a column, which may be a fraction.</summary>
    public double X(double column) => FirstX + column * StrideX;

    /// <summary>Centre of a row, which may be a fraction.</summary>
    public double Y(double row) => FirstY + row * StrideY;

    /// <summary>The column at a place, a fraction between centres; below 0 and above the last outside.</summary>
    public double ColumnAt(double x) => (x - FirstX) / StrideX;

    /// <summary>The row at a place.</summary>
    public double RowAt(double y) => (y - FirstY) / StrideY;

    /// <summary>The unit whose centre is nearest to a place.</summary>
    public int Nearest(double x, double y) =>
        (int)Math.Clamp(Math.Round(RowAt(y)), 0, Rows - 1) * Columns + (int)Math.Clamp(Math.Round(ColumnAt(x)), 0, Columns - 1);

    /// <summary>Whether a place is at most half a stride outside the outermost centres, so that a unit stands for it.</summary>
    public bool Covers(double x, double y) => RowAt(y) is var row && ColumnAt(x) is var column && row >= -0.5 && row <= Rows - 0.5 && column >= -0.5 && column <= Columns - 0.5;

    /// <summary>Rows, columns and stride, as in <c>7 x 7, every 8 pixels</c>.</summary>
    public override string ToString() => StrideX == StrideY ? FormattableString.Invariant($"{Rows} x {Columns}, every {StrideX:G4} pixels") : FormattableString.Invariant($"{Rows} x {Columns}, every {StrideY:G4} x {StrideX:G4} pixels");
}
