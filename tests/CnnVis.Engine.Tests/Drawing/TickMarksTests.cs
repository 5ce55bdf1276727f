using CnnVis.Engine.Drawing;

namespace CnnVis.Engine.Tests.Drawing;

public class TickMarksTests
{
    [Theory]
    [InlineData(0, 1, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(0, 13.7341, "0 2 4 6 8 10 12 13.7")]
    [InlineData(-1.66, 1.66, "-1.66 -1 -0.5 0 0.5 1 1.66")]
    [InlineData(0, 0.00123, "0 0.0002 0.0004 0.0006 0.0008 0.001 0.00123")]
    [InlineData(0, 4.4e-7, "0 1e-7 2e-7 3e-7 4e-7 4.4e-7")]
    [InlineData(0, 2.5e6, "0 5e5 1e6 1.5e6 2e6 2.5e6")]
    [InlineData(100.1, 100.2, "100.1 100.12 100.14 100.16 100.18 100.2")]
    [InlineData(3, 3, "3")]
    [InlineData(0, 0, "0")]
    public void Labels(double low, double high, string expected) =>
        Assert.Equal(expected, string.Join(' ', TickMarks.Between(low, high).Select(m => m.Label)));

    [Fact]
    public void MarksAscendFromEndToEndAndTellValuesApart()
    {
        var random = new Random(7);
        for (int i = 0; i < 500; i++)
        {
            double scale = Math.Pow(10, random.Next(-9, 9)), low = (random.NextDouble() - 0.5) * scale, high = low + random.NextDouble() * scale;
            IReadOnlyList<TickMark> marks = TickMarks.Between(low, high, random.Next(1, 8));
            Assert.Equal((low, high), (marks[0].Value, marks[^1].Value));
            Assert.All(marks.Zip(marks.Skip(1)), pair => Assert.True(pair.Second.Value > pair.First.Value));
            Assert.Equal(marks.Count, marks.Select(m => m.Label).Distinct().Count());
            Assert.InRange(marks.Count, 2, 14);
        }
    }

    [Theory]
    [InlineData(0.25, 0.01, "0.25")]
    [InlineData(0.0012, 0.0001, "0.0012")]
    [InlineData(0.00012, 0.00001, "1.2e-4")]
    [InlineData(-12345.678, 0.1, "-12345.7")]
    [InlineData(-0.0, 1, "0")]
    public void NumbersAreShort(double value, double resolution, string expected) => Assert.Equal(expected, TickMarks.Format(value, resolution));
}
