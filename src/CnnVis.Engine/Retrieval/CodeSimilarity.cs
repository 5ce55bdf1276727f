using CnnVis.Engine.Codes;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Retrieval;

/// <summary>How alike the images of each unit are to the network itself: the mean cosine between the codes of two of them. A second pass, over the images that were kept.</summary>
public sealed class CodeSimilarity
{
    private readonly Network _network;
    private readonly CnnLayer _layer;
    private readonly int _batchSize;

    /// <param name="network">The network.</param>
    /// <param name="batchSize">Pictures a forward pass.</param>
    public CodeSimilarity(Network network, int batchSize) => (_network, _layer, _batchSize) = (network, CodeLayer.Of(network), batchSize);

    /// <summary>The same units, with their similarity.</summary>
    public MaxActivatingImageSet Measure(MaxActivatingImageSet set, CancellationToken cancellation)
    {
        MaxActivatingImage[] images = [.. set.Units.SelectMany(u => u.Images).DistinctBy(i => i.Index)];
        Dictionary<long, float[]> codes = Codes(images, cancellation);
        return set with { Units = set.Units.Select(u => u with { CodeSimilarity = Mean([.. u.Images.Select(i => i.Index).Distinct().Where(codes.ContainsKey).Select(i => codes[i])]) }).ToArray() };
    }

    /// <summary>Mean cosine of all pairs of vectors of length 1: (|Σ v|² − Σ |v|²) / (n (n − 1)); null for fewer than two.</summary>
    private static double? Mean(float[][] codes)
    {
        if (codes.Length < 2) return null;
        double all = 0, own = 0;
        for (int i = 0; i < codes[0].Length; i++)
        {
            double sum = 0;
            foreach (float[] code in codes)
            {
                sum += code[i];
                own += (double)code[i] * code[i];
            }
            all += sum * sum;
        }
        return (all - own) / ((double)codes.Length * (codes.Length - 1));
    }

    /// <summary>Codes scaled to length 1, by the images' places in the list. An image that cannot be read any more has none.</summary>
    private Dictionary<long, float[]> Codes(MaxActivatingImage[] images, CancellationToken cancellation)
    {
        var codes = new Dictionary<long, float[]>();
        using var stream = new ImageStream(_network, _batchSize, cancellation);
        int place = 0;
        foreach (ImageBatch batch in stream.Batches(images.Select(i => i.Origin?.Picture is { } picture ? ImageSource.Of(picture) : new ImageSource(i.Path))))
        {
            float[][] vectors = batch.Pixels is { } pixels ? Vectors(pixels, cancellation) : [];
            batch.InOrder(_ => place++, (_, readable) => codes[images[place++].Index] = vectors[readable]);
        }
        return codes;
    }

    private float[][] Vectors(Tensor pixels, CancellationToken cancellation)
    {
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        Tensor values = _network.Forward(pixels, [_network.Units(_layer)], cancellation)[0].flatten(1); // [N, values]
        Tensor unit = values / values.norm(1, keepdim: true, p: 2).clamp_min(1e-12);
        return [.. Enumerable.Range(0, (int)unit.shape[0]).Select(i => unit[i].ToFloats())];
    }
}
