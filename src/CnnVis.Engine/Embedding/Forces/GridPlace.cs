namespace CnnVis.Engine.Embedding.Forces;

/// <summary>Where the map's coordinates lie on the grid, in cells; the first node that a point weighs on is the whole part.</summary>
internal readonly record struct GridPlace(float Left, float Top, float Scale)
{
    public float X(float x) => (x - Left) * Scale;

    public float Y(float y) => (y - Top) * Scale;
}
