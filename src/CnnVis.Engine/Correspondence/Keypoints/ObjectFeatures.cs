namespace CnnVis.Engine.Correspondence.Keypoints;

/// <summary>An object with its features.</summary>
/// <param name="Picture">The object.</param>
/// <param name="Features">A grid a layer.</param>
/// <param name="Code">What the classifier reads, of unit length.</param>
internal sealed record ObjectFeatures(ObjectPicture Picture, FeatureGrid[] Features, float[] Code)
{
    /// <summary>The others, the most similar codes first; of equals the earlier.</summary>
    public IEnumerable<ObjectFeatures> Neighbors(IEnumerable<ObjectFeatures> others) => others.Where(o => !ReferenceEquals(o, this)).OrderBy(o => FeatureGrid.SquaredDistance(Code, o.Code));

    /// <summary>The features of a layer's unit whose centre is nearest to a place.</summary>
    public float[] At(int layer, (double X, double Y) place) => Features[layer][Features[layer].Grid.Nearest(place.X, place.Y)].ToArray();
}
