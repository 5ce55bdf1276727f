using CnnVis.Engine.Correspondence.Alignment;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;

namespace CnnVis.Engine.Correspondence;

/// <summary>Finds which places of pictures look the same to layers (Long, Zhang and Darrell 2014).</summary>
public sealed class CorrespondenceSearch
{
    private readonly Network _network;
    private readonly CorrespondenceOptions _options;

    /// <param name="network">Whose layers.</param>
    /// <param name="layers">Which.</param>
    /// <param name="options">How they are compared, and which matches are kept.</param>
    public CorrespondenceSearch(Network network, IReadOnlyList<CnnLayer> layers, CorrespondenceOptions options) =>
        (_network, _options, Reader) = (network, options, new FeatureReader(network, layers, options.Metric));

    /// <summary>Reads the features.</summary>
    public FeatureReader Reader { get; }

    /// <summary>The correspondences of two pictures, one object a layer.</summary>
    /// <param name="source">The first picture.</param>
    /// <param name="target">The picture that its places are looked for in.</param>
    /// <param name="cancellation">Ends it between two blocks.</param>
    /// <exception cref="CnnVisException">A picture can no longer be read.</exception>
    public IEnumerable<CnnCorrespondence> Between(DescribedPicture source, DescribedPicture target, CancellationToken cancellation = default)
    {
        PixelImage photo = source.Photo(), targetPhoto = target.Photo();
        for (int layer = 0; layer < Reader.Layers.Count; layer++)
        {
            FeatureGrid first = source.Features[layer], second = target.Features[layer];
            UnitMatching matching = UnitMatching.Nearest(first, second, out NearestUnits nearest, cancellation);
            FeatureAlignment? aligned = null;
            if (_options.Alignment is { } alignment)
            {
                aligned = FeatureAlignment.Of(first, second, alignment, cancellation);
                matching = UnitMatching.Of(first, second, aligned.Matches, FeatureAlignment.Of(second, first, alignment, cancellation).Matches);
            }
            yield return new CnnCorrespondence
            {
                Path = source.Path,
                TargetPath = target.Path,
                Origin = _network.Origin with { Picture = CnnPicture.OfFile(source.Path) },
                Model = _network.Name,
                Layer = Reader.Layers[layer].Alias,
                Metric = _options.Metric,
                Grid = first.Grid,
                Matches = MatchList.Of(matching, nearest, _options),
                Flow = matching.Flow,
                BackwardFlow = matching.BackwardFlow,
                MeanDistance = Enumerable.Range(0, first.Grid.Count).Average(unit => first.InMetric(FeatureGrid.SquaredDistance(first[unit], second[matching.Forward[unit]]))),
                DataEnergy = aligned?.DataEnergy,
                DeformationEnergy = aligned?.DeformationEnergy,
                InputWidth = _network.Input.Width,
                InputHeight = _network.Input.Height,
                Photo = photo,
                TargetPhoto = targetPhoto,
            };
        }
    }

    /// <summary>The readable pictures of a batch with their features.</summary>
    public IReadOnlyList<DescribedPicture> Describe(ImageBatch batch, CancellationToken cancellation = default)
    {
        if (batch.Pixels is not { } pixels) return [];
        FeatureGrid[][] features = Reader.Read(pixels, cancellation);
        return [.. batch.Readable.Select((image, i) => new DescribedPicture(image.Path, features[i], () => SeenPhoto.Load(image.Source, _network.Input)))];
    }
}
