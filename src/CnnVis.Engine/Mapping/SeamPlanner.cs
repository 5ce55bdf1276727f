namespace CnnVis.Engine.Mapping;

/// <summary>Seams between neighbouring cells. Their thickness is proportional to the Euclidean distance of the two codes; the largest takes all the room there is.</summary>
internal static class SeamPlanner
{
    /// <summary>Room between two cells of that size; even, so that it is shared equally.</summary>
    public static int Room(int cell) => Math.Max(2, cell / 12 * 2);

    /// <summary>Seams between cells with images to their right and below them.</summary>
    /// <exception cref="CnnVisException">The points have no codes, or such of different lengths (InvalidArgument).</exception>
    public static Seam[] Plan(TsneMap map, int columns, int rows, int cell, (int Cell, int Point)[] places)
    {
        int length = map.Points[0].Code.Values.Length;
        if (length == 0 || map.Points.ToArray().FirstOrDefault(p => p.Code.Values.Length != length) is not null)
            throw new CnnVisException(ErrorIds.InvalidArgument, length == 0 ? "The map's points have no codes to measure seams by. Leave -Seam out." : "The map's codes differ in length, so that their distances cannot be measured. Leave -Seam out.", map);
        int[] pointAt = new int[columns * rows];
        pointAt.AsSpan().Fill(-1);
        foreach (var (at, point) in places) pointAt[at] = point;
        int room = Room(cell);
        List<Seam> seams = [];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                int left = column * cell + room / 2, top = row * cell + room / 2, side = cell - room, here = row * columns + column;
                if (column + 1 < columns) Add(here, here + 1, new PixelBox(left + side, top, room, side), isVertical: true);
                if (row + 1 < rows) Add(here, here + columns, new PixelBox(left, top + side, side, room), isVertical: false);
            }
        }
        double largest = seams.Count == 0 ? 0 : seams.Max(s => s.Distance);
        if (!double.IsFinite(largest)) throw new CnnVisException(ErrorIds.InvalidArgument, "Some of the map's codes are not finite, so that their distances cannot be measured. Leave -Seam out.", map);
        return [.. seams.Select(s => s with { Thickness = largest > 0 ? s.Distance / largest * room : 0 })];

        void Add(int one, int other, PixelBox box, bool isVertical)
        {
            if (pointAt[one] >= 0 && pointAt[other] >= 0) seams.Add(new Seam(box, isVertical, Distance(map.Points[pointAt[one]].Code.Values, map.Points[pointAt[other]].Code.Values), 0));
        }
    }

    private static double Distance(float[] one, float[] other)
    {
        double sum = 0;
        for (int i = 0; i < one.Length; i++)
        {
            double difference = (double)one[i] - other[i];
            sum += difference * difference;
        }
        return Math.Sqrt(sum);
    }
}
