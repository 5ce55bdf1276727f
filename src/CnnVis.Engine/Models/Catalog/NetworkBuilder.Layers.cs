using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;
using CnnVis.Engine.Graphs.Operators.Convolutions;
using CnnVis.Engine.Graphs.Operators.Normalization;
using CnnVis.Engine.Graphs.Operators.Products;
using CnnVis.Engine.Graphs.Operators.Shapes;

namespace CnnVis.Engine.Models.Catalog;

/// <content>Layers with weights, and what goes with them.</content>
internal sealed partial class NetworkBuilder
{
    /// <summary>A convolution with a square window.</summary>
    public NetworkBuilder Conv(string name, int output, int kernel, int stride = 1, int padding = 0, int groups = 1, bool bias = true) =>
        Conv(name, output, (kernel, kernel), stride, (padding, padding), groups, bias);

    /// <summary>A convolution.</summary>
    public NetworkBuilder Conv(string name, int output, (int Rows, int Columns) kernel, int stride, (int Rows, int Columns) padding, int groups = 1, bool bias = true)
    {
        OperatorAttributes attributes = new(Window(kernel, stride, padding).Append(("group", (long)groups)).ToArray());
        string weight = Parameter(name + ".weight", ParameterRole.Weight, output, Channels / groups, kernel.Rows, kernel.Columns);
        return bias ? Append(name, new Conv(attributes), weight, Parameter(name + ".bias", ParameterRole.Bias, output)) : Append(name, new Conv(attributes), weight);
    }

    /// <summary>Batch normalisation; PyTorch's epsilon unless the network has its own.</summary>
    public NetworkBuilder BatchNorm(string name, float epsilon = 1e-5f) => Append(name, new BatchNormalization(new OperatorAttributes(("epsilon", epsilon))),
        Parameter(name + ".weight", ParameterRole.NormWeight, Channels), Parameter(name + ".bias", ParameterRole.NormBias, Channels),
        Parameter(name + ".running_mean", ParameterRole.RunningMean, Channels), Parameter(name + ".running_var", ParameterRole.RunningVariance, Channels));

    /// <summary>A fully connected layer over [N, units].</summary>
    public NetworkBuilder Linear(string name, int output) => Append(name, new Gemm(new OperatorAttributes(("transB", 1L))),
        Parameter(name + ".weight", ParameterRole.Weight, output, Channels), Parameter(name + ".bias", ParameterRole.Bias, output));

    /// <summary>What only training has; nothing at inference.</summary>
    public NetworkBuilder Dropout(string name) => Append(name, new Dropout(OperatorAttributes.None));

    /// <summary>The current value plus another.</summary>
    public NetworkBuilder Sum(string name, string other) => Append(name, OperatorNames.Add, other);

    /// <summary>A convolution without bias, batch normalisation and an activation as <paramref name="name"/>.0, .1 and .2 (torchvision's Conv2dNormActivation); the window is centred.</summary>
    public NetworkBuilder ConvNorm(string name, int output, int kernel, int stride = 1, int groups = 1, float epsilon = 1e-5f, Func<NetworkBuilder, string, NetworkBuilder>? activation = null)
    {
        Conv($"{name}.0", output, kernel, stride, kernel / 2, groups, bias: false).BatchNorm($"{name}.1", epsilon);
        return activation?.Invoke(this, $"{name}.2") ?? this;
    }

    private static IEnumerable<(string, object)> Window((int Rows, int Columns) kernel, int stride, (int Rows, int Columns) padding) =>
    [
        ("kernel_shape", new long[] { kernel.Rows, kernel.Columns }),
        ("pads", new long[] { padding.Rows, padding.Columns, padding.Rows, padding.Columns }),
        ("strides", new long[] { stride, stride }),
    ];
}
