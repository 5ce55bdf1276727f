using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models.Catalogue;

/// <summary>Every layer of every network can be seen, and every picture's gradient is right.</summary>
public sealed class CatalogueWalkTests
{
    public static TheoryData<string> Names => CatalogueNetworks.Names;

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void EveryLayerIsTappedInOnePass(string name)
    {
        CatalogueNetworks.SkipIfLarge(name);
        using Graph graph = CatalogueNetworks.Make(name);
        string[] values = [.. graph.Nodes.Select(n => n.Output)];
        var shapes = new ShapeWalk(graph);
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        Tensor[] taps = new ForwardWalk(graph, values).Run(rand([2, .. graph.InputShape.Skip(1)], generator: new Generator(3)));
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal([2, .. shapes[values[i]].Skip(1)], taps[i].shape);
            Assert.True(taps[i].isfinite().all().item<bool>(), values[i]);
        }
    }

    /// <summary>
    /// In double precision, where differences are exact enough: the derivative at some pixels, and along a random direction of all, from both sides. The answer is
    /// weighed sum of all classes, so that no part of the network drops out.
    /// </summary>
    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void GradientsAreThoseOfFiniteDifferences(string name)
    {
        CatalogueNetworks.SkipIfLarge(name);
        using Graph single = CatalogueNetworks.Make(name);
        using var scope = NewDisposeScope();
        var parameters = single.Parameters.ToDictionary(p => p.Key, p => p.Value.is_floating_point() ? p.Value.to(ScalarType.Float64) : p.Value);
        var graph = new Graph(single.Input, [.. single.InputShape], single.Nodes, parameters, single.Output);
        var random = new Generator(4);
        Tensor picture = rand([1, .. graph.InputShape.Skip(1)], ScalarType.Float64, generator: random);
        Tensor weights = randn([1, 1000], ScalarType.Float64, generator: random), direction = randn(picture.shape, ScalarType.Float64, generator: random) / picture.NumberOfElements;
        var walk = new ForwardWalk(graph, [graph.Output]);

        using BackwardPass pass = new BackwardWalk(graph, [graph.Output], [graph.Input]).Run(picture);
        Tensor gradient = pass.Backward(heads => (heads[0] * weights).sum())[0]; // [1, 3, H, W]
        double scale = gradient.abs().max().item<double>();
        Assert.True(scale > 0);

        Check(direction, (gradient * direction).sum().item<double>(), 1e-4 * (gradient * direction).abs().sum().item<double>());
        foreach (long pixel in new[] { 0L, 1, 2, 3 }.Select(i => (i * 7919 + 4321) % picture.NumberOfElements))
        {
            Tensor one = zeros_like(picture);
            one.view(-1)[pixel] = 1;
            Check(one, gradient.view(-1)[pixel].item<double>(), 1e-4 * scale);
        }

        void Check(Tensor along, double expected, double tolerance)
        {
            // A step that crosses a kink of a ReLU or a pool is halved away from it.
            double difference = double.NaN;
            for (double step = 1e-5; step > 1e-9; step /= 10)
            {
                difference = (Value(picture + along * step) - Value(picture - along * step)) / (2 * step);
                if (Math.Abs(difference - expected) <= tolerance) return;
            }
            Assert.Fail($"gradient {expected}, difference {difference}");
        }

        double Value(Tensor at)
        {
            using var inner = NewDisposeScope();
            using var noGradient = no_grad();
            return (walk.Run(at)[0] * weights).sum().item<double>();
        }
    }
}
