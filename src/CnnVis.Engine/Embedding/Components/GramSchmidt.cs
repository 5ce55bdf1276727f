namespace CnnVis.Engine.Embedding.Components;

/// <summary>Orthonormal columns, by the modified Gram–Schmidt process done twice, which is as exact as reflections are.</summary>
internal static class GramSchmidt
{
    /// <summary>A column shorter than that, of what it was, hangs on those before it and becomes zero.</summary>
    private const double Independent = 1e-12;

    /// <summary>Makes the columns orthonormal, in place.</summary>
    public static void Orthonormalize(double[,] matrix)
    {
        int rows = matrix.GetLength(0), count = matrix.GetLength(1);
        double[][] columns = [.. Enumerable.Range(0, count).Select(c => Enumerable.Range(0, rows).Select(r => matrix[r, c]).ToArray())];
        for (int c = 0; c < count; c++)
        {
            double before = Length(columns[c]);
            for (int time = 0; time < 2; time++)
                for (int k = 0; k < c; k++) Subtract(columns[c], columns[k]);
            double length = Length(columns[c]), scale = length > Independent * before ? 1 / length : 0;
            for (int r = 0; r < rows; r++) matrix[r, c] = columns[c][r] *= scale;
        }
    }

    private static double Length(double[] v) => Math.Sqrt(Dot(v, v));

    private static void Subtract(double[] from, double[] unit)
    {
        double along = Dot(from, unit);
        for (int r = 0; r < from.Length; r++) from[r] -= along * unit[r];
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int r = 0; r < a.Length; r++) sum += a[r] * b[r];
        return sum;
    }
}
