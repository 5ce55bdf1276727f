using CnnVis.Engine.Codes;
using CnnVis.Engine.Models;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Correspondence.Keypoints;

/// <summary>Reads objects' features, and their codes, by which similar objects are found: what the classifier reads.</summary>
/// <param name="network">The network.</param>
/// <param name="layers">The layers.</param>
/// <param name="batchSize">Pictures computed at a time.</param>
internal sealed class ObjectReader(Network network, IReadOnlyList<CnnLayer> layers, int batchSize)
{
    private readonly FeatureReader _reader = new(network, layers, CorrespondenceMetric.Cosine);
    private readonly string _code = network.Units(CodeLayer.Of(network));

    /// <summary>The layers.</summary>
    public IReadOnlyList<CnnLayer> Layers => layers;

    /// <summary>Where their units look.</summary>
    public IReadOnlyList<UnitGrid> Grids => _reader.Grids;

    /// <summary>Objects with features, in order.</summary>
    /// <param name="objects">The objects.</param>
    /// <param name="failed">Takes the error of one whose picture cannot be read.</param>
    /// <param name="cancellation">Ends it.</param>
    public IEnumerable<ObjectFeatures> Read(IReadOnlyList<KeypointObject> objects, Action<CnnVisException> failed, CancellationToken cancellation)
    {
        int length = network.Input.Length;
        var waiting = new List<ObjectPicture>(batchSize);
        float[] values = new float[batchSize * length];
        foreach (KeypointObject described in objects)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                waiting.Add(ObjectPicture.Load(described, network.Input, values.AsSpan(waiting.Count * length, length)));
            }
            catch (CnnVisException error)
            {
                failed(error);
            }
            if (waiting.Count < batchSize) continue;
            foreach (ObjectFeatures read in Compute(waiting, values, cancellation)) yield return read;
            waiting.Clear();
        }
        foreach (ObjectFeatures read in Compute(waiting, values, cancellation)) yield return read;
    }

    private ObjectFeatures[] Compute(List<ObjectPicture> pictures, float[] values, CancellationToken cancellation)
    {
        if (pictures.Count == 0) return [];
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        CnnInput input = network.Input;
        Tensor pixels = tensor(values.AsSpan(0, pictures.Count * input.Length).ToArray()).reshape(pictures.Count, input.Channels, input.Height, input.Width).to(network.TorchDevice);
        FeatureGrid[][] features = _reader.Read(pixels, cancellation);
        float[] codes = network.Forward(pixels, [_code], cancellation)[0].reshape(pictures.Count, -1).ToFloats();
        int length = codes.Length / pictures.Count;
        return [.. pictures.Select((picture, i) => new ObjectFeatures(picture, features[i], Normalized(codes.AsSpan(i * length, length))))];
    }

    private static float[] Normalized(ReadOnlySpan<float> code)
    {
        double length = 0;
        foreach (float value in code) length += (double)value * value;
        length = Math.Max(Math.Sqrt(length), 1e-12);
        float[] unit = code.ToArray();
        for (int i = 0; i < unit.Length; i++) unit[i] = (float)(unit[i] / length);
        return unit;
    }
}
