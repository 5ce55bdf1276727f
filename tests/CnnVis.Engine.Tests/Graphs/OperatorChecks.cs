using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Graphs;

/// <summary>What holds of every operator, without OnnxRuntime.</summary>
internal static class OperatorChecks
{
    /// <summary>A graph of one node over "x" and parameters.</summary>
    public static Graph Single(string type, (string Name, object Value)[] attributes, long[] shape, params Tensor?[] constants)
    {
        var parameters = constants.Select((c, i) => (Name: $"c{i}", Value: c)).Where(c => c.Value is not null).ToDictionary(c => c.Name, c => c.Value!.alias().DetachFromDisposeScope());
        string[] inputs = ["x", .. constants.Select((c, i) => c is null ? "" : $"c{i}")];
        return new Graph("x", shape, [new Node("node", OperatorCatalog.Create(type, new OperatorAttributes(attributes))!, inputs, "y")], parameters, "y");
    }

    /// <summary>The output, which has the static shape.</summary>
    public static Tensor Run(string type, (string Name, object Value)[] attributes, Tensor input, params Tensor?[] constants)
    {
        using Graph graph = Single(type, attributes, input.shape, constants);
        Tensor output = new ForwardWalk(graph, ["y"]).Run(input)[0];
        Assert.Equal(output.shape[1..], new ShapeWalk(graph)["y"].Skip(1));
        return output;
    }

    /// <summary>Making it, or finding its shape, is one clear error.</summary>
    public static void Refuses(string type, (string Name, object Value)[] attributes, long[] shape, params Tensor?[] constants)
    {
        var error = Assert.Throws<CnnVisException>(() =>
        {
            using Graph graph = Single(type, attributes, shape, constants);
            _ = new ShapeWalk(graph);
        });
        Assert.Contains(error.ErrorId, (string[])[ErrorIds.ModelUnreadable, ErrorIds.OperatorNotSupported]);
    }

    /// <summary>The gradient of a weighted sum of the output agrees with central differences, along random directions.</summary>
    public static void Differentiates(string type, (string Name, object Value)[] attributes, Tensor input, params Tensor?[] constants)
    {
        using var scope = NewDisposeScope();
        using Graph graph = Single(type, attributes, input.shape, constants);
        var walk = new ForwardWalk(graph, ["y"]);
        Tensor weights = randn(walk.Run(input)[0].shape, generator: new Generator(7));
        Tensor Sum(Tensor x) => (walk.Run(x)[0] * weights).to(ScalarType.Float64).sum();

        Tensor variable = input.clone().requires_grad_();
        Sum(variable).backward();
        Tensor gradient = variable.grad!;
        Assert.Equal(input.shape, gradient.shape);
        for (ulong seed = 1; seed <= 3; seed++)
        {
            Tensor direction = randn(input.shape, generator: new Generator(seed));
            const float Step = 1e-3f;
            double expected = (Sum(input + direction * Step) - Sum(input - direction * Step)).item<double>() / (2 * Step);
            double got = (gradient * direction).to(ScalarType.Float64).sum().item<double>();
            Assert.True(Math.Abs(expected - got) <= 0.02 * Math.Max(1, Math.Abs(expected)), $"{type}: by differences {expected}, by autograd {got}");
        }
    }
}
