using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;
using CnnVis.Engine.Graphs.Operators.Activations;

namespace CnnVis.Engine.Models.Catalog;

/// <content>Activations, and the gates made of them.</content>
internal sealed partial class NetworkBuilder
{
    /// <summary>max(x, 0).</summary>
    public NetworkBuilder Relu(string name) => Append(name, OperatorNames.Relu);

    /// <summary>min(max(x, 0), 6), as networks for phones have it.</summary>
    public NetworkBuilder Relu6(string name) => Append(name, new Clip(OperatorAttributes.None), Constant("relu6.min", new[] { 0f }), Constant("relu6.max", new[] { 6f }));

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public NetworkBuilder Sigmoid(string name) => Append(name, OperatorNames.Sigmoid);

    /// <summary>x · sigmoid(x) (Elfwing et al. 2017), which ONNX writes as two nodes.</summary>
    public NetworkBuilder Silu(string name)
    {
        string from = Value;
        return Sigmoid($"{name}.sigmoid").Append(name, OperatorNames.Mul, from);
    }

    /// <summary>min(max(x / 6 + 1/2, 0), 1).</summary>
    public NetworkBuilder HardSigmoid(string name) => Append(name, OperatorCatalog.Create(OperatorNames.HardSigmoid, new OperatorAttributes(("alpha", 1f / 6))));

    /// <summary>x · min(max(x / 6 + 1/2, 0), 1).</summary>
    public NetworkBuilder HardSwish(string name) => Append(name, OperatorNames.HardSwish);

    /// <summary>x · Φ(x) (Hendrycks and Gimpel 2016), exact.</summary>
    public NetworkBuilder Gelu(string name) => Append(name, OperatorNames.Gelu);

    /// <summary>Squeeze and excitation (Hu et al. 2018): each map times a gate computed from the means of all.</summary>
    public NetworkBuilder SqueezeExcitation(string name, int squeezed, Func<NetworkBuilder, string, NetworkBuilder> activation, Func<NetworkBuilder, string, NetworkBuilder> gate)
    {
        string from = Value;
        int channels = Channels;
        activation(GlobalAveragePool($"{name}.avgpool").Conv($"{name}.fc1", squeezed, 1), $"{name}.activation");
        return gate(Conv($"{name}.fc2", channels, 1), $"{name}.scale_activation").Append($"{name}.mul", OperatorNames.Mul, from);
    }
}
