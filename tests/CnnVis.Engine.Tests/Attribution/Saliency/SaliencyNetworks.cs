using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;
using CnnVis.Engine.Graphs.Operators.Convolutions;
using CnnVis.Engine.Graphs.Operators.Pooling;
using CnnVis.Engine.Graphs.Operators.Products;
using CnnVis.Engine.Graphs.Operators.Shapes;
using CnnVis.Engine.Models;
using CnnVis.Engine.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Attribution.Saliency;

/// <summary>Networks whose maps can be worked out by hand, and larger ones.</summary>
internal static class SaliencyNetworks
{
    /// <summary>Two pixels; maps x and −x behind a ReLU; one unit with the given weights over map 0's pixels, then map 1's.</summary>
    public static Network TwoMaps(params float[] weights) => Of(
    [
        new Node("conv", new Conv(OperatorAttributes.None), ["image", "w"], "conv"),
        new Node("relu", OperatorCatalog.Create("Relu"), ["conv"], "relu"),
        new Node("flatten", new Flatten(OperatorAttributes.None), ["relu"], "flatten"),
        new Node("fc", new Gemm(new OperatorAttributes(("transB", 1L))), ["flatten", "v"], "fc"),
    ], 2, ("w", [1, -1], [2, 1, 1, 1]), ("v", weights, [1, 4]));

    /// <summary>One fully connected unit over a row of pixels.</summary>
    public static Network Linear(params float[] weights) => Of(
    [
        new Node("flatten", new Flatten(OperatorAttributes.None), ["image"], "flatten"),
        new Node("fc", new Gemm(new OperatorAttributes(("transB", 1L))), ["flatten", "v"], "fc"),
    ], weights.Length, ("v", weights, [1, weights.Length]));

    public static Network Named(string name) => As(name switch
    {
        "AlexNet" => TestNetworks.AlexNet(width: 16),
        "Residual" => TestNetworks.Residual(),
        "Bottleneck" => Bottleneck(),
        _ => TestNetworks.Oddments(),
    });

    /// <summary>Maps of both signs are added up, and normalised, as behind MobileNetV2's linear bottlenecks; swish as x · σ(x); no bias in the fully connected layer.</summary>
    private static Graph Bottleneck()
    {
        var chain = new TestNetworks.Chain(6, 1, 3, 20, 20).Conv("stem", 3, 6, 3, 2, 1).BatchNorm("stem_bn", 6);
        string skip = chain.Value;
        chain.Conv("expand", 6, 12, 1).BatchNorm("expand_bn", 12);
        string swish = chain.Value;
        chain.Add("sigmoid", OperatorCatalog.Create("Sigmoid")).Add("swish", OperatorCatalog.Create("Mul"), swish)
            .Conv("project", 12, 6, 1).BatchNorm("project_bn", 6).Add("add", OperatorCatalog.Create("Add"), skip)
            .Conv("head", 6, 16, 1).Relu("head_relu").Add("gap", new GlobalAveragePool(OperatorAttributes.None)).Add("flatten", new Flatten(OperatorAttributes.None)).Fc("fc", 16, 5);
        Graph graph = chain.Build();
        graph.Parameters["fc.b"].zero_();
        return graph;
    }

    public static Network As(Graph graph) => Network.Create("net", "test", graph, new Dictionary<string, string>(), new ImportOptions());

    public static Tensor Row(params float[] pixels) => tensor(pixels, [1, 1, 1, pixels.Length]);

    public static Tensor Pictures(Network network, int count) => rand([count, network.Input.Channels, network.Input.Height, network.Input.Width], generator: new Generator(3));

    public static SaliencyResult Attribute(string method, Network network, Tensor pixels, SaliencyOptions? options = null) =>
        SaliencyMethods.Create(method, options ?? SaliencyOptions.Default).Attribute(new SaliencyRequest(network, pixels, [ClassTarget.Of(network, 0, ClassScore.Logit)]))[0];

    public static float[] Values(Tensor tensor) => tensor.detach().contiguous().data<float>().ToArray();

    private static Network Of(Node[] nodes, int width, params (string Name, float[] Values, long[] Shape)[] parameters) => As(new Graph(
        "image", [1, 1, 1, width], nodes, parameters.ToDictionary(p => p.Name, p => tensor(p.Values, p.Shape).DetachFromDisposeScope()), "fc"));
}
