using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Graphs;

/// <summary>Conv and ConvTranspose against OnnxRuntime.</summary>
public sealed class ConvolutionTests
{
    private static Tensor Values(ulong seed, params long[] shape) => randn(shape, generator: new Generator(seed));

    /// <summary>Attributes, shape of the input, shape of the weights.</summary>
    public static TheoryData<(string, object)[], long[], long[]> Convolutions => new()
    {
        { [], [1, 3, 7, 6], [4, 3, 3, 2] },
        { [("kernel_shape", new[] { 3L, 3L }), ("pads", new[] { 1L, 1L, 1L, 1L }), ("strides", new[] { 2L, 2L })], [3, 3, 9, 8], [4, 3, 3, 3] },
        { [("pads", new[] { 0L, 2L, 3L, 1L }), ("strides", new[] { 2L, 3L })], [3, 2, 9, 11], [4, 2, 3, 4] },
        { [("pads", new[] { 5L, 4L, 5L, 4L })], [1, 2, 3, 3], [1, 2, 3, 3] },
        { [("dilations", new[] { 2L, 3L }), ("pads", new[] { 2L, 0L, 1L, 4L })], [2, 2, 9, 11], [3, 2, 3, 3] },
        { [("group", 2L), ("pads", new[] { 1L, 1L, 1L, 1L })], [3, 4, 5, 5], [6, 2, 3, 3] },
        { [("group", 4L), ("dilations", new[] { 2L, 2L }), ("pads", new[] { 2L, 2L, 2L, 2L })], [2, 4, 7, 7], [8, 1, 3, 3] },
        { [("auto_pad", "SAME_UPPER"), ("strides", new[] { 2L, 3L })], [3, 2, 7, 8], [3, 2, 4, 3] },
        { [("auto_pad", "SAME_LOWER"), ("strides", new[] { 2L, 3L })], [3, 2, 7, 8], [3, 2, 4, 3] },
        { [("auto_pad", "SAME_LOWER")], [1, 2, 6, 7], [3, 2, 2, 4] },
        { [("auto_pad", "SAME_UPPER"), ("strides", new[] { 3L, 3L })], [1, 2, 7, 9], [3, 2, 1, 1] },
        { [("auto_pad", "VALID"), ("strides", new[] { 2L, 2L })], [3, 2, 7, 8], [3, 2, 4, 3] },
        { [("pads", new[] { 1L, 2L })], [3, 3, 9], [4, 3, 3] },
        { [("group", 3L), ("strides", new[] { 2L }), ("dilations", new[] { 2L }), ("pads", new[] { 2L, 2L })], [3, 3, 10], [6, 1, 3] },
        { [("auto_pad", "SAME_LOWER"), ("strides", new[] { 2L })], [1, 3, 9], [4, 3, 4] },
        { [("strides", new[] { 3L, 3L })], [2, 1, 5, 5], [2, 1, 5, 5] },
    };

    [Theory, MemberData(nameof(Convolutions))]
    public void Conv((string, object)[] attributes, long[] input, long[] weights)
    {
        OperatorOracle.Agrees("Conv", 7, attributes, Values(1, input), [Values(2, weights)]);
        OperatorOracle.Agrees("Conv", 22, attributes, Values(1, input), [Values(2, weights), Values(3, weights[0])]);
        OperatorChecks.Differentiates("Conv", attributes, Values(1, input), Values(2, weights), Values(3, weights[0]));
    }

    [Theory]
    [InlineData("SAME_UPPER", new[] { 1L, 2L, 1L, 3L }), InlineData("SAME_LOWER", new[] { 1L, 3L, 1L, 2L })]
    public void AutoPadCountsDilation(string autoPad, long[] pads)
    {
        // OnnxRuntime refuses the two together; the padding by hand, ⌈extent / stride⌉ outputs: (⌈8 / 2⌉ − 1) · 2 + 7 − 8 = 5 columns.
        (string, object)[] rest = [("dilations", new[] { 2L, 3L }), ("strides", new[] { 1L, 2L })];
        using Tensor x = Values(1, 2, 2, 9, 8), weight = Values(2, 3, 2, 2, 3);
        using Tensor got = OperatorChecks.Run("Conv", [.. rest, ("auto_pad", autoPad)], x, weight), expected = OperatorChecks.Run("Conv", [.. rest, ("pads", pads)], x, weight);
        Assert.Equal([2, 3, 9, 4], got.shape);
        Assert.Equal(expected.data<float>().ToArray(), got.data<float>().ToArray());
    }

    /// <summary>Attributes, shape of the input, shape of the weights [C, M / group, …].</summary>
    public static TheoryData<(string, object)[], long[], long[]> Transposed => new()
    {
        { [], [1, 3, 4, 5], [3, 2, 3, 2] },
        { [("strides", new[] { 2L, 2L }), ("pads", new[] { 1L, 1L, 1L, 1L })], [3, 3, 4, 5], [3, 2, 4, 4] },
        { [("strides", new[] { 2L, 3L }), ("pads", new[] { 1L, 1L, 1L, 1L }), ("output_padding", new[] { 1L, 2L })], [3, 3, 4, 5], [3, 2, 3, 3] },
        { [("strides", new[] { 2L, 3L }), ("pads", new[] { 0L, 1L, 2L, 1L })], [1, 3, 4, 5], [3, 2, 3, 3] },
        { [("strides", new[] { 2L, 2L }), ("pads", new[] { 2L, 0L, 0L, 1L }), ("output_padding", new[] { 1L, 1L })], [3, 2, 4, 3], [2, 2, 3, 3] },
        { [("group", 2L), ("strides", new[] { 2L, 2L })], [3, 4, 3, 3], [4, 3, 2, 2] },
        { [("group", 4L), ("dilations", new[] { 2L, 1L }), ("pads", new[] { 1L, 1L, 0L, 1L })], [1, 4, 4, 4], [4, 1, 3, 3] },
        { [("dilations", new[] { 2L, 3L }), ("pads", new[] { 2L, 2L, 2L, 2L }), ("strides", new[] { 2L, 2L })], [1, 2, 4, 4], [2, 2, 3, 3] },
        { [("auto_pad", "SAME_UPPER"), ("strides", new[] { 2L, 3L })], [3, 2, 4, 5], [2, 3, 3, 4] },
        { [("auto_pad", "SAME_LOWER"), ("strides", new[] { 2L, 3L })], [3, 2, 4, 5], [2, 3, 3, 4] },
        { [("auto_pad", "SAME_LOWER"), ("strides", new[] { 1L, 2L })], [3, 2, 4, 5], [2, 3, 4, 3] },
        { [("auto_pad", "SAME_UPPER"), ("strides", new[] { 3L, 3L })], [1, 2, 3, 3], [2, 1, 2, 2] },
        { [("auto_pad", "VALID"), ("strides", new[] { 2L, 2L })], [1, 2, 4, 5], [2, 3, 3, 4] },
        { [("output_shape", new[] { 10L, 8L }), ("strides", new[] { 3L, 2L })], [3, 3, 3, 3], [3, 2, 3, 3] },
        { [("output_shape", new[] { 6L, 6L }), ("strides", new[] { 2L, 2L }), ("auto_pad", "SAME_UPPER")], [1, 3, 3, 3], [3, 2, 3, 3] },
        { [("output_shape", new[] { 6L, 6L }), ("strides", new[] { 2L, 2L })], [1, 3, 3, 3], [3, 2, 3, 3] },
        { [("strides", new[] { 2L }), ("pads", new[] { 1L, 0L })], [3, 2, 5], [2, 3, 4] },
        { [("strides", new[] { 3L }), ("pads", new[] { 1L, 1L }), ("output_padding", new[] { 1L })], [1, 2, 5], [2, 3, 4] },
        { [("auto_pad", "SAME_UPPER"), ("strides", new[] { 2L })], [1, 2, 5], [2, 3, 3] },
    };

    [Theory, MemberData(nameof(Transposed))]
    public void ConvTranspose((string, object)[] attributes, long[] input, long[] weights)
    {
        long filters = weights[1] * (long)(attributes.FirstOrDefault(a => a.Item1 == "group").Item2 ?? 1L);
        OperatorOracle.Agrees("ConvTranspose", 11, attributes, Values(1, input), [Values(2, weights)]);
        OperatorOracle.Agrees("ConvTranspose", 22, attributes, Values(1, input), [Values(2, weights), Values(3, filters)]);
        OperatorChecks.Differentiates("ConvTranspose", attributes, Values(1, input), Values(2, weights), Values(3, filters));
    }

    /// <summary>Where the derivative at a picture is wanted, a strided convolution is computed over blocks.</summary>
    [Theory]
    [InlineData(3, new[] { 21L, 23L }, new[] { 11L, 11L }, new[] { 4L, 4L }, new[] { 2L, 2L, 2L, 2L })]
    [InlineData(3, new[] { 16L, 15L }, new[] { 7L, 7L }, new[] { 2L, 2L }, new[] { 3L, 3L, 3L, 3L })]
    [InlineData(1, new[] { 14L, 20L }, new[] { 5L, 8L }, new[] { 2L, 3L }, new[] { 1L, 0L, 0L, 2L })]
    [InlineData(4, new[] { 12L, 12L }, new[] { 6L, 6L }, new[] { 2L, 2L }, new[] { 0L, 0L, 0L, 0L })]
    [InlineData(2, new[] { 13L, 14L }, new[] { 5L, 5L }, new[] { 2L, 2L }, new[] { 0L, 0L, 0L, 0L })] // the last column is out of reach
    public void OverBlocksItIsTheSame(long channels, long[] size, long[] kernel, long[] strides, long[] pads)
    {
        using var scope = NewDisposeScope();
        Tensor x = Values(1, 2, channels, size[0], size[1]), weight = Values(2, 5, channels, kernel[0], kernel[1]), bias = Values(3, 5);
        var conv = new CnnVis.Engine.Graphs.Operators.Convolutions.Conv(new OperatorAttributes(("strides", strides), ("pads", pads)));
        Tensor leaf = x.detach().requires_grad_(true), other = x.detach().requires_grad_(true), padded = nn.functional.pad(other, [pads[1], pads[3], pads[0], pads[2]]);
        Tensor folded = conv.Forward([leaf, weight, bias]), plain = nn.functional.conv2d(padded, weight, bias, strides), slopes = Values(4, plain.shape);
        Assert.Equal(plain.shape, folded.shape);
        Assert.True(folded.allclose(plain, 1e-4, 1e-4));
        Assert.True(autograd.grad([folded], [leaf], [slopes])[0].allclose(autograd.grad([plain], [other], [slopes])[0], 1e-4, 1e-4));
    }

    [Fact]
    public void AnOutputLargerThanTheWindowsReachHoldsTheBias()
    {
        // OnnxRuntime refuses it; by hand: 2 inputs under a window of 2 with stride 2 fill 4 of 6 places.
        using Tensor y = OperatorChecks.Run("ConvTranspose", [("strides", new[] { 2L }), ("output_shape", new[] { 6L })], tensor([1f, 2f], [1, 1, 2]), tensor([1f, 10f], [1, 1, 2]), tensor([0.5f]));
        Assert.Equal([1.5f, 10.5f, 2.5f, 20.5f, 0.5f, 0.5f], y.data<float>().ToArray());
    }

    [Theory, MemberData(nameof(Convolutions))]
    public void ReceptiveFieldHoldsWhatCounts((string, object)[] attributes, long[] input, long[] weights) => OperatorChecks.FieldHolds("Conv", attributes, input, ones(weights));

    [Theory, MemberData(nameof(Transposed))]
    public void ReceptiveFieldOfTheTransposedHoldsWhatCounts((string, object)[] attributes, long[] input, long[] weights) => OperatorChecks.FieldHolds("ConvTranspose", attributes, input, ones(weights));

    [Fact]
    public void MultiplyAddsAreCounted()
    {
        using Graph conv = OperatorChecks.Single("Conv", [("group", 2L)], [1, 4, 5, 5], ones(6, 2, 3, 3)), transposed = OperatorChecks.Single("ConvTranspose", [("strides", new[] { 2L, 2L })], [1, 4, 5, 5], ones(4, 3, 2, 2));
        Assert.Equal(6 * 3 * 3 * 2 * 9, new ShapeWalk(conv).MultiplyAdds(conv.Nodes[0]));
        Assert.Equal(4 * 25 * 3 * 4, new ShapeWalk(transposed).MultiplyAdds(transposed.Nodes[0]));
    }

    public static TheoryData<string, (string, object)[], long[]> Nonsense => new()
    {
        { "Conv", [("strides", new[] { 0L, 1L })], [4, 3, 3, 3] },
        { "Conv", [("strides", new[] { -1L, 1L })], [4, 3, 3, 3] },
        { "Conv", [("strides", new[] { 1L })], [4, 3, 3, 3] },
        { "Conv", [("strides", 2L)], [4, 3, 3, 3] },
        { "Conv", [("dilations", new[] { 0L, 1L })], [4, 3, 3, 3] },
        { "Conv", [("dilations", new[] { long.MaxValue, 1L })], [4, 3, 3, 3] },
        { "Conv", [("dilations", new[] { 1L, 1L, 1L })], [4, 3, 3, 3] },
        { "Conv", [("pads", new[] { 1L, 1L })], [4, 3, 3, 3] },
        { "Conv", [("pads", new[] { -1L, 0L, 0L, 0L })], [4, 3, 3, 3] },
        { "Conv", [("pads", new[] { long.MaxValue, 0L, long.MaxValue, 0L })], [4, 3, 3, 3] },
        { "Conv", [("pads", new[] { 2000000000L, 2000000000L, 0L, 0L }), ("strides", new[] { 1000000000L, 1000000000L })], [4, 3, 3, 3] },
        { "Conv", [("group", 0L)], [4, 3, 3, 3] },
        { "Conv", [("group", -3L)], [4, 3, 3, 3] },
        { "Conv", [("group", 2L)], [4, 3, 3, 3] },
        { "Conv", [("group", 3L)], [4, 1, 3, 3] },
        { "Conv", [("kernel_shape", new[] { 5L, 5L })], [4, 3, 3, 3] },
        { "Conv", [("kernel_shape", new[] { -3L, 3L })], [4, 3, 3, 3] },
        { "Conv", [("auto_pad", "SAME")], [4, 3, 3, 3] },
        { "Conv", [], [4, 3, 9, 9] },
        { "Conv", [], [4, 2, 3, 3] },
        { "Conv", [], [4, 3, 3] },
        { "Conv", [], [4] },
        { "Conv", [], [4, 3, 1, 3, 3] },
        { "ConvTranspose", [("strides", new[] { 0L, 1L })], [3, 4, 3, 3] },
        { "ConvTranspose", [("strides", new[] { 2000000000L, 2000000000L })], [3, 4, 3, 3] },
        { "ConvTranspose", [("pads", new[] { 9L, 9L, 9L, 9L })], [3, 4, 3, 3] },
        { "ConvTranspose", [("output_padding", new[] { -1L, 0L })], [3, 4, 3, 3] },
        { "ConvTranspose", [("output_padding", new[] { 1L })], [3, 4, 3, 3] },
        { "ConvTranspose", [("output_shape", new[] { 0L, 4L })], [3, 4, 3, 3] },
        { "ConvTranspose", [("output_shape", new[] { 4L })], [3, 4, 3, 3] },
        { "ConvTranspose", [("output_shape", new[] { 2000000000L, 2000000000L })], [3, 4, 3, 3] },
        { "ConvTranspose", [("group", 2L)], [3, 4, 3, 3] },
        { "ConvTranspose", [], [4, 3, 3, 3] },
        { "ConvTranspose", [], [3, 4, 3, 3, 3] },
    };

    [Theory, MemberData(nameof(Nonsense))]
    public void NonsenseIsRefused(string type, (string, object)[] attributes, long[] weights) => OperatorChecks.Refuses(type, attributes, [1, 3, 5, 5], ones(weights));

    [Fact]
    public void ABiasOfTheWrongLengthIsRefused()
    {
        OperatorChecks.Refuses("Conv", [], [1, 3, 5, 5], ones(4, 3, 3, 3), ones(3));
        OperatorChecks.Refuses("ConvTranspose", [], [1, 3, 5, 5], ones(3, 4, 3, 3), ones(3));
    }
}
