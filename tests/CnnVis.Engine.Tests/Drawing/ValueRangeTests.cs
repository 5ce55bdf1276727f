namespace CnnVis.Engine.Tests.Drawing;

public class ValueRangeTests
{
    [Fact]
    public void OfIgnoresWhatIsNotFinite() =>
        Assert.Equal(new ValueRange(-2, 3), ValueRange.Of([float.NaN, 3, float.PositiveInfinity, -2, float.NegativeInfinity]));

    [Fact]
    public void OfNothingIsZeroToZero()
    {
        Assert.Equal(new ValueRange(0, 0), ValueRange.Of([]));
        Assert.Equal(new ValueRange(0, 0), ValueRange.Of([float.NaN]));
    }

    [Fact]
    public void FromZeroStartsAtZero()
    {
        Assert.Equal(new ValueRange(0, 3), new ValueRange(1, 3).FromZero());
        Assert.Equal(new ValueRange(0, 0), new ValueRange(-3, -1).FromZero());
    }

    [Fact]
    public void SymmetricReachesTheLargestAbsoluteValue()
    {
        Assert.Equal(new ValueRange(-3, 3), new ValueRange(-3, 1).Symmetric());
        Assert.Equal(new ValueRange(-4, 4), new ValueRange(1, 4).Symmetric());
    }

    [Fact]
    public void ConstantRangesMayBeDividedBy()
    {
        Assert.Equal(1, new ValueRange(2, 2).Span);
        Assert.Equal(0, new ValueRange(2, 2).Fraction(2));
        Assert.Equal(0.25, new ValueRange(-1, 3).Fraction(0));
    }
}
