namespace CnnVis.Engine.Correspondence;

/// <summary>The matches of a picture's units, with what tells whether they can be trusted.</summary>
public static class MatchList
{
    /// <summary>Those that pass the tests, in the units' order. Units without features match nothing.</summary>
    /// <param name="matching">The matches.</param>
    /// <param name="nearest">What else is near to each unit.</param>
    /// <param name="options">The tests.</param>
    public static CorrespondenceMatch[] Of(UnitMatching matching, NearestUnits nearest, CorrespondenceOptions options)
    {
        var kept = new List<CorrespondenceMatch>();
        for (int unit = 0; unit < matching.Forward.Length; unit++)
        {
            if (matching.Source.IsEmpty(unit) || matching.Target.IsEmpty(matching.Forward[unit])) continue;
            CorrespondenceMatch match = Of(matching, nearest, unit);
            if ((match.IsMutual || options.IncludeOneSided) && match.Ratio <= options.MaximumRatio && match.ForwardBackwardError <= options.MaximumForwardBackwardError) kept.Add(match);
        }
        return kept.ToArray();
    }

    private static CorrespondenceMatch Of(UnitMatching matching, NearestUnits nearest, int unit)
    {
        var (source, target, match) = (matching.Source, matching.Target, matching.Forward[unit]);
        UnitGrid grid = source.Grid;
        int row = unit / grid.Columns, column = unit % grid.Columns;
        var (x, y) = matching.Place(unit);
        double squared = FeatureGrid.SquaredDistance(source[unit], target[match]);
        double backX = x + matching.BackwardFlow.X[match] - grid.X(column), backY = y + matching.BackwardFlow.Y[match] - grid.Y(row);
        return new CorrespondenceMatch(row, column, grid.X(column), grid.Y(row), x, y, source.InMetric(squared), Ratio(), Math.Sqrt(backX * backX + backY * backY), matching.Backward[match] == unit);

        // Where a match was not chosen for being nearest, another may be nearer.
        double Ratio()
        {
            int other = Near(nearest.Best[unit]) ? nearest.Second[unit] : nearest.Best[unit];
            if (other < 0) return 0;
            double second = FeatureGrid.SquaredDistance(source[unit], target[other]);
            return squared == 0 ? second == 0 ? 1 : 0 : Math.Min(1, Math.Sqrt(squared / second));
        }

        bool Near(int other) => Math.Abs(other / target.Grid.Columns - match / target.Grid.Columns) <= 1 && Math.Abs(other % target.Grid.Columns - match % target.Grid.Columns) <= 1;
    }
}
