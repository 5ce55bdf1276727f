using CnnVis.Engine.Activations;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;

namespace CnnVis.Engine.Codes;

/// <summary>Reads the codes of batches of pictures: all values of a layer as one vector.</summary>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var reader = new CodeReader(network, [network.Layer("relu7")], _ => null);
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (CnnCode code in reader.Read(batch).SelectMany(codes => codes)) Console.WriteLine(code);
/// </code>
/// </example>
/// <param name="network">Whose layers.</param>
/// <param name="layers">Which.</param>
/// <param name="label">What a file shows, where whoever named it did not say so; null where that is not known.</param>
/// <param name="evenSize">So many pictures a pass, whatever comes, so that no number depends on which come together; null for as they come.</param>
public sealed class CodeReader(Network network, IReadOnlyList<CnnLayer> layers, Func<string, string?> label, int? evenSize = null)
{
    private readonly ActivationReader _activations = new(network, [.. layers.Select(l => (l, (IReadOnlyList<int>)[.. Enumerable.Range(0, l.Channels)]))], evenSize);

    /// <summary>For each readable picture of the batch, in order: one code a layer.</summary>
    public IReadOnlyList<IReadOnlyList<CnnCode>> Read(ImageBatch batch, CancellationToken cancellation = default) =>
        [.. _activations.Read(batch, cancellation).Select((maps, i) => maps.Select(map => Code(map, batch.Readable[i].Source.Label ?? label(map.Path))).ToArray())];

    private static CnnCode Code(CnnActivation map, string? label) => new() { Origin = map.Origin, Path = map.Path, Label = label, Model = map.Model, Layer = map.Layer, Values = map.Values };
}
