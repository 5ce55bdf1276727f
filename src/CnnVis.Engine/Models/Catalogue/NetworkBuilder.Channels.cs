using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;

namespace CnnVis.Engine.Models.Catalogue;

/// <content>What moves, splits or weighs channels.</content>
internal sealed partial class NetworkBuilder
{
    /// <summary>Values joined along their channels; they go first to last.</summary>
    public NetworkBuilder Concat(string name, IReadOnlyList<string> values) => From(values[0]).Append(name, new Concat(new OperatorAttributes(("axis", 1L))), [.. values.Skip(1)]);

    /// <summary>A fully connected layer over the channels of each position: its matrix as a 1×1 convolution.</summary>
    public NetworkBuilder PointwiseLinear(string name, int output)
    {
        _parameters.Add(name + ".weight", new ParameterSpecification(name + ".weight", [output, Channels], ParameterRole.Weight) { GraphShape = [output, Channels, 1, 1] });
        OperatorAttributes attributes = new(Window((1, 1), 1, (0, 0)).ToArray());
        return Append(name, new Conv(attributes), name + ".weight", Parameter(name + ".bias", ParameterRole.Bias, output));
    }

    /// <summary>Each map times a trained number (Touvron et al. 2021).</summary>
    public NetworkBuilder LayerScale(string name, string parameter) => Append(name, new Mul(OperatorAttributes.None), Parameter(parameter, ParameterRole.LayerScale, Channels, 1, 1));
}
