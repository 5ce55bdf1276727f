namespace CnnVis;

public sealed partial record MaxActivatingImageSet : IVisual
{
    /// <summary>A row for each unit, as in figure 4 of Girshick et al. 2013: the images, with the activation on each and a box round what the unit sees.</summary>
    public Sheet Draw(DrawOptions options)
    {
        IEnumerable<MaxActivatingUnit> units = Units.Where(u => u.Images.Count > 0);
        if (options.Order == CellOrder.Strength) units = units.OrderByDescending(u => u.Maximum);
        return UnitSheet.Draw([.. units], $"What activates {Model}", $"{Units.Count} units over {ImageCount:N0} images", options);
    }
}
