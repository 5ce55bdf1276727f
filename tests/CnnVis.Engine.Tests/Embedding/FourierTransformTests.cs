using System.Numerics;
using CnnVis.Engine.Embedding.Forces;
using CnnVis.Engine.Embedding.Fourier;

namespace CnnVis.Engine.Tests.Embedding;

public sealed unsafe class FourierTransformTests
{
    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(8), InlineData(30), InlineData(36), InlineData(100), InlineData(128), InlineData(360), InlineData(1200)]
    public void LanesAreTransformedByTheDefinition(int length)
    {
        var transform = new FourierTransform(length);
        var random = new Random(length);
        float[] values = [.. Enumerable.Range(0, 2 * transform.Size).Select(_ => random.NextSingle() - 0.5f)];
        Complex[][] lanes = [.. Enumerable.Range(0, 8).Select(lane => Lane(values, lane, length))];
        fixed (float* data = values)
        {
            float* result = transform.Run(data, data + transform.Size);
            float[] transformed = new Span<float>(result, transform.Size).ToArray();
            foreach (int lane in new[] { 0, 5, 7 })
            {
                Complex[] found = Lane(transformed, lane, length);
                for (int k = 0; k < length; k++)
                {
                    Complex expected = Complex.Zero;
                    for (int j = 0; j < length; j++) expected += lanes[lane][j] * Complex.FromPolarCoordinates(1, -2 * Math.PI * ((long)j * k % length) / length);
                    Assert.InRange((found[k] - expected).Magnitude, 0, 3e-7 * Math.Sqrt(length) * Math.Log2(length + 2));
                }
            }
        }
    }

    [Theory]
    [InlineData(1, 4), InlineData(4, 4), InlineData(5, 8), InlineData(13, 16), InlineData(29, 32), InlineData(33, 36), InlineData(1021, 1024)]
    public void FastLengthsAreTheNextOnes(int least, int expected) => Assert.Equal(expected, FourierTransform.FastLength(least));

    [Theory]
    [InlineData(9, 9, 0.4f), InlineData(31, 14, 0.35f), InlineData(8, 60, 0.35f), InlineData(40, 70, 1e-5f)]
    public void ChargesHaveTheirPotential(int high, int wide, float spacing)
    {
        // A charge as broad as the spline on both sides of the convolution is what dividing the spline out leaves exact.
        var grid = new PotentialGrid();
        int stride = PotentialGrid.Stride(wide);
        for (int repeat = 0; repeat < 2; repeat++) // the second time the grid holds another's numbers
        {
            grid.Resize(FourierTransform.FastLength(2 * high + 16 + 40 * repeat), FourierTransform.FastLength(2 * wide + 16), spacing);
            new Span<float>(grid.Nodes, high * stride).Clear();
            float[] spline = [1 / 120f, 26 / 120f, 66 / 120f, 26 / 120f, 1 / 120f];
            int[][] charges = [[2, 3], [high - 3, wide - 3], [high / 2, 2]];
            foreach (int[] at in charges)
                for (int y = 0; y < 5; y++)
                    for (int x = 0; x < 5; x++) grid.Nodes[(at[0] + y - 2) * stride + at[1] + x - 2] += spline[y] * spline[x];
            grid.Convolve(high, wide);
            for (int y = 2; y < high - 2; y++)
            {
                for (int x = 2; x < wide - 2; x++)
                {
                    double expected = 0, found = 0, scale = 0;
                    foreach (int[] at in charges)
                    {
                        double squared = (Math.Pow(y - at[0], 2) + Math.Pow(x - at[1], 2)) * spacing * spacing;
                        expected -= squared / (1 + squared);
                        scale += squared / (1 + squared);
                    }
                    for (int v = 0; v < 5; v++)
                        for (int u = 0; u < 5; u++) found += grid.Nodes[(y + v - 2) * stride + x + u - 2] * spline[v] * spline[u];
                    Assert.Equal(expected, found, 0.02 * Math.Max(scale, spacing * spacing));
                }
            }
        }
    }

    private static Complex[] Lane(float[] values, int lane, int length) => [.. Enumerable.Range(0, length).Select(i => new Complex(values[16 * i + lane], values[16 * i + 8 + lane]))];
}
