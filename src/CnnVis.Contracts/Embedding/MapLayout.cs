namespace CnnVis;

/// <summary>How the images of a map are laid out.</summary>
public enum MapLayout
{
    /// <summary>Each at its place; later ones over earlier ones.</summary>
    Scatter,

    /// <summary>Each in a cell of its own, near its place: the cells that cost the least squared distance together.</summary>
    Grid,

    /// <summary>Each cell shows the image whose place is nearest to it; some images show often, some never.</summary>
    Fill,
}
