namespace CnnVis.Engine.Correspondence;

/// <summary>Where every unit of a picture went in another, and every unit of that in the first.</summary>
public sealed class UnitMatching
{
    private UnitMatching(FeatureGrid source, FeatureGrid target, int[] forward, int[] backward)
    {
        (Source, Target, Forward, Backward) = (source, target, forward, backward);
        (Flow, BackwardFlow) = (FieldOf(source, target, forward), FieldOf(target, source, backward));
    }

    /// <summary>The first picture.</summary>
    public FeatureGrid Source { get; }

    /// <summary>The second.</summary>
    public FeatureGrid Target { get; }

    /// <summary>By unit of the first, its match in the second.</summary>
    public int[] Forward { get; }

    /// <summary>By unit of the second, its match in the first.</summary>
    public int[] Backward { get; }

    /// <summary>Displacements of the first's units, in input pixels and to less than a unit.</summary>
    public DisplacementField Flow { get; }

    /// <summary>Displacements of the second's units.</summary>
    public DisplacementField BackwardFlow { get; }

    /// <summary>Each unit's nearest, alone.</summary>
    public static UnitMatching Nearest(FeatureGrid source, FeatureGrid target, out NearestUnits nearest, CancellationToken cancellation = default)
    {
        nearest = NearestUnits.Find(source, target, cancellation: cancellation);
        return Of(source, target, nearest.Best, nearest.Back);
    }

    /// <summary>Matches that are known.</summary>
    public static UnitMatching Of(FeatureGrid source, FeatureGrid target, int[] forward, int[] backward) => new(source, target, forward, backward);

    /// <summary>The place of a unit's match.</summary>
    public (double X, double Y) Place(int unit)
    {
        UnitGrid grid = Source.Grid;
        return (grid.X(unit % grid.Columns) + Flow.X[unit], grid.Y(unit / grid.Columns) + Flow.Y[unit]);
    }

    /// <summary>The displacements that matches mean, in input pixels and to less than a unit. A unit without features stays where it is.</summary>
    /// <param name="from">The first picture.</param>
    /// <param name="to">The second.</param>
    /// <param name="matches">By unit of the first, its match in the second.</param>
    public static DisplacementField FieldOf(FeatureGrid from, FeatureGrid to, int[] matches)
    {
        var (x, y) = (new float[matches.Length], new float[matches.Length]);
        for (int unit = 0; unit < matches.Length; unit++)
        {
            if (from.IsEmpty(unit)) continue;
            int match = matches[unit];
            var (row, column) = SubCell.Of(from, unit, to, match);
            x[unit] = (float)(to.Grid.X(match % to.Grid.Columns + column) - from.Grid.X(unit % from.Grid.Columns));
            y[unit] = (float)(to.Grid.Y(match / to.Grid.Columns + row) - from.Grid.Y(unit / from.Grid.Columns));
        }
        return new DisplacementField(from.Grid, x, y);
    }
}
