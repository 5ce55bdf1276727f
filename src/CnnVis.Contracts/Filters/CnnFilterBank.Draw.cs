namespace CnnVis;

public sealed partial class CnnFilterBank : IVisual
{
    /// <inheritdoc/>
    public Sheet Draw(DrawOptions options)
    {
        IEnumerable<CnnFilter> filters = options.Order == CellOrder.Strength ? Filters.OrderByDescending(f => f.Norm).ThenBy(f => f.Channel) : Filters;
        CnnFilter[] drawn = [.. filters.Take(options.Limit ?? int.MaxValue)];
        return FilterSheet.Draw($"{Layer} filters", drawn, Filters.Count, options);
    }
}
