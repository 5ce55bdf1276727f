using System.Globalization;

namespace CnnVis;

public sealed partial class CnnActivation : IVisual
{
    /// <summary>Largest of the values; NaN where there is none.</summary>
    public float Maximum
    {
        get
        {
            float maximum = float.NaN;
            foreach (float value in Values)
                if (!(value <= maximum)) maximum = value;
            return maximum;
        }
    }

    /// <summary>
    /// One box for each filter, dark where it is zero; values that may be negative get a colour for each sign. Each box has its own scale unless one for all is asked for, because few filters of deep layers
    /// are strong and the rest would be black; boxes that have the room bear their largest value. Units of fully connected layers, and maps of one value, are squares on one scale.
    /// </summary>
    public Sheet Draw(DrawOptions options)
    {
        var order = Enumerable.Range(0, Channels.Count);
        if (options.Order == CellOrder.Strength) order = order.OrderByDescending(Strength).ThenBy(i => Channels[i]);
        int[] drawn = [.. order.Take(options.Limit ?? int.MaxValue)];
        ValueRange all = drawn.Select(i => ValueRange.Of(Map(i).Span)).Aggregate(default(ValueRange), (a, b) => new(Math.Min(a.Low, b.Low), Math.Max(a.High, b.High))); // with zero in it
        ColorMap map = options.ColorMap ?? (all.Low < 0 ? ColorMap.Aurora : ColorMap.Gray);
        bool shared = (options.Scale ?? (Height * Width == 1 ? ScaleSharing.Shared : ScaleSharing.PerCell)) == ScaleSharing.Shared;
        bool marked = !shared && drawn.Length <= MostMarked;
        ValueRange common = Range(all, map);
        return new Sheet
        {
            Title = $"{Layer} of {System.IO.Path.GetFileName(Path)}",
            Subtitle = $"{Model}: {(drawn.Length < Channels.Count ? $"{drawn.Length} of " : "")}{Shape()}{(options.Order == CellOrder.Strength ? ", strongest first" : "")}",
            Cells = [.. drawn.Select(i => Cell(i, map, shared ? common : Range(ValueRange.Of(Map(i).Span), map), options.Numbers, marked))],
            Columns = options.Columns,
            Scale = options.Magnification,
            ColorBar = shared ? new ColorBar(map, common.Low, common.High, "activation") : new ColorBar(map, map.IsDiverging ? -1 : 0, 1, "activation over the box's largest"),
        };
    }

    /// <summary>Boxes of a sheet up to which each is large enough to bear a number.</summary>
    private const int MostMarked = 64;

    private SheetCell Cell(int index, ColorMap map, ValueRange range, bool number, bool marked) =>
        new(map.Paint(Map(index).Span, Width, Height, range.Low, range.High), number ? Origin?.Model.ClassOf(Layer, Channels[index]) ?? $"{Channels[index]}" : "") { Mark = marked ? Strength(index).ToString("G2", CultureInfo.InvariantCulture) : "" };

    /// <summary>What the map's ends stand for: zero is in the middle of a diverging map and at the dark end of another, unless values lie below.</summary>
    private static ValueRange Range(ValueRange values, ColorMap map) => map.IsDiverging ? values.Symmetric() : values.Low < 0 ? values : values.FromZero();

    /// <summary>The map's largest magnitude.</summary>
    private double Strength(int index) => ValueRange.Of(Map(index).Span).Symmetric().High;

    private string Shape() => Height * Width == 1 ? $"{Channels.Count} units" : $"{Channels.Count} filters of {Height} × {Width}";
}
