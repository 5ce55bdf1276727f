using CnnVis.Engine.Adversarial;
using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators.Products;
using CnnVis.Engine.Graphs.Operators.Shapes;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Adversarial;

/// <summary>Networks to attack, and attacks on them.</summary>
internal static class AttackNetworks
{
    /// <summary>Linear classes over a row of grey pixels.</summary>
    /// <param name="weights">[classes][pixels].</param>
    /// <param name="bias">[classes].</param>
    public static Network Linear(float[][] weights, float[] bias)
    {
        int width = weights[0].Length;
        var parameters = new Dictionary<string, Tensor>
        {
            ["w"] = tensor(weights.SelectMany(w => w).ToArray(), [weights.Length, width]).DetachFromDisposeScope(),
            ["b"] = tensor(bias).DetachFromDisposeScope(),
        };
        return As(new Graph("image", [1, 1, 1, width],
        [
            new Node("flatten", new Flatten(OperatorAttributes.None), ["image"], "flatten"),
            new Node("fc", new Gemm(new OperatorAttributes(("transB", 1L))), ["flatten", "w", "b"], "fc"),
        ], parameters, "fc"));
    }

    public static Network As(Graph graph) => Network.Create("net", "test", graph, new Dictionary<string, string>(), new ImportOptions());

    /// <summary>A residual network of which each class wins for some pictures, so that little is needed to change its answer.</summary>
    public static Network Weak() => Weakened(TestNetworks.Residual());

    /// <summary>As <see cref="Weak()"/>, a small one that takes pictures of that many channels.</summary>
    public static Network Weak(long channels) => Weakened(new TestNetworks.Chain(5, 1, channels, 16, 16)
        .Conv("conv1", channels, 8, 3, 1, 1).Relu("relu1").MaxPool("pool1", 2, 2).Add("flatten", new Flatten(OperatorAttributes.None)).Fc("fc", 8 * 8 * 8, 6).Build());

    private static Network Weakened(Graph graph)
    {
        using var scope = NewDisposeScope();
        graph.Parameters["fc.w"].mul_(20);
        Tensor logits = new CnnVis.Engine.Graphs.Walks.ForwardWalk(graph, [graph.Output]).Run(rand([32, .. graph.InputShape.Skip(1)], generator: new Generator(9)))[0];
        graph.Parameters["fc.b"].sub_(logits.mean([0L]));
        return As(graph);
    }

    public static Tensor Pictures(Network network, int count) => rand([count, network.Input.Channels, network.Input.Height, network.Input.Width], generator: new Generator(3));

    public static IReadOnlyList<AdversarialExample> Attack(string method, Network network, Tensor pixels, AttackOptions? options = null, double[]? epsilons = null,
        AttackTarget? target = null, int[]? labels = null, PixelLimits? limits = null, int batchSize = 16)
    {
        options ??= AttackOptions.Default;
        var query = new AttackQuery { Attacks = [AttackMethods.Create(method, options)], Options = options, Epsilons = epsilons ?? [], Target = target, Limits = limits ?? PixelLimits.Default, BatchSize = batchSize };
        ImageSource[] sources = [.. Enumerable.Range(0, (int)pixels.shape[0]).Select(i => new ImageSource($"{i}.png"))];
        return [.. new AdversarialAnalysis(network, query).Analyze(sources, pixels, labels).SelectMany(e => e)];
    }
}
