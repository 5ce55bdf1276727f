using CnnVis.Engine.Attribution.Metrics;
using CnnVis.Engine.Models;
using CnnVis.Engine.Tables;
using static CnnVis.Engine.Tests.Attribution.Saliency.SaliencyNetworks;

namespace CnnVis.Engine.Tests.Tables;

/// <summary>Tables of boxes and labels, and summaries.</summary>
public sealed class MeasureTableTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Network _network = Named("Residual");

    [Theory]
    [InlineData("split\tpath\txmin\tymin\txmax\tymax\nval\tn01/a.JPEG\t0\t10\t63\t58")]
    [InlineData("File,XMin,YMin,XMax,YMax\na.JPEG,0,10,63,58\n\n")]
    [InlineData("image;x;y;width;height\r\nphotos\\n01\\a.JPEG;0;10;64;49\r\n")]
    [InlineData("filename,label,x1,y1,x2,y2\n\"./n01/a.JPEG\",\"class 3\",0.2,10,63,58\nn01/a.JPEG,class 4,1,1,2,2")]
    [InlineData("filename,class,left,top,right,bottom\n/photos/n01/a.JPEG,3,0,10,63,58\na.JPEG,3,1,1,2,2")] // the longest name counts
    public void BoxesOfAFile(string table) => Assert.Equal([new PixelBox(0, 10, 64, 49)], Boxes(table).Of("/photos/n01/a.JPEG", _network, 3));

    [Fact]
    public void OtherFilesHaveNone() => Assert.Empty(Boxes("path,xmin,ymin,xmax,ymax\nb/a.JPEG,0,0,1,1").Of("/photos/c/a.JPEG", _network, 3));

    [Theory]
    [InlineData("path,xmin,ymin,xmax\na,0,0,1", "lower edge")]
    [InlineData("xmin,ymin,xmax,ymax\n0,0,1,1", "the file")]
    [InlineData("path,xmin,ymin,xmax,ymax\na,0,0,1", "Line 2")]
    [InlineData("path,xmin,ymin,xmax,ymax\na,0,0,1,1\nb,0,zero,1,1", "line 3")]
    [InlineData("path,xmin,ymin,xmax,ymax\na,5,0,4,1", "line 2")]
    [InlineData("", "the file")]
    public void BadTablesAreRefused(string table, string why)
    {
        CnnVisException error = Assert.Throws<CnnVisException>(() => Boxes(table));
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingTablesAreToldOf() => Assert.Equal(ErrorIds.PathNotFound, Assert.Throws<CnnVisException>(() => BoxTable.Read(_folder["none.csv"])).ErrorId);

    [Fact]
    public void Labels()
    {
        File.WriteAllText(_folder["labels.csv"], "file,class\na.png,class 3\nb.png,7\nc.png,teapot");
        LabelTable labels = LabelTable.Read(_folder["labels.csv"]);
        Assert.Equal(3, _network.Class(labels.Of("/x/a.png")));
        Assert.Equal(7, _network.Class(labels.Of("b.png")));
        Assert.Equal(ErrorIds.ClassNotFound, Assert.Throws<CnnVisException>(() => _network.Class(labels.Of("c.png"))).ErrorId);
        Assert.Equal(ErrorIds.ClassNotFound, Assert.Throws<CnnVisException>(() => _network.Class(labels.Of("d.png"))).ErrorId);
    }

    /// <summary>8 hits of 10: Wilson's interval as in Newcombe (1998) and any statistics package.</summary>
    [Fact]
    public void HitsHaveWilsonsInterval()
    {
        var summaries = new MeasureSummaries(new HashSet<string> { "PointingGame" });
        for (int i = 0; i < 10; i++) summaries.Add(Measured("PointingGame", i < 8 ? 1 : 0));
        SaliencyMeasureSummary summary = Assert.Single(summaries.Summarize());
        Assert.Equal((10, 0.8), (summary.Count, Math.Round(summary.Mean, 12)));
        Assert.Equal(0.4902, summary.Lower, 1e-4);
        Assert.Equal(0.9433, summary.Upper, 1e-4);
    }

    [Fact]
    public void MeansHaveTheNormalInterval()
    {
        var summaries = new MeasureSummaries(new HashSet<string>());
        foreach (double value in new[] { 1, 2, 3, 4, double.NaN }) summaries.Add(Measured("Deletion", value));
        summaries.Add(Measured("Insertion", 5));
        SaliencyMeasureSummary[] all = summaries.Summarize();
        double reach = 1.959964 * Math.Sqrt(5 / 3.0 / 4);
        Assert.Equal((4, 2.5), (all[0].Count, all[0].Mean));
        Assert.Equal(2.5 - reach, all[0].Lower, 1e-6);
        Assert.Equal(2.5 + reach, all[0].Upper, 1e-6);
        Assert.Equal(("Insertion", 1, 5.0, double.NaN), (all[1].Metric, all[1].Count, all[1].Mean, all[1].Lower));
    }

    public void Dispose()
    {
        _network.Graph.Dispose();
        _folder.Dispose();
    }

    private BoxTable Boxes(string table)
    {
        File.WriteAllText(_folder["boxes.csv"], table);
        return BoxTable.Read(_folder["boxes.csv"]);
    }

    private static SaliencyMeasure Measured(string metric, double value) => new()
    {
        Path = "a.png",
        Model = "net",
        Method = "Gradient",
        Metric = metric,
        Target = new SaliencyTarget(0, "class 0"),
        Statistic = null,
        Layer = null,
        Value = value,
        Points = [],
    };
}
