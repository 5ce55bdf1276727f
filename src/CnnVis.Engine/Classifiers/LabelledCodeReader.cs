using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Classifiers;

/// <summary>Reads the codes of batches of pictures, and of further views of them.</summary>
/// <param name="network">Whose layer.</param>
/// <param name="layer">All its values are the code.</param>
/// <param name="label">What a file shows, where whoever named it did not say so; null where that is not known.</param>
/// <param name="views">The views.</param>
public sealed class LabelledCodeReader(Network network, CnnLayer layer, Func<string, string?> label, PictureViews views)
{
    private long _seen;

    /// <summary>For each readable picture of the batch, in order: the codes of its views.</summary>
    public IReadOnlyList<IReadOnlyList<CnnCode>> Read(ImageBatch batch, CancellationToken cancellation = default)
    {
        if (batch.Pixels is not { } pixels) return [];
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        List<CnnCode>[] codes = [.. batch.Readable.Select(_ => new List<CnnCode>())];
        foreach (Tensor view in views.Of(pixels, _seen))
        {
            using var inner = NewDisposeScope();
            float[] values = network.Forward(view, [network.Units(layer)], cancellation)[0].ToFloats(); // [N, …]
            int length = values.Length / codes.Length;
            for (int i = 0; i < codes.Length; i++)
                codes[i].Add(new CnnCode
                {
                    Path = batch.Readable[i].Path,
                    Label = batch.Readable[i].Source.Label ?? label(batch.Readable[i].Path),
                    Model = network.Name,
                    Layer = layer.Alias,
                    Values = values.AsSpan(i * length, length).ToArray(),
                });
        }
        _seen += codes.Length;
        return codes;
    }
}
