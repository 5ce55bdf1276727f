using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;
using CnnVis.Engine.Models;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Synthesis;

/// <summary>The colour that a network's preparation makes zero: the papers' zero image, in pixels.</summary>
public static class NetworkMean
{
    /// <summary>A number a channel, in [0, 1]; 0 where the network prepares nothing. Found by showing the preparation black, and each channel alone.</summary>
    public static float[] Of(Network network)
    {
        Graph graph = network.Graph;
        Node? last = PicturePreparation.Nodes(graph).Where(n => n.Operator.Type is OperatorNames.Sub or OperatorNames.Div).MaxBy(n => graph.IndexOf(n.Name));
        int channels = network.Input.Channels;
        if (last is null) return new float[channels];
        using var scope = NewDisposeScope();
        using var none = no_grad();
        Tensor shown = cat([zeros(1, channels), eye(channels)]).reshape(channels + 1, channels, 1, 1).expand(-1, -1, network.Input.Height, network.Input.Width); // black, then each channel alone
        Tensor prepared = network.Forward(shown.to(network.TorchDevice).contiguous(), [last.Output])[0].flatten(1); // [1 + C, …], channels in any order and place
        Tensor black = prepared.narrow(0, 0, 1), change = prepared.narrow(0, 1, channels) - black;
        Tensor mean = -(black * change).sum([1L]) / change.square().sum([1L]); // [C]
        return mean.nan_to_num(0).clamp(0, 1).ToFloats();
    }
}
