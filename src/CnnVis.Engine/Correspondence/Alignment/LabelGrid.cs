namespace CnnVis.Engine.Correspondence.Alignment;

/// <summary>
/// A grid of units, each of which goes one of some ways: a window of displacements, whose first may differ from unit to unit; and what each way costs, infinite where it leads out of the target.
/// </summary>
/// <param name="Rows">Rows of units.</param>
/// <param name="Columns">Columns of units.</param>
/// <param name="WindowRows">Displacements along the rows.</param>
/// <param name="WindowColumns">Displacements along the columns.</param>
/// <param name="First">By unit, the first displacement.</param>
/// <param name="Costs">[units, window rows, window columns]; of each unit one is finite.</param>
public sealed record LabelGrid(int Rows, int Columns, int WindowRows, int WindowColumns, (int Row, int Column)[] First, float[] Costs)
{
    /// <summary>Ways of a unit.</summary>
    public int Window => WindowRows * WindowColumns;

    /// <summary>The displacement that a way is.</summary>
    public (int Row, int Column) Displacement(int unit, int label) => (First[unit].Row + label / WindowColumns, First[unit].Column + label % WindowColumns);

    /// <summary>What a choice of ways costs without what neighbours cost each other.</summary>
    public double DataEnergy(ReadOnlySpan<int> labels)
    {
        double sum = 0;
        for (int unit = 0; unit < labels.Length; unit++) sum += Costs[unit * Window + labels[unit]];
        return sum;
    }

    /// <summary>What neighbours cost each other.</summary>
    public double DeformationEnergy(ReadOnlySpan<int> labels, ISmoothness smoothness)
    {
        double sum = 0;
        for (int unit = 0; unit < labels.Length; unit++)
        {
            if (unit % Columns < Columns - 1) sum += Between(smoothness, unit, labels[unit], unit + 1, labels[unit + 1]);
            if (unit / Columns < Rows - 1) sum += Between(smoothness, unit, labels[unit], unit + Columns, labels[unit + Columns]);
        }
        return sum;
    }

    /// <summary>What two neighbours cost each other.</summary>
    public double Between(ISmoothness smoothness, int first, int firstLabel, int second, int secondLabel)
    {
        var (row, column) = Displacement(first, firstLabel);
        var (otherRow, otherColumn) = Displacement(second, secondLabel);
        return smoothness.Cost(otherRow - row) + smoothness.Cost(otherColumn - column);
    }
}
