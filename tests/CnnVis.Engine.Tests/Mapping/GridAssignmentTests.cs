using CnnVis.Engine.Mapping.Assignment;

namespace CnnVis.Engine.Tests.Mapping;

public class GridAssignmentTests
{
    private delegate CellAssignment Solver(double[] x, double[] y, int columns, int rows);

    private static readonly Solver _exact = (x, y, columns, rows) => ShortestPaths.Solve(x, y, columns, rows, CancellationToken.None);
    private static readonly Solver _auction = (x, y, columns, rows) => Auction.Solve(x, y, columns, rows, CancellationToken.None);

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 3, 2)]
    [InlineData(4, 2, 2)]
    [InlineData(5, 3, 2)]
    [InlineData(6, 1, 6)]
    [InlineData(7, 7, 1)]
    [InlineData(8, 4, 2)]
    [InlineData(5, 3, 3)]
    public void ItIsTheBestOfAllPermutations(int points, int columns, int rows)
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var (x, y) = Points(points, columns, rows, seed, onLattice: seed % 4 == 0);
            CellAssignment found = GridAssignment.Solve(x, y, columns, rows);
            AssertPermutation(found.Cells, columns * rows);
            Assert.Equal(Cheapest(x, y, columns, columns * rows), found.Cost, 9);
            Assert.Equal(found.Cost, found.LowerBound, 9);
            Assert.True(found.IsOptimal);
        }
    }

    [Theory]
    [InlineData(2, 2, 1)]
    [InlineData(16, 4, 4)]
    [InlineData(100, 10, 10)]
    [InlineData(150, 13, 12)]
    [InlineData(200, 20, 10)]
    [InlineData(60, 20, 10)]
    public void TwoAlgorithmsAgree(int points, int columns, int rows)
    {
        for (int seed = 0; seed < 8; seed++)
        {
            var (x, y) = Points(points, columns, rows, seed, onLattice: seed % 4 == 0);
            CellAssignment exact = _exact(x, y, columns, rows);
            CellAssignment close = Auction.Solve(x, y, columns, rows, CancellationToken.None, tolerance: 1e-7);
            AssertPermutation(exact.Cells, columns * rows);
            AssertPermutation(close.Cells, columns * rows);
            Assert.InRange(close.Cost, exact.Cost - 1e-9, exact.Cost * (1 + 1e-6) + 1e-6);
            Assert.InRange(close.LowerBound, 0, exact.Cost + 1e-9);
        }
    }

    [Fact]
    public void WhatAnAuctionLosesIsWhatItSays()
    {
        var (x, y) = Clusters(900, 30, 30, seed: 1);
        CellAssignment exact = _exact(x, y, 30, 30), close = _auction(x, y, 30, 30);
        AssertPermutation(close.Cells, 900);
        Assert.False(close.IsOptimal);
        Assert.InRange(close.LargestLoss, 0, Auction.Tolerance);
        Assert.InRange(close.Cost, exact.Cost - 1e-6, exact.Cost * (1 + close.LargestLoss) + 1e-6);
        Assert.Equal(0, exact.LargestLoss);
    }

    [Fact]
    public void LargeGridsGoToAuctionAndSmallOnesAreExact()
    {
        var (x, y) = Clusters(4200, 65, 65, seed: 2);
        CellAssignment large = GridAssignment.Solve(x, y, 65, 65);
        AssertPermutation(large.Cells, 65 * 65);
        Assert.False(large.IsOptimal);
        Assert.InRange(large.LargestLoss, 0, Auction.Tolerance);
        (x, y) = Clusters(200, 64, 64, seed: 2);
        Assert.True(GridAssignment.Solve(x, y, 64, 64).IsOptimal);
    }

    [Fact]
    public void PointsOnTheirCellsStayThere()
    {
        int[] order = [.. Enumerable.Range(0, 144)];
        new Random(3).Shuffle(order);
        double[] x = [.. order.Select(c => c % 12 + 0.5)], y = [.. order.Select(c => c / 12 + 0.5)];
        foreach (Solver solver in new[] { _exact, _auction })
        {
            CellAssignment found = solver(x, y, 12, 12);
            Assert.Equal(order, found.Cells);
            Assert.Equal(0, found.Cost);
        }
    }

    [Theory]
    [InlineData(100, 100)]
    [InlineData(40, 100)]
    public void EqualPointsGetDifferentCells(int points, int cells)
    {
        double[] x = new double[points], y = new double[points];
        (x.AsSpan()).Fill(5);
        (y.AsSpan()).Fill(5);
        CellAssignment exact = _exact(x, y, 10, cells / 10), close = _auction(x, y, 10, cells / 10);
        AssertPermutation(exact.Cells, cells);
        AssertPermutation(close.Cells, cells);
        double[] costs = [.. Enumerable.Range(0, cells).Select(c => Math.Pow(c % 10 - 4.5, 2) + Math.Pow(c / 10 - 4.5, 2)).Order().Take(points)];
        Assert.Equal(costs.Sum(), exact.Cost, 6);
        Assert.InRange(close.Cost, exact.Cost - 1e-6, exact.Cost * (1 + Auction.Tolerance));
    }

    [Fact]
    public void ItIsTheSameEveryTime()
    {
        var (x, y) = Clusters(400, 20, 20, seed: 4);
        foreach (Solver solver in new[] { _exact, _auction }) Assert.Equal(solver(x, y, 20, 20).Cells, solver(x, y, 20, 20).Cells);
    }

    [Fact]
    public void NoPointsNeedNoCells() => Assert.Empty(GridAssignment.Solve([], [], 2, 2).Cells);

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        Assert.Throws<ArgumentException>(() => GridAssignment.Solve([0, 1, 2], [0, 1, 2], 1, 2));
        Assert.Throws<ArgumentException>(() => GridAssignment.Solve([0, double.NaN], [0, 1], 2, 2));
        Assert.Throws<ArgumentException>(() => GridAssignment.Solve([0, 1], [0], 2, 2));
    }

    [Fact]
    public void ItStopsWhenToldTo()
    {
        var (x, y) = Clusters(400, 20, 20, seed: 4);
        var stop = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() => ShortestPaths.Solve(x, y, 20, 20, stop));
        Assert.Throws<OperationCanceledException>(() => Auction.Solve(x, y, 20, 20, stop));
    }

    private static void AssertPermutation(int[] cells, int count)
    {
        Assert.Equal(cells.Length, cells.Distinct().Count());
        Assert.All(cells, c => Assert.InRange(c, 0, count - 1));
    }

    private static (double[] X, double[] Y) Points(int count, int columns, int rows, int seed, bool onLattice)
    {
        var random = new Random(seed);
        double Place(int length) => onLattice ? random.Next(2 * length + 1) / 2.0 : random.NextDouble() * length;
        return ([.. Enumerable.Range(0, count).Select(_ => Place(columns))], [.. Enumerable.Range(0, count).Select(_ => Place(rows))]);
    }

    /// <summary>Points in dense groups, as t-SNE makes them.</summary>
    private static (double[] X, double[] Y) Clusters(int count, int columns, int rows, int seed)
    {
        var random = new Random(seed);
        double[] x = new double[count], y = new double[count];
        for (int i = 0; i < count; i++)
        {
            var group = new Random(i % 7);
            x[i] = Math.Clamp(columns * (group.NextDouble() + 0.1 * (random.NextDouble() + random.NextDouble() - 1)), 0, columns);
            y[i] = Math.Clamp(rows * (group.NextDouble() + 0.1 * (random.NextDouble() + random.NextDouble() - 1)), 0, rows);
        }
        return (x, y);
    }

    private static double Cheapest(double[] x, double[] y, int columns, int cells)
    {
        var free = Enumerable.Repeat(true, cells).ToArray();
        return From(0);

        double From(int point)
        {
            if (point == x.Length) return 0;
            double best = double.PositiveInfinity;
            for (int cell = 0; cell < cells; cell++)
            {
                if (!free[cell]) continue;
                free[cell] = false;
                best = Math.Min(best, Math.Pow(x[point] - (cell % columns + 0.5), 2) + Math.Pow(y[point] - (cell / columns + 0.5), 2) + From(point + 1));
                free[cell] = true;
            }
            return best;
        }
    }
}
