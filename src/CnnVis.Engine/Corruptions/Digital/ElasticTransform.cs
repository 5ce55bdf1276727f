using MathNet.Numerics.LinearAlgebra;

namespace CnnVis.Engine.Corruptions.Digital;

/// <summary>Stretched: a random affine map of three points, then places moved by smooth noise (Simard et al. 2003). At 224 pixels lengths count as at 244, which is a slip that the authors keep.</summary>
internal sealed class ElasticTransform : ICorruption
{
    public string Name => nameof(ElasticTransform);

    public string Family => "Digital";

    public void Apply(CorruptedPicture picture, CorruptionLevel level, CorruptionRandom random)
    {
        var (strength, smoothness, move) = level.Of<(double, double, double)>(
            (2, .7, .1), (2, .08, .2), (.05, .01, .02), (.07, .01, .02), (.12, .01, .02),
            (0, 0, .08), (.05, .3, .06), (.1, .08, .06), (.1, .03, .03), (.16, .03, .02),
            (0, 0, .08), (.05, .2, .07), (.08, .06, .06), (.1, .04, .05), (.1, .03, .03));
        double side = level.Length * (level.Size == 224 ? 244 : level.Size);
        int width = picture.Width, height = picture.Height;
        double[,] map = Affine(width, height, side * move, random);
        Planes.Warp(picture, (x, y, _) => (map[0, 0] * x + map[0, 1] * y + map[0, 2], map[1, 0] * x + map[1, 1] * y + map[1, 2]), Border.Reflect101);
        if (strength == 0) return;
        float[] dx = Field(), dy = Field();
        Planes.Warp(picture, (x, y, i) => (x + dx[i], y + dy[i]), Border.Reflect);

        float[] Field()
        {
            float[] noise = new float[width * height];
            for (int i = 0; i < noise.Length; i++) noise[i] = (float)random.Uniform(-1, 1);
            noise = Planes.Gaussian(noise, width, height, side * smoothness, Border.Reflect, truncate: 3);
            for (int i = 0; i < noise.Length; i++) noise[i] *= (float)(side * strength);
            return noise;
        }
    }

    /// <summary>From places of the result to those of the picture: the inverse of what brings three points to where they were moved.</summary>
    private static double[,] Affine(int width, int height, double move, CorruptionRandom random)
    {
        // The authors take rows for columns here; in squares it is the same.
        double cx = height / 2, cy = width / 2, reach = Math.Max(1, Math.Min(width, height) / 3);
        (double X, double Y)[] before = [(cx + reach, cy + reach), (cx + reach, cy - reach), (cx - reach, cy - reach)];
        (double X, double Y)[] after = [.. before.Select(p => (p.X + random.Uniform(-move, move), p.Y + random.Uniform(-move, move)))];
        var matrix = Matrix<double>.Build.Dense(3, 3, (i, j) => j == 0 ? after[i].X : j == 1 ? after[i].Y : 1);
        var x = matrix.Solve(Vector<double>.Build.Dense([.. before.Select(p => p.X)]));
        var y = matrix.Solve(Vector<double>.Build.Dense([.. before.Select(p => p.Y)]));
        return new[,] { { x[0], x[1], x[2] }, { y[0], y[1], y[2] } };
    }
}
