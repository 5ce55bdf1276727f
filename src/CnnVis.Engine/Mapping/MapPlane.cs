namespace CnnVis.Engine.Mapping;

/// <summary>The places of a map's points in the unit square: X to the right, Y down, each axis over its whole range. An axis without extent is in the middle.</summary>
internal sealed class MapPlane
{
    private MapPlane(TsneMap map)
    {
        (X, Across) = Axis(map.Points.ToArray().Select(p => (double)p.X));
        (Y, Down) = Axis(map.Points.ToArray().Select(p => -(double)p.Y));
    }

    /// <summary>In [0, 1], of each point.</summary>
    public double[] X { get; }

    /// <summary>In [0, 1], of each point.</summary>
    public double[] Y { get; }

    /// <summary>Range of X in the map.</summary>
    public double Across { get; }

    /// <summary>Range of Y in the map.</summary>
    public double Down { get; }

    /// <summary>Points.</summary>
    public int Count => X.Length;

    /// <summary>Width over height of a picture that suits the map: that of its ranges, at most 3 : 1 either way.</summary>
    public double Aspect => Across > 0 && Down > 0 ? Math.Clamp(Across / Down, 1 / 3.0, 3) : 1;

    /// <summary>The first two dimensions of a map.</summary>
    /// <exception cref="CnnVisException">There are no points, or some of their places are not finite (InvalidArgument).</exception>
    public static MapPlane Of(TsneMap map)
    {
        if (map.Points.Count == 0) throw new CnnVisException(ErrorIds.InvalidArgument, "The map has no points to draw.", map);
        TsnePoint? lost = map.Points.ToArray().FirstOrDefault(p => p.Position.Length == 0 || !float.IsFinite(p.X) || !float.IsFinite(p.Y));
        if (lost is not null) throw new CnnVisException(ErrorIds.InvalidArgument, $"The place of '{lost.Path}' is ({string.Join(", ", lost.Position)}), which cannot be drawn.", lost);
        return new MapPlane(map);
    }

    /// <summary>Places in cells: the outermost points lie in the middle of the outermost cells.</summary>
    public static double[] ToCells(double[] places, int cells) => [.. places.Select(p => p * (cells - 1) + 0.5)];

    private static (double[] Places, double Range) Axis(IEnumerable<double> values)
    {
        double[] places = [.. values];
        double low = places.Min(), range = places.Max() - low;
        for (int i = 0; i < places.Length; i++) places[i] = range > 0 ? (places[i] - low) / range : 0.5;
        return (places, range);
    }
}
