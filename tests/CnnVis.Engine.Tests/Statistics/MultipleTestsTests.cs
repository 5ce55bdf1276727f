using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Tests.Statistics;

public sealed class MultipleTestsTests
{
    [Fact]
    public void HolmStepsDown()
    {
        Assert.Equal([0.03, 0.06, 0.06, 0.02], MultipleTests.Holm([0.01, 0.04, 0.03, 0.005]), new Near(1e-12));
        Assert.Equal([1.0, 1.0], MultipleTests.Holm([0.6, 0.9]));
        Assert.Empty(MultipleTests.Holm([]));
    }

    [Fact]
    public void BenjaminiAndHochbergStepUp()
    {
        // The example of their paper: 15 tests, of which four stay below 5 %.
        double[] p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1];
        double[] adjusted = MultipleTests.BenjaminiHochberg(p);
        Assert.Equal(4, adjusted.Count(a => a <= 0.05));
        Assert.Equal(0.0095 * 15 / 4, adjusted[3], 12);
        Assert.Equal(3, MultipleTests.Holm(p).Count(a => a <= 0.05));
        Assert.Equal(p, MultipleTests.Adjust(p, MultipleTesting.None));
    }

    private sealed class Near(double tolerance) : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) <= tolerance;

        public int GetHashCode(double value) => 0;
    }
}
