namespace CnnVis;

public sealed partial record MaxActivatingUnit : IVisual
{
    /// <summary>Draw what the unit sees, cut out, instead of whole images.</summary>
    public bool Crop { get; init; }

    /// <summary>A row of the images, with the activation on each and a box round what the unit sees.</summary>
    public Sheet Draw(DrawOptions options) => UnitSheet.Draw([this], $"What activates {Caption} of {Model}", "", options);
}
