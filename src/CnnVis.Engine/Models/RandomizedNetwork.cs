using CnnVis.Engine.Graphs;
using static TorchSharp.torch;

namespace CnnVis.Engine.Models;

/// <summary>
/// A copy of a network that forgets, layer by layer from its answer up to the picture. Weights of convolutions and fully connected layers become normal, with the
/// deviation that they had, so that signals keep their size; biases become 0; normalisations do nothing any more.
/// </summary>
internal sealed class RandomizedNetwork : IDisposable
{
    private readonly Generator _random;

    public RandomizedNetwork(Network network, int seed) => (Network, _random) = (network.Copy(), new Generator((ulong)seed));

    /// <summary>A copy that has forgotten everything.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: nothing has been learned.</exception>
    public static RandomizedNetwork Whole(Network network, int seed)
    {
        var random = new RandomizedNetwork(network, seed);
        try
        {
            foreach (CnnLayer _ in random.Cascade()) { }
            return random;
        }
        catch
        {
            random.Dispose();
            throw;
        }
    }

    /// <summary>The copy. It changes while <see cref="Cascade"/> is gone through.</summary>
    public Network Network { get; }

    /// <summary>Forgets one layer at a time, and says which.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: nothing has been learned.</exception>
    public IEnumerable<CnnLayer> Cascade()
    {
        bool any = false;
        foreach (CnnLayer layer in Network.Layers.Reverse())
        {
            if (layer.ParameterCount == 0 || !Forget(Network.Graph.Nodes[layer.Index])) continue;
            any = true;
            yield return layer;
        }
        if (!any) throw new CnnVisException(ErrorIds.InvalidArgument, $"{Network.Name} has no layer whose weights could be made random.", Network.Name);
    }

    private bool Forget(Node node)
    {
        bool norm = node.Operator.Traits.HasFlag(OperatorTraits.Normalizes), any = false;
        if (!norm && !node.Operator.Traits.HasFlag(OperatorTraits.Product)) return false;
        using var none = no_grad();
        using var scope = NewDisposeScope();
        for (int i = 0; i < node.Inputs.Count; i++)
        {
            if (!Network.Graph.Parameters.TryGetValue(node.Inputs[i], out Tensor? parameter) || !parameter.is_floating_point()) continue;
            any = true;
            if (norm) parameter.fill_(i is 1 or 4 ? 1 : 0); // scale and variance; shift and mean
            else if (parameter.dim() < 2) parameter.zero_();
            else parameter.copy_(randn([.. parameter.shape], generator: _random) * parameter.square().mean().sqrt().cpu());
        }
        return any;
    }

    public void Dispose()
    {
        _random.Dispose();
        Network.Graph.Dispose();
    }
}
