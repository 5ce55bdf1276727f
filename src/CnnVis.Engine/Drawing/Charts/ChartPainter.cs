namespace CnnVis.Engine.Drawing.Charts;

/// <summary>Draws charts: axes with their numbers, a grid of thin lines, and the marks over it.</summary>
internal static class ChartPainter
{
    private const double Gap = 5, Edge = 8, LineWidth = 1.8, DotRadius = 3, RingRadius = 4.5, WhiskerReach = 4, BandOpacity = 0.2;
    private const int WidestTick = 170;
    private static readonly TextStyle _numbers = TextStyle.Caption, _labels = TextStyle.Subtitle;

    /// <param name="chart">What is drawn.</param>
    /// <param name="left">Where it begins on the surface.</param>
    /// <param name="top">Likewise.</param>
    /// <param name="surface">What it is drawn on.</param>
    /// <param name="measure">Widths of the lettering.</param>
    public static void Draw(Chart chart, double left, double top, IChartSurface surface, TextMeasure measure)
    {
        (string Label, double Value)[] up = Ticks(chart.Y, chart.Height / 45);
        double widest = up.Length == 0 ? 0 : Math.Min(WidestTick, up.Max(t => measure(t.Label, _numbers)));
        double x0 = left + Edge + _labels.LineHeight + widest + 2 * Gap, x1 = left + chart.Width - Edge - 8;
        (string Label, double Value)[] across = Ticks(chart.X, Math.Max(2, (int)((x1 - x0) / 60)));
        double y0 = top + chart.Height - Edge - _labels.LineHeight - (across.Length > 0 ? _numbers.LineHeight + Gap : 0) - Gap, y1 = top + Edge;
        if (!(x1 > x0 && y0 > y1)) return; // no room

        bool isRaster = chart.Marks.Any(m => m is ChartRaster);
        foreach (var (label, value) in up)
        {
            double y = Y(value);
            if (!isRaster) surface.Line([(x0, y), (x1, y)], 1, surface.Page.Grid, false);
            surface.Text(TextFitting.Elide(label, _numbers, WidestTick, measure), _numbers, x0 - Gap, y + 0.36 * _numbers.Size, TextAnchor.End);
        }
        double room = across.Length < 2 ? x1 - x0 : (x1 - x0) / across.Length;
        foreach (var (label, value) in across)
        {
            double x = X(value);
            string shown = TextFitting.Elide(label, _numbers, chart.X.Ticks is null ? double.PositiveInfinity : room - 2, measure);
            double half = measure(shown, _numbers) / 2;
            if (chart.X.Ticks is null) surface.Line([(x, y0), (x, y1)], 1, surface.Page.Grid, false);
            surface.Text(shown, _numbers, Math.Clamp(x, x0 - 20 + half, Math.Max(x0 - 20 + half, left + chart.Width - half)), y0 + Gap + _numbers.Size, TextAnchor.Middle);
        }
        foreach (ChartMark mark in chart.Marks) Draw(mark);
        surface.Line([(x0, y1), (x0, y0), (x1, y0)], 1, surface.Page.Axis, false);
        surface.Text(chart.X.Label, _labels, (x0 + x1) / 2, top + chart.Height - Edge, TextAnchor.Middle);
        surface.Text(chart.Y.Label, _labels, left + Edge + _labels.Size, (y0 + y1) / 2, TextAnchor.Middle, isUpright: true);

        double X(double value) => x0 + Share(chart.X, value) * (x1 - x0);

        double Y(double value) => y0 + Share(chart.Y, value) * (y1 - y0);

        (double, double)[] Places(IEnumerable<(double X, double Y)> points) => [.. points.Select(p => (X(p.X), Y(p.Y)))];

        void Draw(ChartMark mark)
        {
            Rgb color = surface.Page.Shown(mark.Color);
            switch (mark)
            {
                case ChartLine line:
                    surface.Line(Places(line.Points), line.IsDashed ? 1 : LineWidth, color, line.IsDashed);
                    if (line.HasDots) foreach (var (column, row) in Places(line.Points)) surface.Dot(column, row, DotRadius, color, false);
                    break;
                case ChartBand band:
                    surface.Area(Places(band.Lower.Concat(band.Upper.Reverse())), color, BandOpacity);
                    break;
                case ChartBar bar:
                    double height = Y(Math.Max(0, chart.Y.Low)) - Y(bar.Value);
                    surface.Rectangle(X(bar.Left), Y(bar.Value), X(bar.Right) - X(bar.Left), Math.Max(0, height), color);
                    break;
                case ChartWhisker whisker:
                    (double middle, double low, double high) = (X(whisker.X), Y(whisker.Low), Y(whisker.High));
                    surface.Line([(middle, low), (middle, high)], 1.2, color, false);
                    surface.Line([(middle - WhiskerReach, low), (middle + WhiskerReach, low)], 1.2, color, false);
                    surface.Line([(middle - WhiskerReach, high), (middle + WhiskerReach, high)], 1.2, color, false);
                    break;
                case ChartDot dot:
                    surface.Dot(X(dot.X), Y(dot.Y), dot.IsOpen ? RingRadius : DotRadius, color, dot.IsOpen);
                    break;
                case ChartText text:
                    surface.Text(text.Text, _numbers with { Color = text.Color }, X(text.X), Y(text.Y) + 0.36 * _numbers.Size, TextAnchor.Start);
                    break;
                case ChartRaster raster:
                    Cells(raster.Image);
                    break;
            }
        }

        void Cells(PixelImage image)
        {
            for (int row = 0; row < image.Height; row++)
                for (int column = 0; column < image.Width; column++)
                {
                    double cellLeft = Math.Round(x0 + (x1 - x0) * column / image.Width), right = Math.Round(x0 + (x1 - x0) * (column + 1) / image.Width);
                    double cellTop = Math.Round(y1 + (y0 - y1) * row / image.Height), bottom = Math.Round(y1 + (y0 - y1) * (row + 1) / image.Height);
                    surface.Rectangle(cellLeft, cellTop, right - cellLeft, bottom - cellTop, image[column, row]);
                }
        }
    }

    private static double Share(ChartAxis axis, double value) => axis.High == axis.Low ? 0.5 : Math.Clamp((value - axis.Low) / (axis.High - axis.Low), 0, 1);

    private static (string, double)[] Ticks(ChartAxis axis, int count) => axis.Ticks is { } ticks ? [.. ticks.Select(t => (t.Label, t.Value))]
        : [.. TickMarks.Between(axis.Low, axis.High, Math.Max(1, count)).Select(t => (t.Label, t.Value))];
}
