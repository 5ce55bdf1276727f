namespace CnnVis;

/// <summary>By how much each unit's content moved from one picture to another, in input pixels.</summary>
/// <param name="Grid">Where the units look.</param>
/// <param name="X">Columns to the right, by unit: [rows, columns].</param>
/// <param name="Y">Rows down, by unit: [rows, columns].</param>
public sealed record DisplacementField(UnitGrid Grid, float[] X, float[] Y)
{
    /// <summary>The longest displacement.</summary>
    public double Longest
    {
        get
        {
            double longest = 0;
            for (int i = 0; i < X.Length; i++) longest = Math.Max(longest, Math.Sqrt((double)X[i] * X[i] + (double)Y[i] * Y[i]));
            return longest;
        }
    }

    /// <summary>The displacement at a place: bilinear between the units' centres, level outside the outermost.</summary>
    public (double X, double Y) At(double x, double y)
    {
        double column = Math.Clamp(Grid.ColumnAt(x), 0, Grid.Columns - 1), row = Math.Clamp(Grid.RowAt(y), 0, Grid.Rows - 1);
        int left = (int)column, top = (int)row, right = Math.Min(left + 1, Grid.Columns - 1), bottom = Math.Min(top + 1, Grid.Rows - 1);
        return (Between(X), Between(Y));

        double Between(float[] values) => double.Lerp(
            double.Lerp(values[top * Grid.Columns + left], values[top * Grid.Columns + right], column - left),
            double.Lerp(values[bottom * Grid.Columns + left], values[bottom * Grid.Columns + right], column - left), row - top);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Grid}: at most {Longest:0.#} pixels");
}
