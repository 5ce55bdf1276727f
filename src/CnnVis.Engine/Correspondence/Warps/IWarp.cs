namespace CnnVis.Engine.Correspondence.Warps;

/// <summary>A movement of the plane that can be undone. Places are in input pixels, from the upper left corner of the picture.</summary>
public interface IWarp
{
    /// <summary>Where the content of a place goes.</summary>
    (double X, double Y) Forward(double x, double y);

    /// <summary>Where the content of a place comes from.</summary>
    (double X, double Y) Inverse(double x, double y);
}
