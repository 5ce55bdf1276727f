using CnnVis.Engine.Correspondence;
using CnnVis.Engine.Correspondence.Alignment;

namespace CnnVis.Engine.Tests.Correspondence;

public sealed class AlignmentTests
{
    public static TheoryData<bool> Forms => [true, false];

    private static ISmoothness Smoothness(bool squared, double weight) => squared ? new SquaredSmoothness(weight) : new LinearSmoothness(weight, 2.5 * weight);

    [Theory]
    [MemberData(nameof(Forms))]
    public void DistanceTransformsAreTheLeastOfAllPairs(bool squared)
    {
        var random = new Random(1);
        for (int round = 0; round < 400; round++)
        {
            float[] costs = [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(5) == 0 ? float.PositiveInfinity : random.NextSingle() * 4)], result = new float[random.Next(1, 12)];
            int shift = random.Next(-6, 7);
            ISmoothness smoothness = Smoothness(squared, round % 7 == 0 ? 0 : random.NextDouble());
            smoothness.Transform(costs, shift, result);
            for (int j = 0; j < result.Length; j++)
            {
                double expected = Enumerable.Range(0, costs.Length).Min(i => costs[i] + smoothness.Cost(shift + j - i));
                if (double.IsInfinity(expected)) Assert.True(float.IsPositiveInfinity(result[j]));
                else Assert.Equal(expected, result[j], 1e-4);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void ChainsAreSolvedExactly(bool squared)
    {
        for (int seed = 0; seed < 30; seed++)
        {
            LabelGrid grid = Random(seed, rows: seed % 2 == 0 ? 1 : 9, columns: seed % 2 == 0 ? 9 : 1);
            ISmoothness smoothness = Smoothness(squared, 0.3);
            var solver = new BeliefPropagation(grid, smoothness);
            Assert.Equal(ByRows(grid, smoothness), solver.Energy(solver.Solve(iterations: 1)), 1e-4);
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void GridsAreSolvedNearlyAlways(bool squared)
    {
        int exact = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            LabelGrid grid = Random(seed, 3, 3);
            ISmoothness smoothness = Smoothness(squared, 0.3);
            var solver = new BeliefPropagation(grid, smoothness);
            double least = ByRows(grid, smoothness), found = solver.Energy(solver.Solve(iterations: 30));
            Assert.InRange(found, least - 1e-4, least * 1.05 + 1e-4);
            if (found <= least + 1e-4) exact++;
        }
        Assert.True(exact >= 16, $"{exact} of 20");
    }

    /// <summary>Where every unit looks like others elsewhere, only all together tell where they went; without smoothness they do not.</summary>
    [Theory]
    [MemberData(nameof(Forms))]
    public void RepeatingPicturesAreAlignedByTheirSmoothness(bool squared)
    {
        var random = new Random(3);
        float[][] words = [.. Enumerable.Range(0, 6).Select(_ => Vector(random))];
        int[,] canvas = new int[20, 20];
        for (int y = 0; y < 20; y++)
            for (int x = 0; x < 20; x++) canvas[y, x] = random.Next(words.Length);
        FeatureGrid source = Window(canvas, words, 4, 4, 12), target = Window(canvas, words, 2, 5, 12); // everything goes 2 down and 1 to the left
        int aligned = Right(Align(null)), alone = Right(NearestUnits.Find(source, target).Best);
        Assert.InRange(aligned, 95, 10 * 11); // all but some at the edge, beside those that have nowhere to go
        Assert.True(alone < aligned / 2, $"{alone} of {aligned}");
        Assert.True(Right(Align(0)) < aligned / 2);

        int[] Align(double? weight) => FeatureAlignment.Of(source, target, new AlignmentOptions { Smoothness = squared ? AlignmentSmoothness.SquaredL2 : AlignmentSmoothness.TruncatedL1, Weight = weight ?? 0.1, SmallDisplacement = weight is null ? 0.0025 : 0 }).Matches;

        int Right(int[] matches) => Enumerable.Range(0, matches.Length).Count(u => matches[u] / 12 == u / 12 + 2 && matches[u] % 12 == u % 12 - 1);
    }

    [Fact]
    public void LargeGridsAreSolvedFromCoarseToFine()
    {
        var random = new Random(4);
        float[][,] waves = [.. Enumerable.Range(0, 8).Select(_ => Wave(random))];
        FeatureGrid source = Window(waves, 20, 20, 50), target = Window(waves, 14, 25, 50); // 6 down, 5 to the left
        FeatureAlignment aligned = FeatureAlignment.Of(source, target, new AlignmentOptions { Window = 12, Iterations = 6 });
        int right = Enumerable.Range(0, 2500).Count(u => aligned.Matches[u] / 50 == u / 50 + 6 && aligned.Matches[u] % 50 == u % 50 - 5);
        Assert.True(right >= 0.9 * 44 * 45, $"{right}");
        Assert.True(aligned.DeformationEnergy >= 0 && aligned.DataEnergy > 0);

        static float[,] Wave(Random random)
        {
            double a = random.NextDouble() * 0.5, b = random.NextDouble() * 0.5, c = random.NextDouble() * 6, d = random.NextDouble() * 0.3;
            var wave = new float[90, 90];
            for (int y = 0; y < 90; y++)
                for (int x = 0; x < 90; x++) wave[y, x] = (float)(Math.Sin(a * x + b * y + c) + Math.Sin(d * x - b * y));
            return wave;
        }

        static FeatureGrid Window(float[][,] waves, int top, int left, int side) => new(new UnitGrid(side, side, 0, 0, 1, 1),
            [.. Enumerable.Range(0, side * side).SelectMany(u => waves.Select(w => w[top + u / side, left + u % side]))], CorrespondenceMetric.Cosine);
    }

    private static float[] Vector(Random random)
    {
        double[] v = [.. Enumerable.Range(0, 8).Select(_ => random.NextDouble() - 0.5)];
        double length = Math.Sqrt(v.Sum(x => x * x));
        return [.. v.Select(x => (float)(x / length))];
    }

    private static FeatureGrid Window(int[,] canvas, float[][] words, int top, int left, int side) => new(new UnitGrid(side, side, 0, 0, 8, 8),
        [.. Enumerable.Range(0, side * side).SelectMany(u => words[canvas[top + u / side, left + u % side]])], CorrespondenceMetric.Cosine);

    private static LabelGrid Random(int seed, int rows, int columns)
    {
        var random = new Random(seed);
        var first = new (int, int)[rows * columns];
        for (int i = 0; i < first.Length; i++) first[i] = seed % 3 == 0 ? (random.Next(-2, 1), random.Next(-2, 1)) : (-1, -1);
        float[] costs = [.. Enumerable.Range(0, rows * columns * 9).Select(i => i % 9 != 4 && random.Next(6) == 0 ? float.PositiveInfinity : random.NextSingle() * 3)];
        return new LabelGrid(rows, columns, 3, 3, first, costs);
    }

    /// <summary>The least energy by dynamic programming over whole rows: all choices of a row are its states.</summary>
    private static double ByRows(LabelGrid grid, ISmoothness smoothness)
    {
        if (grid.Columns > 3) grid = Turned(grid);
        int states = (int)Math.Pow(9, grid.Columns);
        double[] least = [];
        for (int row = 0; row < grid.Rows; row++)
        {
            double[] now = new double[states];
            for (int state = 0; state < states; state++)
            {
                double own = 0;
                for (int c = 0; c < grid.Columns; c++)
                {
                    int unit = row * grid.Columns + c;
                    own += grid.Costs[unit * 9 + Label(state, c)];
                    if (c > 0) own += grid.Between(smoothness, unit - 1, Label(state, c - 1), unit, Label(state, c));
                }
                double before = row == 0 ? 0 : double.PositiveInfinity;
                if (!double.IsInfinity(own))
                    for (int other = 0; other < least.Length; other++)
                    {
                        double cost = least[other];
                        if (cost >= before) continue;
                        for (int c = 0; c < grid.Columns; c++) cost += grid.Between(smoothness, (row - 1) * grid.Columns + c, Label(other, c), row * grid.Columns + c, Label(state, c));
                        before = Math.Min(before, cost);
                    }
                now[state] = own + before;
            }
            least = now;
        }
        return least.Min();

        static int Label(int state, int column) => state / (int)Math.Pow(9, column) % 9;

        static LabelGrid Turned(LabelGrid grid) => grid with { Rows = grid.Columns, Columns = grid.Rows };
    }
}
