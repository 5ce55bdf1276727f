using CnnVis.Engine.Correspondence.Alignment;

namespace CnnVis.Engine.Correspondence.Keypoints;

/// <summary>
/// Long, Zhang and Darrell 2014, section 3: the objects of the class with the most similar codes are aligned with the object; those that are deformed least say where a keypoint is, by the median of where theirs come to lie, each coordinate by itself.
/// Without alignment, it is the median of the most similar objects' own places.
/// </summary>
internal static class KeypointTransfer
{
    /// <summary>The places of an object's visible keypoints, as far as the similar objects have them: aligned, and as they are.</summary>
    /// <param name="target">The object.</param>
    /// <param name="others">Others of the class.</param>
    /// <param name="layer">Which of the grids.</param>
    /// <param name="options">How many.</param>
    /// <param name="cancellation">Ends it.</param>
    public static (Dictionary<string, (double X, double Y)> Aligned, Dictionary<string, (double X, double Y)> Still) Find(ObjectFeatures target, IEnumerable<ObjectFeatures> others, int layer, KeypointOptions options, CancellationToken cancellation)
    {
        ObjectFeatures[] neighbors = [.. target.Neighbors(others).Take(options.Neighbors)];
        var moved = neighbors.AsParallel().AsOrdered().WithCancellation(cancellation).Select(neighbor =>
        {
            FeatureGrid source = neighbor.Features[layer], to = target.Features[layer];
            FeatureAlignment aligned = FeatureAlignment.Of(source, to, new AlignmentOptions(), cancellation);
            DisplacementField flow = UnitMatching.FieldOf(source, to, aligned.Matches);
            var places = neighbor.Picture.Keypoints.ToDictionary(k => k.Key, k => flow.At(k.Value.X, k.Value.Y) is var (dx, dy) ? (k.Value.X + dx, k.Value.Y + dy) : k.Value, StringComparer.Ordinal);
            return (aligned.DeformationEnergy, Places: (IReadOnlyDictionary<string, (double X, double Y)>)places);
        }).ToArray();
        return (Medians(moved.OrderBy(m => m.DeformationEnergy).Select(m => m.Places)), Medians(neighbors.Select(n => n.Picture.Keypoints)));

        Dictionary<string, (double X, double Y)> Medians(IEnumerable<IReadOnlyDictionary<string, (double X, double Y)>> ordered)
        {
            IReadOnlyDictionary<string, (double X, double Y)>[] all = [.. ordered];
            var medians = new Dictionary<string, (double X, double Y)>(StringComparer.Ordinal);
            foreach (string kind in target.Picture.Keypoints.Keys)
            {
                (double X, double Y)[] found = [.. all.Where(p => p.ContainsKey(kind)).Select(p => p[kind]).Take(options.Kept)];
                if (found.Length > 0) medians[kind] = (Median([.. found.Select(f => f.X)]), Median([.. found.Select(f => f.Y)]));
            }
            return medians;
        }
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
