namespace CnnVis.Engine.Correspondence;

/// <summary>
/// Where between the units of a target a match lies: the lowest point of a parabola through three squared distances along each axis. The distance at one unit's step is the mean of two: the target's match moved by a step
/// forward, and the source's unit moved by a step back. So a displacement by whole units stays whole, whatever the features do around it: both neighbours then have the same distance.
/// </summary>
public static class SubCell
{
    /// <summary>How far the match of a unit lies beside a target's unit, in units, each in [−0.5, 0.5]; 0 along an axis where either has no neighbour on both sides, or where the distance has no minimum.</summary>
    /// <param name="source">The first picture.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="target">The second picture.</param>
    /// <param name="match">The nearest unit there.</param>
    public static (double Row, double Column) Of(FeatureGrid source, int unit, FeatureGrid target, int match)
    {
        int columns = source.Grid.Columns, targetColumns = target.Grid.Columns;
        double middle = 2 * FeatureGrid.SquaredDistance(source[unit], target[match]);
        return (
            Inside(unit / columns, source.Grid.Rows) && Inside(match / targetColumns, target.Grid.Rows) ? Along(columns, targetColumns) : 0,
            Inside(unit % columns, columns) && Inside(match % targetColumns, targetColumns) ? Along(1, 1) : 0);

        double Along(int step, int targetStep)
        {
            double after = FeatureGrid.SquaredDistance(source[unit], target[match + targetStep]) + FeatureGrid.SquaredDistance(source[unit - step], target[match]);
            double before = FeatureGrid.SquaredDistance(source[unit], target[match - targetStep]) + FeatureGrid.SquaredDistance(source[unit + step], target[match]);
            double curvature = before - 2 * middle + after;
            return curvature > 0 ? Math.Clamp((before - after) / (2 * curvature), -0.5, 0.5) : 0;
        }
    }

    private static bool Inside(int index, int count) => index > 0 && index < count - 1;
}
