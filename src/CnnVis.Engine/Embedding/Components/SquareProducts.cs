namespace CnnVis.Engine.Embedding.Components;

/// <summary>Products with AᵀA, which is never made; A is the points X, [n, d], or Xᵀ.</summary>
/// <param name="x">[n, d].</param>
/// <param name="transposed">A is Xᵀ.</param>
/// <param name="precise">In double precision; else parts of the sums are float32.</param>
/// <param name="cancellation">Ends a product with an exception.</param>
internal sealed class SquareProducts(PointMatrix x, bool transposed, bool precise, CancellationToken cancellation)
{
    /// <summary>Columns of A.</summary>
    public int Size => transposed ? x.Count : x.Dimension;

    /// <summary>AᵀA·Q.</summary>
    /// <param name="q">[<see cref="Size"/>, k].</param>
    /// <returns>[<see cref="Size"/>, k].</returns>
    public double[,] Times(double[,] q)
    {
        int columns = q.GetLength(1);
        if (precise)
        {
            int padded = PreciseProducts.Padded(columns);
            double[] flat = Flat(q, padded);
            double[] product = transposed ? PreciseProducts.Multiply(x, PreciseProducts.MultiplyTransposed(x, flat, padded, cancellation), padded, cancellation) : PreciseProducts.MultiplyTransposed(x, PreciseProducts.Multiply(x, flat, padded, cancellation), padded, cancellation);
            return Square(product, Size, columns, padded);
        }
        int width = FixedOrderProducts.Padded(columns);
        float[] image = Image(q, width);
        return Square(transposed ? Array.ConvertAll(FixedOrderProducts.Multiply(x, image, width, cancellation), v => (double)v) : FixedOrderProducts.MultiplyTransposed(x, image, width, cancellation), Size, columns, width);
    }

    /// <summary>Qᵀ·AᵀA·Q.</summary>
    /// <param name="q">[<see cref="Size"/>, k].</param>
    /// <returns>[k, k].</returns>
    public double[,] Within(double[,] q)
    {
        int columns = q.GetLength(1);
        if (precise)
        {
            double[,] image = Times(q), within = new double[columns, columns];
            for (int r = 0; r < Size; r++)
                for (int i = 0; i < columns; i++)
                    for (int j = 0; j < columns; j++) within[i, j] += q[r, i] * image[r, j];
            return within;
        }
        int width = FixedOrderProducts.Padded(columns);
        float[] rows = Image(q, width);
        return Square(FixedOrderProducts.MultiplyTransposed(new PointMatrix(rows, rows.Length / width, width), rows, width, cancellation), columns, columns, width);
    }

    /// <summary>XᵀX itself, [d, d].</summary>
    public static double[,] Covariance(PointMatrix x, bool precise, CancellationToken cancellation)
    {
        int d = x.Dimension, width = precise ? PreciseProducts.Padded(d) : FixedOrderProducts.Padded(d);
        if (precise) return Square(PreciseProducts.MultiplyTransposed(x, Array.ConvertAll(Padded(x, width), v => (double)v), width, cancellation), d, d, width);
        return Square(FixedOrderProducts.MultiplyTransposed(x, Padded(x, width), width, cancellation), d, d, width);
    }

    /// <summary>A·Q in float32, [rows of A, width].</summary>
    private float[] Image(double[,] q, int width)
    {
        float[] narrow = Array.ConvertAll(Flat(q, width), v => (float)v);
        return transposed ? Array.ConvertAll(FixedOrderProducts.MultiplyTransposed(x, narrow, width, cancellation), v => (float)v) : FixedOrderProducts.Multiply(x, narrow, width, cancellation);
    }

    private static float[] Padded(PointMatrix x, int width)
    {
        float[] padded = new float[checked(x.Count * width)];
        for (int i = 0; i < x.Count; i++) x.Row(i).CopyTo(padded.AsSpan(i * width));
        return padded;
    }

    /// <summary>Rows filled up with zeros.</summary>
    public static double[] Flat(double[,] matrix, int width)
    {
        double[] flat = new double[checked(matrix.GetLength(0) * width)];
        for (int r = 0; r < matrix.GetLength(0); r++)
            for (int c = 0; c < matrix.GetLength(1); c++) flat[r * width + c] = matrix[r, c];
        return flat;
    }

    /// <summary>Rows without what filled them up.</summary>
    public static double[,] Square(double[] flat, int rows, int columns, int width)
    {
        double[,] matrix = new double[rows, columns];
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < columns; c++) matrix[r, c] = flat[r * width + c];
        return matrix;
    }
}
