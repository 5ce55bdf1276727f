using CnnVis.Engine.Models.Onnx;
using static TorchSharp.torch;
using DataType = CnnVis.Engine.Models.Onnx.TensorProto.Types.DataType;

namespace CnnVis.Engine.Tests.Graphs;

/// <summary>QuantizeLinear and DequantizeLinear against OnnxRuntime.</summary>
public sealed class QuantizationTests
{
    private static readonly float[] _scales = [0.5f, 0.03f, 2f];

    /// <summary>x · 2 lies halfway between whole numbers often, and far outside the range sometimes.</summary>
    private static Tensor Values(params long[] shape) => (randn(shape, generator: new Generator(1)) * 40).round() / 4;

    public static TheoryData<int, int, bool> Types => new()
    {
        { 10, 2, false }, { 10, 3, false }, { 13, 2, true }, { 13, 3, true }, { 19, 2, true }, { 21, 4, true }, { 21, 5, true }, { 21, 3, true },
    };

    [Theory, MemberData(nameof(Types))]
    public void QuantizesAndBack(int opset, int type, bool perChannel)
    {
        long[] zero = type switch { 2 => [128, 3, 255], 3 => [-128, 0, 7], 4 => [40000, 0, 7], _ => [-3, 0, 700] };
        GraphProto graph = Graph(perChannel ? _scales : _scales[..1], perChannel ? zero : zero[..1], type, perChannel ? 1 : null);
        graph.Output.AddRange([new ValueInfoProto { Name = "q" }, new ValueInfoProto { Name = "y" }]);
        OperatorOracle.Agrees(graph, opset, Values(3, 3, 5, 4), tolerance: 0);
    }

    [Fact]
    public void BlocksHaveTheirOwnScale()
    {
        // OnnxRuntime has blocks for types that the test cannot read back; by hand: rows of 5 in blocks of 2.
        using Tensor x = tensor([1f, 2f, 3f, 4f, 5f], [1, 5]), scale = tensor([1f, 0.5f, 2f], [1, 3]), zero = tensor([0L, 10L, 1L], [1, 3]);
        (string, object)[] attributes = [("axis", 1L), ("block_size", 2L)];
        using Tensor q = OperatorChecks.Run("QuantizeLinear", attributes, x, scale, zero), y = OperatorChecks.Run("DequantizeLinear", attributes, q, scale, zero);
        Assert.Equal([1f, 2f, 16f, 18f, 3f], q.data<float>().ToArray());
        Assert.Equal([1f, 2f, 3f, 4f, 4f], y.data<float>().ToArray());
    }

    [Fact]
    public void WithoutZeroPoint()
    {
        OperatorOracle.Agrees("QuantizeLinear", 13, [], Values(3, 4), [tensor(0.3f)], tolerance: 0);
        OperatorOracle.Agrees("QuantizeLinear", 21, [("output_dtype", 3L)], Values(3, 4), [tensor(0.3f)], tolerance: 0);
        OperatorOracle.Agrees("QuantizeLinear", 13, [("axis", -1L)], Values(3, 3), [tensor(_scales)], tolerance: 0);
    }

    [Fact]
    public void TheGradientPassesInsideTheRange()
    {
        using var scope = NewDisposeScope();
        Tensor x = tensor([-1f, 0.3f, 100f, 200f, 300f], [1, 5]).requires_grad_();
        Tensor q = OperatorChecks.Run("QuantizeLinear", [], x, tensor(1f), tensor(0L));
        Assert.Equal([0f, 0f, 100f, 200f, 255f], q.detach().data<float>().ToArray());
        OperatorChecks.Run("DequantizeLinear", [], q, tensor(1f), tensor(0L)).sum().backward();
        Assert.Equal([0f, 1f, 1f, 1f, 0f], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void NonsenseIsRefused()
    {
        foreach (string type in (string[])["QuantizeLinear", "DequantizeLinear"])
        {
            OperatorChecks.Refuses(type, [], [1, 3, 4, 4]);
            OperatorChecks.Refuses(type, [], [1, 3, 4, 4], ones(4));
            OperatorChecks.Refuses(type, [("axis", 4L)], [1, 3, 4, 4], ones(3));
            OperatorChecks.Refuses(type, [], [1, 3, 4, 4], ones(3), ones(1));
            OperatorChecks.Refuses(type, [("block_size", -1L)], [1, 3, 4, 4], ones(3));
            OperatorChecks.Refuses(type, [("block_size", 2L)], [1, 3, 4, 4], ones(3));
        }
        OperatorChecks.Refuses("QuantizeLinear", [("output_dtype", 17L)], [1, 3, 4, 4], ones(3));
    }

    private static GraphProto Graph(float[] scales, long[] zero, int type, long? axis)
    {
        var point = new TensorProto { Name = "zero", DataType = type };
        var scale = new TensorProto { Name = "scale", DataType = (int)DataType.Float };
        point.Int32Data.AddRange(zero.Select(v => (int)v));
        scale.FloatData.AddRange(scales);
        if (axis is not null)
        {
            point.Dims.Add(zero.Length);
            scale.Dims.Add(scales.Length);
        }
        var graph = new GraphProto { Name = "case", Input = { OnnxWriter.Value("x", [3, 3, 5, 4]) }, Initializer = { scale, point } };
        foreach (var (operation, from, to) in ((string, string, string)[])[("QuantizeLinear", "x", "q"), ("DequantizeLinear", "q", "y")])
        {
            var node = new NodeProto { Name = operation, OpType = operation, Input = { from, "scale", "zero" }, Output = { to } };
            if (axis is { } along) node.Attribute.Add(OnnxWriter.Attribute("axis", along));
            graph.Node.Add(node);
        }
        return graph;
    }
}
