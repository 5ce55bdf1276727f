namespace CnnVis.Engine.Optimization;

/// <summary>Sizes of steps by their number, counted from 0, in units of the variables.</summary>
public static class StepSize
{
    /// <summary>Always the same.</summary>
    public static Func<int, double> Constant(double size) => _ => size;

    /// <summary>Each third of the run with a tenth of the size of the one before, in stages as Mahendran and Vedaldi 2014, section 3.</summary>
    public static Func<int, double> InThirds(double size, int steps) => step => size * Math.Pow(0.1, 3 * step / Math.Max(1, steps));

    /// <summary>To nothing along half a cosine (Loshchilov and Hutter 2016).</summary>
    public static Func<int, double> HalfCosine(double size, int steps) => step => size * (1 + Math.Cos(Math.PI * Math.Min(1, (double)step / Math.Max(1, steps)))) / 2;
}
