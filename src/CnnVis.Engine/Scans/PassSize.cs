using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CnnVis.Engine.Models;
using static TorchSharp.torch;

namespace CnnVis.Engine.Scans;

/// <summary>
/// How many pictures a pass has to have for every one of them to get the same numbers, to the last bit, wherever in the pass it is. Products of matrices treat their last rows
/// otherwise when these do not fill a block: among 5 pictures the fifth comes out differently. Which sizes are even is found by trying, because it depends on the processor.
/// </summary>
internal static class PassSize
{
    private static readonly ConditionalWeakTable<Network, ConcurrentDictionary<string, int>> _known = [];

    /// <summary>The smallest such size from the one wanted to the next multiple of 32; 1, which is always even, where there is none.</summary>
    public static int Of(Network network, IReadOnlyList<string> values, int wanted, CancellationToken cancellation) =>
        _known.GetOrCreateValue(network).GetOrAdd($"{wanted}\n{string.Join('\n', values)}", _ => Find(network, values, wanted, cancellation));

    private static int Find(Network network, IReadOnlyList<string> values, int wanted, CancellationToken cancellation)
    {
        return new[] { wanted, Multiple(4), Multiple(8), Multiple(16), Multiple(32) }.Distinct().FirstOrDefault(size => IsEven(network, values, size, cancellation), 1);

        int Multiple(int of) => (wanted + of - 1) / of * of;
    }

    private static bool IsEven(Network network, IReadOnlyList<string> values, int size, CancellationToken cancellation)
    {
        if (size == 1) return true;
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        using var random = new Generator(0, network.TorchDevice);
        Tensor picture = rand([1, network.Input.Channels, network.Input.Height, network.Input.Width], generator: random, device: network.TorchDevice);
        Tensor[] outputs = network.Forward(picture.expand(size, -1, -1, -1).contiguous(), values, cancellation);
        return outputs.All(o => o.dim() == 0 || o.shape[0] != size || o.eq(o.narrow(0, 0, 1)).all().item<bool>());
    }
}
