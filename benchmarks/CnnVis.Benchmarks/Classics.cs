using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;
using CnnVis.Engine.Graphs.Operators.Convolutions;
using CnnVis.Engine.Graphs.Operators.Pooling;
using CnnVis.Engine.Graphs.Operators.Products;
using CnnVis.Engine.Graphs.Operators.Shapes;
using CnnVis.Engine.Models;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CnnVis.Benchmarks;

/// <summary>AlexNet's and VGG-16's shapes with random weights, as a graph and as the bare sequence of the same TorchSharp calls.</summary>
internal sealed class Classics
{
    private static readonly OperatorAttributes _transposed = new(("transB", 1L));
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<string, Tensor> _parameters = [];
    private readonly List<Func<Tensor, Tensor>> _calls = [];
    private readonly Generator _random = new(1);
    private string _value = "image";

    public Graph Graph => new("image", [1, 3, 224, 224], _nodes, _parameters, _value);

    /// <summary>The graph as a network for photos.</summary>
    public static Network AsNetwork(Classics classic) => Network.Create("classic", "benchmark", classic.Graph, new Dictionary<string, string>(), new ImportOptions());

    /// <summary>The same calls one after another, each result freed when the next is there.</summary>
    public Tensor Bare(Tensor input)
    {
        Tensor x = input;
        foreach (var call in _calls)
        {
            Tensor next = call(x);
            if (!ReferenceEquals(x, input) && !ReferenceEquals(x, next)) x.Dispose();
            x = next;
        }
        return x;
    }

    public static Classics AlexNet() => new Classics()
        .Conv(3, 64, 11, 4, 2).Relu().Pool(3, 2).Conv(64, 192, 5, 1, 2).Relu().Pool(3, 2)
        .Conv(192, 384, 3, 1, 1).Relu().Conv(384, 256, 3, 1, 1).Relu().Conv(256, 256, 3, 1, 1).Relu().Pool(3, 2)
        .Flatten().Fc(9216, 4096).Relu().Fc(4096, 4096).Relu().Fc(4096, 1000);

    public static Classics Vgg16()
    {
        var net = new Classics();
        long channels = 3;
        foreach (var (count, output) in new[] { (2, 64L), (2, 128L), (3, 256L), (3, 512L), (3, 512L) })
        {
            for (int i = 0; i < count; i++, channels = output) net.Conv(channels, output, 3, 1, 1).Relu();
            net.Pool(2, 2);
        }
        return net.Flatten().Fc(25088, 4096).Relu().Fc(4096, 4096).Relu().Fc(4096, 1000);
    }

    /// <summary>Whether parameters get gradients.</summary>
    public void RequireGradients(bool required)
    {
        foreach (Tensor parameter in _parameters.Values) parameter.requires_grad_(required);
    }

    /// <summary>Frees the parameters' gradients.</summary>
    public void ForgetGradients()
    {
        foreach (Tensor parameter in _parameters.Values) parameter.grad = null;
    }

    private Classics Conv(long input, long output, long kernel, long stride, long padding)
    {
        var (weight, bias) = Weights([output, input, kernel, kernel], output);
        _calls.Add(x => F.conv2d(x, weight, bias, [stride, stride], [padding, padding]));
        return Append(new Conv(new OperatorAttributes(("strides", new[] { stride, stride }), ("pads", new[] { padding, padding, padding, padding }))), weighted: true);
    }

    private Classics Relu()
    {
        _calls.Add(x => x.relu_());
        return Append(OperatorCatalog.Create("Relu"));
    }

    private Classics Pool(long kernel, long stride)
    {
        _calls.Add(x => F.max_pool2d(x, [kernel, kernel], [stride, stride]));
        return Append(new MaxPool(new OperatorAttributes(("kernel_shape", new[] { kernel, kernel }), ("strides", new[] { stride, stride }))));
    }

    private Classics Flatten()
    {
        _calls.Add(x => x.flatten(1));
        return Append(new Flatten(OperatorAttributes.None));
    }

    private Classics Fc(long input, long output)
    {
        var (weight, bias) = Weights([output, input], output);
        _calls.Add(x => F.linear(x, weight, bias));
        return Append(new Gemm(_transposed), weighted: true);
    }

    private (Tensor Weight, Tensor Bias) Weights(long[] shape, long output)
    {
        string name = $"n{_nodes.Count}";
        Tensor weight = randn(shape, generator: _random) * Math.Sqrt(2.0 / shape.Skip(1).Aggregate(1L, (a, b) => a * b));
        return (_parameters[name + ".w"] = weight, _parameters[name + ".b"] = zeros(output));
    }

    private Classics Append(Operator @operator, bool weighted = false)
    {
        string name = $"n{_nodes.Count}";
        _nodes.Add(new Node(name, @operator, weighted ? [_value, name + ".w", name + ".b"] : [_value], name));
        _value = name;
        return this;
    }
}
