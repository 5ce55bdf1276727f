using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Graphs;

/// <summary>Normalisations against OnnxRuntime.</summary>
public sealed class NormalizationTests
{
    private static Tensor Values(ulong seed, params long[] shape) => randn(shape, generator: new Generator(seed)) * 2 + 0.5;

    private static Tensor Variance(params long[] shape) => rand(shape, generator: new Generator(9)) + 0.1;

    [Theory]
    [InlineData(7, new[] { 3L, 4L, 5L, 3L }, 1e-5f), InlineData(8, new[] { 1L, 4L, 5L, 3L }, 1e-5f), InlineData(9, new[] { 3L, 4L, 5L, 3L }, 1e-2f), InlineData(14, new[] { 3L, 4L, 6L }, 1e-5f), InlineData(15, new[] { 3L, 4L }, 1e-3f), InlineData(22, new[] { 1L, 4L, 5L, 3L }, 1e-5f)]
    public void BatchNormalization(int opset, long[] shape, float epsilon)
    {
        Tensor[] parameters = [Values(2, 4), Values(3, 4), Values(4, 4), Variance(4)];
        OperatorOracle.Agrees("BatchNormalization", opset, [("epsilon", epsilon), ("momentum", 0.8f)], Values(1, shape), parameters);
        OperatorChecks.Differentiates("BatchNormalization", [("epsilon", epsilon)], Values(1, shape), parameters);
    }

    [Theory]
    [InlineData(7, new[] { 3L, 4L, 5L, 3L }, 1e-5f), InlineData(22, new[] { 1L, 4L, 7L }, 1e-2f), InlineData(17, new[] { 3L, 4L, 1L, 1L }, 1e-5f)]
    public void InstanceNormalization(int opset, long[] shape, float epsilon)
    {
        OperatorOracle.Agrees("InstanceNormalization", opset, [("epsilon", epsilon)], Values(1, shape), [Values(2, 4), Values(3, 4)]);
        OperatorChecks.Differentiates("InstanceNormalization", [("epsilon", epsilon)], Values(1, shape), Values(2, 4), Values(3, 4));
    }

    [Theory]
    [InlineData(1L), InlineData(2L), InlineData(4L)]
    public void GroupNormalization(long groups)
    {
        foreach (long[] shape in (long[][])[[3, 4, 5, 3], [1, 4, 7]])
        {
            OperatorOracle.Agrees("GroupNormalization", 21, [("num_groups", groups), ("epsilon", 1e-3f)], Values(1, shape), [Values(2, 4), Values(3, 4)]);
            OperatorChecks.Differentiates("GroupNormalization", [("num_groups", groups)], Values(1, shape), Values(2, 4), Values(3, 4));
        }
    }

    [Theory]
    [InlineData(-1L, new[] { 5L }), InlineData(3L, new[] { 5L }), InlineData(2L, new[] { 4L, 5L }), InlineData(-3L, new[] { 3L, 4L, 5L }), InlineData(1L, new[] { 3L, 4L, 5L })]
    public void LayerNormalization(long axis, long[] scale)
    {
        OperatorOracle.Agrees("LayerNormalization", 17, [("axis", axis)], Values(1, 3, 3, 4, 5), [Values(2, scale), Values(3, scale)]);
        OperatorOracle.Agrees("LayerNormalization", 22, [("axis", axis), ("epsilon", 1e-2f)], Values(1, 1, 3, 4, 5), [Values(2, scale)]);
        OperatorChecks.Differentiates("LayerNormalization", [("axis", axis)], Values(1, 3, 3, 4, 5), Values(2, scale), Values(3, scale));
    }

    [Fact]
    public void LayerNormalizationSpreadsItsScale()
    {
        // By hand, as OnnxRuntime wants the scale to be of the normalised shape in some versions: x = ±1 has mean 0 and variance 1.
        using Tensor y = OperatorChecks.Run("LayerNormalization", [("epsilon", 0f)], tensor([1f, -1f, -1f, 1f], [1, 2, 2]), tensor([2f, 3f], [2, 1]), tensor([0.5f]));
        Assert.Equal([2.5f, -1.5f, -2.5f, 3.5f], y.data<float>().ToArray());
    }

    [Theory]
    [InlineData(7, 1L), InlineData(11, 3L), InlineData(13, 5L), InlineData(22, 15L)]
    public void LRN(int opset, long size)
    {
        OperatorOracle.Agrees("LRN", opset, [("size", size), ("alpha", 0.3f), ("beta", 0.6f), ("bias", 2f)], Values(1, 3, 7, 4, 3));
        OperatorOracle.Agrees("LRN", opset, [("size", size)], Values(1, 1, 7, 4, 3));
        OperatorChecks.Differentiates("LRN", [("size", size), ("alpha", 0.3f)], Values(1, 3, 7, 4, 3));
    }

    [Theory]
    [InlineData(2L), InlineData(4L), InlineData(5L), InlineData(30L)]
    public void LRNByHand(long size)
    {
        // OnnxRuntime has odd sizes only; the formula in plain loops has all.
        using var scope = NewDisposeScope();
        Tensor x = Values(1, 2, 6, 2, 1);
        float[,,] values = new float[2, 6, 2];
        float[] flat = x.data<float>().ToArray(), got = OperatorChecks.Run("LRN", [("size", size), ("alpha", 0.5f), ("bias", 1.5f)], x).data<float>().ToArray();
        for (int i = 0; i < flat.Length; i++) values[i / 12, i / 2 % 6, i % 2] = flat[i];
        for (int i = 0; i < flat.Length; i++)
        {
            int channel = i / 2 % 6;
            double sum = 0;
            for (int c = Math.Max(0, channel - (int)(size - 1) / 2); c <= Math.Min(5, channel + (int)size / 2); c++) sum += Math.Pow(values[i / 12, c, i % 2], 2);
            Assert.Equal(flat[i] / Math.Pow(1.5 + 0.5 / size * sum, 0.75), got[i], 1e-5);
        }
    }

    [Fact]
    public void NonsenseIsRefused()
    {
        Tensor four = ones(4), three = ones(3);
        OperatorChecks.Refuses("BatchNormalization", [], [1, 3, 4, 4], four, four, four, four);
        OperatorChecks.Refuses("BatchNormalization", [], [1, 4, 4, 4], four, four, four);
        OperatorChecks.Refuses("BatchNormalization", [("training_mode", 1L)], [1, 4, 4, 4], four, four, four, four);
        OperatorChecks.Refuses("InstanceNormalization", [], [1, 4, 4, 4], four, three);
        OperatorChecks.Refuses("InstanceNormalization", [], [1, 4], four, four);
        OperatorChecks.Refuses("GroupNormalization", [("num_groups", 3L)], [1, 4, 4, 4], four, four);
        OperatorChecks.Refuses("GroupNormalization", [("num_groups", 0L)], [1, 4, 4, 4], four, four);
        OperatorChecks.Refuses("GroupNormalization", [], [1, 4, 4, 4], four, four);
        OperatorChecks.Refuses("LayerNormalization", [("axis", 4L)], [1, 4, 4, 4], four);
        OperatorChecks.Refuses("LayerNormalization", [], [1, 4, 4, 4], three);
        OperatorChecks.Refuses("LRN", [("size", 0L)], [1, 4, 4, 4]);
        OperatorChecks.Refuses("LRN", [("size", long.MaxValue)], [1, 4, 4, 4]);
        OperatorChecks.Refuses("LRN", [("size", 3L)], [4]);
    }
}
