namespace CnnVis.Engine.Correspondence.Warps;

/// <summary>A linear map about the middle, and a translation: (x, y) from the middle goes to (a x + b y + dx, c x + d y + dy).</summary>
public sealed class AffineWarp : IWarp
{
    private readonly double _a, _b, _c, _d, _dx, _dy, _middleX, _middleY, _determinant;

    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="a">X of the new place for X.</param>
    /// <param name="b">X of the new place for Y.</param>
    /// <param name="c">Y of the new place for X.</param>
    /// <param name="d">Y of the new place for Y.</param>
    /// <param name="dx">Pixels to the right.</param>
    /// <param name="dy">Pixels down.</param>
    public AffineWarp(int width, int height, double a, double b, double c, double d, double dx = 0, double dy = 0) =>
        (_a, _b, _c, _d, _dx, _dy, _middleX, _middleY, _determinant) = (a, b, c, d, dx, dy, width / 2.0, height / 2.0, a * d - b * c);

    /// <inheritdoc/>
    public (double X, double Y) Forward(double x, double y)
    {
        (x, y) = (x - _middleX, y - _middleY);
        return (_middleX + _a * x + _b * y + _dx, _middleY + _c * x + _d * y + _dy);
    }

    /// <inheritdoc/>
    public (double X, double Y) Inverse(double x, double y)
    {
        (x, y) = (x - _middleX - _dx, y - _middleY - _dy);
        return (_middleX + (_d * x - _b * y) / _determinant, _middleY + (_a * y - _c * x) / _determinant);
    }
}
