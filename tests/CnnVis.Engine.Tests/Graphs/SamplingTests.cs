using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Graphs;

/// <summary>Operators that read maps at computed places, against OnnxRuntime.</summary>
public sealed class SamplingTests
{
    private static Tensor Random(long seed, params long[] shape) => randn(shape, generator: new Generator((ulong)seed));

    public static TheoryData<string, string, long> Grids
    {
        get
        {
            var data = new TheoryData<string, string, long>();
            foreach (string mode in (string[])["bilinear", "nearest", "bicubic"])
                foreach (string padding in (string[])["zeros", "border", "reflection"])
                    foreach (long corners in (long[])[0, 1]) data.Add(mode, padding, corners);
            return data;
        }
    }

    [Theory, MemberData(nameof(Grids))]
    public void GridSample(string mode, string padding, long corners)
    {
        using var scope = NewDisposeScope();
        Tensor grid = rand([1, 5, 4, 2], generator: new Generator(3)) * 3 - 1.5; // some of it outside
        OperatorOracle.Agrees("GridSample", 16, [("mode", mode), ("padding_mode", padding), ("align_corners", corners)], Random(1, 1, 3, 6, 7), [grid]);
    }

    [Fact]
    public void TheGradientOfAGridIsExact()
    {
        using var scope = NewDisposeScope();
        Tensor x = Random(1, 1, 2, 5, 5).requires_grad_(), grid = (rand([1, 3, 3, 2], generator: new Generator(2)) * 1.4 - 0.7).requires_grad_();
        OperatorChecks.Run("GridSample", [("mode", "linear")], x, grid).sum().backward();
        foreach (var (value, index) in new[] { (x, new long[] { 0, 1, 2, 2 }), (grid, [0, 1, 1, 0]) })
        {
            using var none = no_grad();
            float Shifted(float by)
            {
                Tensor moved = value.detach().clone();
                moved[index.Select(i => TensorIndex.Single(i)).ToArray()] = moved[index.Select(i => TensorIndex.Single(i)).ToArray()] + by;
                return OperatorChecks.Run("GridSample", [("mode", "linear")], ReferenceEquals(value, x) ? moved : x, ReferenceEquals(value, x) ? grid : moved).sum().item<float>();
            }
            float numeric = (Shifted(1e-2f) - Shifted(-1e-2f)) / 2e-2f, exact = value.grad![index.Select(i => TensorIndex.Single(i)).ToArray()].item<float>();
            Assert.True(MathF.Abs(numeric - exact) < 2e-2f * Math.Max(1, MathF.Abs(exact)), $"{numeric} {exact}");
        }
    }

    [Theory]
    [InlineData("avg", 2, "half_pixel"), InlineData("avg", 0, "half_pixel"), InlineData("max", 2, "half_pixel"), InlineData("avg", 2, "output_half_pixel"), InlineData("avg", 3, null)]
    public void RoiAlign(string mode, long samples, string? coordinates)
    {
        using var scope = NewDisposeScope();
        Tensor regions = tensor(new[] { 0f, 0, 8, 6, 2.5f, 1.5f, 13, 9.25f, -3, 4, 20, 19 }, [3, 4]), pictures = tensor([0L, 1, 1]);
        (string, object)[] attributes = [("mode", mode), ("output_height", 3L), ("output_width", 2L), ("sampling_ratio", samples), ("spatial_scale", 0.5f), .. coordinates is null ? [] : new (string, object)[] { ("coordinate_transformation_mode", coordinates) }];
        var graph = new OnnxGraph(2, 3, 8, 9);
        graph.Output(graph.Node("RoiAlign", ["x", graph.Weight(regions), graph.Weight(pictures)], attributes));
        OperatorOracle.Agrees(graph.Proto, coordinates is null ? 10 : 16, Random(1, 2, 3, 8, 9), written: false);
    }

    [Theory, InlineData(false, 0), InlineData(true, 0), InlineData(false, 1), InlineData(true, 1)]
    public void PlacesOfTheLargestAndBack(bool padded, long order)
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(2, 3, 6, 8);
        (string, object)[] window = [("kernel_shape", (long[])[2, 2]), ("strides", (long[])[2, 2])];
        string[] pool = graph.Nodes("MaxPool", ["x"], 2, padded ? [("kernel_shape", (long[])[3, 3]), ("strides", (long[])[2, 2]), ("pads", (long[])[1, 1, 0, 1]), ("storage_order", order)] : [.. window, ("storage_order", order)]);
        graph.Output(pool);
        if (!padded && order == 0) graph.Output(graph.Node("MaxUnpool", pool, window));
        OperatorOracle.Agrees(graph.Proto, 12, Random(4, 2, 3, 6, 8), tolerance: 0, written: false);
    }

    [Fact]
    public void BoxesThatOverlapNoBetterOne()
    {
        using var scope = NewDisposeScope();
        Tensor corner = rand([1, 12, 2], generator: new Generator(5)) * 4, boxes = cat([corner, corner + 0.5 + rand([1, 12, 2], generator: new Generator(6)) * 3], 2);
        foreach (long centres in (long[])[0, 1])
        {
            var graph = new OnnxGraph(1, 3, 12);
            graph.Output(graph.Node("NonMaxSuppression", [graph.Weight(boxes), "x", graph.Integers(4), graph.Node("Constant", [], ("value", tensor([0.3f]))), graph.Node("Constant", [], ("value", tensor([0.2f])))], ("center_point_box", centres)));
            using var read = CnnVis.Engine.Models.Onnx.OnnxReader.Convert(ShapeOperatorTests.Model(graph, 11)).Graph;
            Tensor scores = rand([1, 3, 12], generator: new Generator(7)), ours = new CnnVis.Engine.Graphs.Walks.ForwardWalk(read, [read.Output]).Run(scores)[0];
            using var session = new Microsoft.ML.OnnxRuntime.InferenceSession(Google.Protobuf.MessageExtensions.ToByteArray(ShapeOperatorTests.Model(graph, 11)));
            using var answers = session.Run([Microsoft.ML.OnnxRuntime.NamedOnnxValue.CreateFromTensor("x", new Microsoft.ML.OnnxRuntime.Tensors.DenseTensor<float>(scores.data<float>().ToArray(), [1, 3, 12]))]);
            Assert.Equal([.. answers[0].AsEnumerable<long>()], ours.data<long>().ToArray());
        }
    }
}
