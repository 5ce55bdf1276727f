namespace CnnVis;

/// <summary>Where the places of a layer's map lie in the picture. Between them a map is interpolated bilinearly, and beyond the outermost it goes on level.</summary>
public enum MapPlacement
{
    /// <summary>As far apart as the units' receptive fields, with the map's middle in the picture's. Of layers whose units have no places of their own, as <see cref="Stretched"/>.</summary>
    Centered,

    /// <summary>
    /// At the centres of the units' receptive fields, by the arithmetic of windows, strides and padding. Windows padded at the upper left alone put them up to a stride up and left of where units
    /// of resnet224 were seen to look (docs/saliency.md).
    /// </summary>
    ReceptiveField,

    /// <summary>In the middle of as many equal parts of the picture as there are places: from edge to edge, as the papers enlarge maps.</summary>
    Stretched,
}
