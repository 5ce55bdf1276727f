using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Graphs;

/// <summary>Pools against OnnxRuntime.</summary>
public sealed class PoolingTests
{
    private static Tensor Values(params long[] shape) => randn(shape, generator: new Generator(1));

    /// <summary>First and last opset to try, attributes, shape of the input.</summary>
    public static TheoryData<string, int, (string, object)[], long[]> Pools
    {
        get
        {
            var data = new TheoryData<string, int, (string, object)[], long[]>();
            foreach (string type in (string[])["MaxPool", "AveragePool", "LpPool"])
            {
                void Case(int opset, long[] input, params (string, object)[] attributes) => data.Add(type, opset, attributes, input);
                // LpPool has ceil_mode and dilations since 18; AveragePool ceil_mode since 10, dilations since 19; MaxPool both since 10.
                int ceil = type == "LpPool" ? 18 : 10, dilated = type switch { "LpPool" => 18, "AveragePool" => 19, _ => 10 };
                Case(7, [1, 2, 7, 6], ("kernel_shape", new[] { 2L, 3L }));
                Case(11, [3, 2, 7, 6], ("kernel_shape", new[] { 3L, 3L }), ("strides", new[] { 2L, 2L }), ("pads", new[] { 1L, 1L, 1L, 1L }));
                Case(11, [3, 2, 7, 6], ("kernel_shape", new[] { 3L, 3L }), ("strides", new[] { 2L, 2L }), ("pads", new[] { 2L, 2L, 2L, 2L }));
                Case(17, [3, 2, 9, 8], ("kernel_shape", new[] { 3L, 4L }), ("strides", new[] { 2L, 3L }), ("pads", new[] { 0L, 1L, 2L, 3L }));
                Case(22, [3, 2, 9, 8], ("kernel_shape", new[] { 3L, 2L }), ("auto_pad", "SAME_UPPER"), ("strides", new[] { 2L, 1L }));
                Case(22, [3, 2, 9, 8], ("kernel_shape", new[] { 4L, 2L }), ("auto_pad", "SAME_LOWER"), ("strides", new[] { 2L, 3L }));
                Case(11, [3, 2, 9, 8], ("kernel_shape", new[] { 4L, 2L }), ("auto_pad", "VALID"), ("strides", new[] { 2L, 3L }));
                Case(ceil, [1, 2, 7, 8], ("kernel_shape", new[] { 2L, 2L }), ("strides", new[] { 2L, 3L }), ("ceil_mode", 1L));
                Case(ceil, [3, 2, 7, 8], ("kernel_shape", new[] { 3L, 3L }), ("strides", new[] { 2L, 2L }), ("pads", new[] { 1L, 1L, 1L, 1L }), ("ceil_mode", 1L));
                Case(22, [3, 2, 7, 8], ("kernel_shape", new[] { 3L, 3L }), ("strides", new[] { 2L, 3L }), ("pads", new[] { 0L, 1L, 2L, 0L }), ("ceil_mode", 1L));
                // The last window would lie in the padding: it is dropped.
                Case(22, [1, 2, 4, 4], ("kernel_shape", new[] { 2L, 2L }), ("strides", new[] { 3L, 3L }), ("pads", new[] { 1L, 1L, 1L, 1L }), ("ceil_mode", 1L));
                Case(22, [1, 1, 2, 5], ("kernel_shape", new[] { 1L, 2L }), ("strides", new[] { 2L, 4L }), ("pads", new[] { 0L, 0L, 0L, 1L }), ("ceil_mode", 1L));
                Case(dilated, [3, 2, 9, 11], ("kernel_shape", new[] { 3L, 2L }), ("dilations", new[] { 2L, 3L }));
                Case(22, [3, 2, 9, 11], ("kernel_shape", new[] { 3L, 2L }), ("dilations", new[] { 2L, 3L }), ("pads", new[] { 1L, 0L, 1L, 1L }), ("strides", new[] { 2L, 2L }));
                Case(22, [3, 2, 9, 11], ("kernel_shape", new[] { 3L, 2L }), ("dilations", new[] { 2L, 2L }), ("strides", new[] { 3L, 3L }), ("ceil_mode", 1L));
                Case(11, [3, 2, 9], ("kernel_shape", new[] { 3L }), ("strides", new[] { 2L }), ("pads", new[] { 1L, 1L }));
                Case(22, [3, 2, 8], ("kernel_shape", new[] { 3L }), ("strides", new[] { 3L }), ("pads", new[] { 1L, 0L }), ("ceil_mode", 1L));
                Case(22, [1, 2, 8], ("kernel_shape", new[] { 4L }), ("strides", new[] { 3L }), ("auto_pad", "SAME_LOWER"));
            }
            return data;
        }
    }

    [Theory, MemberData(nameof(Pools))]
    public void AgreesWithOnnxRuntime(string type, int opset, (string, object)[] attributes, long[] input)
    {
        OperatorOracle.Agrees(type, opset, attributes, Values(input));
        if (type == "AveragePool") OperatorOracle.Agrees(type, opset, [.. attributes, ("count_include_pad", 1L)], Values(input));
        if (type == "LpPool") OperatorOracle.Agrees(type, opset, [.. attributes, ("p", 3L)], Values(input));
    }

    [Theory, MemberData(nameof(Pools))]
    public void HasAGradient(string type, int opset, (string, object)[] attributes, long[] input)
    {
        Assert.InRange(opset, 7, 22);
        OperatorChecks.Differentiates(type, attributes, Values(input));
    }

    [Theory]
    [InlineData("GlobalAveragePool"), InlineData("GlobalMaxPool"), InlineData("GlobalLpPool")]
    public void GlobalPoolsAgree(string type)
    {
        foreach (int opset in (int[])[7, type == "GlobalLpPool" ? 21 : 22]) // OnnxRuntime has no GlobalLpPool of 22, which is the same
        {
            OperatorOracle.Agrees(type, opset, [], Values(3, 2, 7, 5));
            OperatorOracle.Agrees(type, opset, [], Values(1, 2, 7));
        }
        if (type == "GlobalLpPool") OperatorOracle.Agrees(type, 11, [("p", 1L)], Values(3, 2, 7, 5));
        OperatorChecks.Differentiates(type, [], Values(3, 2, 7, 5));
        OperatorChecks.Refuses(type, [], [1, 3]);
    }

    [Fact]
    public void LpPoolOfNothingHasAGradient()
    {
        using var scope = NewDisposeScope();
        Tensor x = zeros(1, 1, 4, 4).requires_grad_();
        OperatorChecks.Run("LpPool", [("kernel_shape", new[] { 2L, 2L })], x).sum().backward();
        Assert.Equal(0, x.grad!.abs().sum().item<float>());
    }

    public static TheoryData<string, (string, object)[]> Nonsense
    {
        get
        {
            var data = new TheoryData<string, (string, object)[]>();
            foreach (string type in (string[])["MaxPool", "AveragePool", "LpPool"])
            {
                void Case(params (string, object)[] attributes) => data.Add(type, attributes);
                Case();
                Case(("kernel_shape", new[] { 0L, 2L }));
                Case(("kernel_shape", new[] { -2L, 2L }));
                Case(("kernel_shape", new[] { 2L }));
                Case(("kernel_shape", new[] { 2L, 2L, 2L }));
                Case(("kernel_shape", new[] { 9L, 9L }));
                Case(("kernel_shape", new[] { 2L, 2L }), ("strides", new[] { 0L, 0L }));
                Case(("kernel_shape", new[] { 2L, 2L }), ("strides", new[] { 1L, -2L }));
                Case(("kernel_shape", new[] { 2L, 2L }), ("pads", new[] { 2L, 2L, 2L, 2L }));
                Case(("kernel_shape", new[] { 2L, 2L }), ("pads", new[] { 0L, 0L, 0L, -1L }));
                Case(("kernel_shape", new[] { 2L, 2L }), ("pads", new[] { 1L, 1L, 1L }));
                Case(("kernel_shape", new[] { 2L, 2L }), ("dilations", new[] { 0L, 1L }));
                Case(("kernel_shape", new[] { 2L, 2L }), ("auto_pad", "same_upper"));
                Case(("kernel_shape", new[] { long.MaxValue, long.MaxValue }));
                Case(("kernel_shape", new[] { 2000000000L, 2000000000L }), ("pads", new[] { 1999999999L, 1999999999L, 1999999999L, 1999999999L }));
            }
            data.Add("LpPool", [("kernel_shape", new[] { 2L, 2L }), ("p", 0L)]);
            data.Add("GlobalLpPool", [("p", -1L)]);
            return data;
        }
    }

    [Theory, MemberData(nameof(Nonsense))]
    public void NonsenseIsRefused(string type, (string, object)[] attributes) => OperatorChecks.Refuses(type, attributes, [1, 3, 5, 5]);
}
