using MathNet.Numerics.LinearAlgebra;

namespace CnnVis.Engine.Correspondence.Warps;

/// <summary>
/// A smooth random movement: control points on a grid over the picture come from places beside them, and what lies between follows a thin-plate spline (Bookstein, Principal Warps, PAMI 1989): f(p) = a + A p + Σ wᵢ U(|p − pᵢ|),
/// U(r) = r² log r, which passes through all points with the least bending. The spline says where content comes from; where it goes is found by Newton's method.
/// </summary>
public sealed class ThinPlateWarp : IWarp
{
    private const int Side = 5, Probes = 33, MostSteps = 50;
    private const double LeastArea = 0.1, Shrinking = 0.8;

    private readonly (double X, double Y)[] _points;
    private readonly Matrix<double> _weights; // [points + 3, 2]
    private readonly double _scale;

    private ThinPlateWarp((double X, double Y)[] points, Matrix<double> weights, double scale) => (_points, _weights, _scale) = (points, weights, scale);

    /// <summary>A random one. Movements that would fold the picture are made smaller until they do not.</summary>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="deviation">Standard deviation of the points' displacements, as a share of the longer side.</param>
    /// <param name="random">Where the displacements come from.</param>
    public static ThinPlateWarp Random(int width, int height, double deviation, Random random)
    {
        double scale = Math.Max(width, height);
        var displacements = new (double X, double Y)[Side * Side];
        for (int i = 0; i < displacements.Length; i++) displacements[i] = (deviation * Normal(random), deviation * Normal(random));
        var points = new (double X, double Y)[displacements.Length];
        for (int i = 0; i < points.Length; i++) points[i] = (width / scale * (i % Side) / (Side - 1), height / scale * (i / Side) / (Side - 1));
        while (true)
        {
            ThinPlateWarp warp = new(points, Solve(points, displacements), scale);
            if (!warp.Folds(width, height)) return warp;
            for (int i = 0; i < displacements.Length; i++) displacements[i] = (Shrinking * displacements[i].X, Shrinking * displacements[i].Y);
        }
    }

    /// <inheritdoc/>
    public (double X, double Y) Inverse(double x, double y)
    {
        var ((u, v), _) = At(x / _scale, y / _scale);
        return (u * _scale, v * _scale);
    }

    /// <inheritdoc/>
    public (double X, double Y) Forward(double x, double y)
    {
        double goalX = x / _scale, goalY = y / _scale, atX = goalX, atY = goalY;
        for (int step = 0; step < MostSteps; step++)
        {
            var ((u, v), j) = At(atX, atY);
            double offX = goalX - u, offY = goalY - v, determinant = j.XX * j.YY - j.XY * j.YX;
            if (offX * offX + offY * offY < 1e-26) break;
            double dx = (j.YY * offX - j.XY * offY) / determinant, dy = (j.XX * offY - j.YX * offX) / determinant, length = Math.Sqrt(dx * dx + dy * dy), part = Math.Min(1, 0.2 / Math.Max(length, 1e-300));
            (atX, atY) = (atX + part * dx, atY + part * dy);
        }
        return (atX * _scale, atY * _scale);
    }

    /// <summary>The spline and its derivatives, in longer sides of the picture.</summary>
    private ((double X, double Y) Value, (double XX, double XY, double YX, double YY) Jacobian) At(double x, double y)
    {
        int n = _points.Length;
        double u = x + _weights[n, 0] + _weights[n + 1, 0] * x + _weights[n + 2, 0] * y, v = y + _weights[n, 1] + _weights[n + 1, 1] * x + _weights[n + 2, 1] * y;
        double xx = 1 + _weights[n + 1, 0], xy = _weights[n + 2, 0], yx = _weights[n + 1, 1], yy = 1 + _weights[n + 2, 1];
        for (int i = 0; i < n; i++)
        {
            double dx = x - _points[i].X, dy = y - _points[i].Y, square = dx * dx + dy * dy;
            if (square == 0) continue;
            double log = Math.Log(square), bend = square * log / 2, slope = log + 1; // r² log r, and its derivative over the offset: 2 log r + 1
            u += _weights[i, 0] * bend;
            v += _weights[i, 1] * bend;
            xx += _weights[i, 0] * slope * dx;
            xy += _weights[i, 0] * slope * dy;
            yx += _weights[i, 1] * slope * dx;
            yy += _weights[i, 1] * slope * dy;
        }
        return ((u, v), (xx, xy, yx, yy));
    }

    private bool Folds(int width, int height)
    {
        for (int i = 0; i < Probes; i++)
            for (int k = 0; k < Probes; k++)
            {
                // Beyond the picture too: what comes into it comes from there.
                var (_, j) = At((1.5 * i / (Probes - 1) - 0.25) * width / _scale, (1.5 * k / (Probes - 1) - 0.25) * height / _scale);
                if (j.XX * j.YY - j.XY * j.YX < LeastArea) return true;
            }
        return false;
    }

    private static Matrix<double> Solve((double X, double Y)[] points, (double X, double Y)[] displacements)
    {
        int n = points.Length;
        var system = Matrix<double>.Build.Dense(n + 3, n + 3, (row, column) => (row < n, column < n) switch
        {
            (true, true) => Bend(points[row], points[column]),
            (true, false) => Affine(points[row], column - n),
            (false, true) => Affine(points[column], row - n),
            _ => 0,
        });
        return system.Solve(Matrix<double>.Build.Dense(n + 3, 2, (row, column) => row >= n ? 0 : column == 0 ? displacements[row].X : displacements[row].Y));

        static double Affine((double X, double Y) point, int term) => term switch { 0 => 1, 1 => point.X, _ => point.Y };

        static double Bend((double X, double Y) a, (double X, double Y) b)
        {
            double square = (a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y);
            return square == 0 ? 0 : square * Math.Log(square) / 2;
        }
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
