using CnnVis.Engine.Models;
using static TorchSharp.torch;

namespace CnnVis.Engine.Scans;

/// <summary>Forward passes of one size, the last ones filled up with nothing: what a picture gets does not depend on the others of its batch, to the last bit, so that shards and resumed runs give what one run gives.</summary>
/// <param name="network">Who is asked.</param>
/// <param name="values">Names of the graph values wanted.</param>
/// <param name="wanted">Pictures of a pass; some more where it takes that (<see cref="PassSize"/>).</param>
/// <param name="cancellation">Ends the look for the size.</param>
internal sealed class EvenPasses(Network network, IReadOnlyList<string> values, int wanted, CancellationToken cancellation = default)
{
    private readonly int _size = PassSize.Of(network, values, wanted, cancellation);

    /// <summary>The values for some pictures, pass by pass, each with the place of its first picture; in the caller's dispose scope.</summary>
    public IEnumerable<(int First, int Count, Tensor[] Outputs)> Each(Tensor pixels, CancellationToken cancellation)
    {
        int all = (int)pixels.shape[0];
        for (int first = 0; first < all; first += _size)
        {
            int count = Math.Min(_size, all - first);
            Tensor part = pixels.narrow(0, first, count), full = count == _size ? part : cat([part, zeros([_size - count, .. part.shape[1..]], device: part.device)]); // [pass, C, H, W]
            yield return (first, count, [.. network.Forward(full, values, cancellation).Select(o => o.dim() == 0 || o.shape[0] != _size ? o : o.narrow(0, 0, count))]);
        }
    }

    /// <summary>The values for all pictures, put together.</summary>
    public Tensor[] Run(Tensor pixels, CancellationToken cancellation)
    {
        Tensor[][] parts = [.. Each(pixels, cancellation).Select(p => p.Outputs)];
        return parts.Length == 1 ? parts[0] : [.. values.Select((_, i) => cat([.. parts.Select(p => p[i])]))];
    }
}
