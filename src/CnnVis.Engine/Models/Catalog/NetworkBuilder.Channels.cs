using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;
using CnnVis.Engine.Graphs.Operators.Convolutions;
using CnnVis.Engine.Graphs.Operators.Normalization;
using CnnVis.Engine.Graphs.Operators.Resampling;
using CnnVis.Engine.Graphs.Operators.Shapes;

namespace CnnVis.Engine.Models.Catalog;

/// <content>What moves, splits or weighs channels.</content>
internal sealed partial class NetworkBuilder
{
    /// <summary>Values joined along their channels; they go first to last.</summary>
    public NetworkBuilder Concat(string name, IReadOnlyList<string> values) => From(values[0]).Append(name, new Concat(new OperatorAttributes(("axis", 1L))), [.. values.Skip(1)]);

    /// <summary>Channels <paramref name="first"/> to <paramref name="end"/> − 1.</summary>
    public NetworkBuilder SliceChannels(string name, int first, int end) => Append(name, new Slice(OperatorAttributes.None),
        Constant($"{name}.starts", new long[] { first }, 1), Constant($"{name}.ends", new long[] { end }, 1), Constant($"{name}.axes", new long[] { 1 }, 1));

    /// <summary>As many empty maps before as behind, so that there are <paramref name="channels"/>.</summary>
    public NetworkBuilder PadChannels(string name, int channels)
    {
        long before = (channels - Channels) / 2, after = channels - Channels - before;
        return Append(name, new Pad(OperatorAttributes.None), Constant($"{name}.pads", new[] { 0, before, 0, 0, 0, after, 0, 0 }, 8));
    }

    /// <summary>Channel shuffle (Zhang et al. 2018, figure 1): the first of each group, then the second of each.</summary>
    public NetworkBuilder ChannelShuffle(string name, int groups)
    {
        int each = Channels / groups;
        long[] order = [.. Enumerable.Range(0, Channels).Select(i => (long)(i % groups * each + i / groups))];
        return Append(name, new Gather(new OperatorAttributes(("axis", 1L))), Constant($"{name}.order", order, order.Length));
    }

    /// <summary>Layer normalisation of each position over its channels, which are brought last for it and first again (torchvision's LayerNorm2d).</summary>
    public NetworkBuilder ChannelNorm(string name, string before, string after, float epsilon = 1e-6f)
    {
        int channels = Channels;
        return Append(before, Order(0, 2, 3, 1))
            .Append(name, new LayerNormalization(new OperatorAttributes(("axis", -1L), ("epsilon", epsilon))), Parameter(name + ".weight", ParameterRole.NormWeight, channels), Parameter(name + ".bias", ParameterRole.NormBias, channels))
            .Append(after, Order(0, 3, 1, 2));

        static Transpose Order(params long[] axes) => new(new OperatorAttributes(("perm", axes)));
    }

    /// <summary>A fully connected layer over the channels of each position: its matrix as a 1×1 convolution.</summary>
    public NetworkBuilder PointwiseLinear(string name, int output)
    {
        _parameters.Add(name + ".weight", new ParameterSpecification(name + ".weight", [output, Channels], ParameterRole.Weight) { GraphShape = [output, Channels, 1, 1] });
        OperatorAttributes attributes = new(Window((1, 1), 1, (0, 0)).ToArray());
        return Append(name, new Conv(attributes), name + ".weight", Parameter(name + ".bias", ParameterRole.Bias, output));
    }

    /// <summary>Each map times a trained number (Touvron et al. 2021).</summary>
    public NetworkBuilder LayerScale(string name, string parameter) => Append(name, OperatorNames.Mul, Parameter(parameter, ParameterRole.LayerScale, Channels, 1, 1));
}
