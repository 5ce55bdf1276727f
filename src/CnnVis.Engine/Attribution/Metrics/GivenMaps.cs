using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Models;
using CnnVis.Engine.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Metrics;

/// <summary>Maps that were made before, as a method's result.</summary>
internal static class GivenMaps
{
    /// <summary>The result that maps of one method and layer, a map a picture, came from.</summary>
    /// <param name="maps">The maps.</param>
    /// <param name="explained">The pictures, and what the maps explain.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: maps of a batch have different sizes.</exception>
    public static SaliencyResult Of(IReadOnlyList<SaliencyMap> maps, SaliencyRequest explained)
    {
        SaliencyMap first = maps[0];
        if (maps.Any(m => (m.Channels, m.Height, m.Width) != (first.Channels, first.Height, first.Width)))
            throw new CnnVisException(ErrorIds.InvalidArgument, $"The maps are {first.Channels} x {first.Height} x {first.Width} and of other sizes: measure those of each in a pipeline of its own.", first);
        Network network = explained.Network;
        Tensor map = tensor(maps.SelectMany(m => m.Values.ToArray()).ToArray(), [maps.Count, first.Channels, first.Height, first.Width]).to(network.TorchDevice); // [N, C, H, W]
        return new SaliencyResult(map, Scores.Choose(network, explained.Pixels, explained.Targets, explained.Cancellation)[0])
        {
            MapValue = first.TargetLayer switch { null => null, MapLayers.Image => network.Graph.Input, var layer => network.Value(network.Layer(layer)) },
            Grid = first.Grid,
            ConvergenceDelta = maps.All(m => m.ConvergenceDelta is not null) ? [.. maps.Select(m => (float)m.ConvergenceDelta!.Value)] : null,
        };
    }
}
