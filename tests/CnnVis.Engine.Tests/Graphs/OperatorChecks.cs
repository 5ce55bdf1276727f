using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;
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
        return new Graph("x", shape, [new Node("node", OperatorCatalog.Create(type, new OperatorAttributes(attributes)), inputs, "y")], parameters, "y");
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

    /// <summary>No output position depends on a picture's pixel outside its receptive field.</summary>
    public static void FieldHolds(string type, (string, object)[] attributes, long[] input, params Tensor?[] constants)
    {
        if (input.Length < 4) return; // a receptive field is of a picture
        using var scope = NewDisposeScope();
        using Graph graph = Single(type, attributes, input, constants);
        ReceptiveField field = new ReceptiveFieldWalk(graph, new ShapeWalk(graph))["y"]!;
        Tensor x = ones([1, .. input[1..]]).requires_grad_(), y = new ForwardWalk(graph, ["y"]).Run(x)[0];
        for (int row = 0; row < y.shape[2]; row++)
            for (int column = 0; column < y.shape[3]; column++)
            {
                Tensor seen = autograd.grad([y[0, 0, row, column]], [x], retain_graph: true)[0];
                PixelBox box = field.Box(row, column, (int)input[2], (int)input[3]);
                Tensor outside = seen[0].abs().sum([0L]);
                outside.slice(0, box.Y, box.Y + box.Height, 1).slice(1, box.X, box.X + box.Width, 1).zero_();
                Assert.True(outside.sum().item<float>() == 0, $"{type} at ({row}, {column}) looks outside {box} of {field}");
            }
    }
}
