using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models.Catalog;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models.Catalog;

/// <summary>Every layer of every network can be seen, and every picture's gradient is right.</summary>
public sealed class CatalogWalkTests
{
    public static TheoryData<string> Names => CatalogNetworks.Names;

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void EveryLayerIsTappedInOnePass(string name)
    {
        CatalogNetworks.SkipSister(name);
        using Graph graph = CatalogNetworks.Make(name);
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
    /// In double precision, where differences are exact enough: the derivative along a random direction of all pixels, and at some single ones, from both sides. The
    /// answer is a weighed sum of all classes, so that no part of the network drops out.
    /// </summary>
    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void GradientsAreThoseOfFiniteDifferences(string name)
    {
        CatalogNetworks.SkipSister(name);
        using Graph single = CatalogNetworks.Make(name, name switch { "inception_v3" => 80, "alexnet" => 64, _ => 32 });
        using var scope = NewDisposeScope();
        var parameters = single.Parameters.ToDictionary(p => p.Key, p => p.Value.is_floating_point() ? p.Value.to(ScalarType.Float64) : p.Value);
        var graph = new Graph(single.Input, [.. single.InputShape], single.Nodes, parameters, single.Output);
        var random = new Generator(4);
        Tensor picture = rand([1, .. graph.InputShape.Skip(1)], ScalarType.Float64, generator: random), weights = randn([1, NetworkCatalog.Find(name)!.Classes.Count], ScalarType.Float64, generator: random);

        using BackwardPass pass = new BackwardWalk(graph, [graph.Output], [graph.Input]).Run(picture);
        Tensor gradient = pass.Backward(heads => (heads[0] * weights).sum())[0]; // [1, 3, H, W]

        Tensor directions = zeros([5, .. picture.shape.Skip(1)], ScalarType.Float64);
        directions[0] = randn([.. picture.shape.Skip(1)], ScalarType.Float64, generator: random);
        for (int i = 1; i < 5; i++) directions[i].view(-1)[(i * 7919 + 321) % picture.NumberOfElements] = 1;
        Tensor products = gradient * directions, expected = products.sum([1, 2, 3]); // [5]
        Tensor tolerance = 1e-4 * products.abs().sum([1, 2, 3]) + 1e-4 * gradient.abs().max();
        Assert.True(gradient.abs().max().item<double>() > 0);

        // A step over the kink of a ReLU or a pool is taken again, shorter.
        using var noGradient = no_grad();
        var walk = new ForwardWalk(graph, [graph.Output]);
        Tensor right = zeros([5], ScalarType.Bool), differences = zeros([5], ScalarType.Float64);
        for (double step = 1e-5; step > 1e-9 && !right.all().item<bool>(); step /= 10)
        {
            Tensor answers = (walk.Run(cat([picture + step * directions, picture - step * directions]))[0] * weights).sum(1); // [10]
            differences = where(right, differences, (answers[..5] - answers[5..]) / (2 * step));
            right = (differences - expected).abs() <= tolerance;
        }
        Assert.True(right.all().item<bool>(), $"gradient {expected.ToString(TorchSharp.TensorStringStyle.Julia)}, differences {differences.ToString(TorchSharp.TensorStringStyle.Julia)}");
    }
}
