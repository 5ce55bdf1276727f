namespace CnnVis;

public sealed partial record CnnFilter : IVisual
{
    /// <inheritdoc/>
    public Sheet Draw(DrawOptions options) => FilterSheet.Draw($"{Layer} filter {Channel}", [this], 1, options);
}
