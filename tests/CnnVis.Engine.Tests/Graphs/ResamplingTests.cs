using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Graphs;

/// <summary>Pad, Resize, DepthToSpace and SpaceToDepth against OnnxRuntime.</summary>
public sealed class ResamplingTests
{
    private static Tensor Values(params long[] shape) => randn(shape, generator: new Generator(1));

    [Theory]
    [InlineData("constant", new[] { 0L, 0L, 1L, 2L, 0L, 0L, 3L, 1L })]
    [InlineData("constant", new[] { 0L, 1L, -1L, 2L, 0L, 2L, 3L, -2L })]
    [InlineData("constant", new[] { 0L, 0L, -2L, -1L, 0L, 0L, -1L, 0L })]
    [InlineData("reflect", new[] { 0L, 0L, 1L, 2L, 0L, 0L, 3L, 1L })]
    [InlineData("reflect", new[] { 0L, 1L, 0L, 3L, 0L, 1L, 4L, 0L })]
    [InlineData("reflect", new[] { 0L, 0L, -1L, 2L, 0L, 0L, 2L, -1L })]
    [InlineData("edge", new[] { 0L, 1L, 7L, 2L, 0L, 2L, 3L, 9L })]
    [InlineData("edge", new[] { 0L, 0L, -2L, 2L, 0L, 0L, 3L, -1L })]
    public void Pad(string mode, long[] pads)
    {
        foreach (int opset in (int[])[11, 13, 18, 21])
            OperatorOracle.Agrees("Pad", opset, [("mode", mode)], Values(3, 3, 5, 4), [tensor(pads)]);
        OperatorOracle.Agrees("Pad", 10, [("mode", mode), ("pads", pads), ("value", 1.5f)], Values(3, 3, 5, 4));
        OperatorOracle.Agrees("Pad", 7, [("mode", mode), ("pads", pads)], Values(1, 3, 5, 4));
        OperatorChecks.Differentiates("Pad", [("mode", mode)], Values(3, 3, 5, 4), tensor(pads));
    }

    [Fact]
    public void PadMore()
    {
        OperatorOracle.Agrees("Pad", 13, [], Values(3, 3, 5, 4), [tensor([0L, 0, 1, 1, 0, 0, 1, 1]), tensor(-2.5f)]);
        OperatorOracle.Agrees("Pad", 18, [("mode", "edge")], Values(3, 3, 5, 4), [tensor([1L, 2, 3, 4]), null, tensor([3L, -2])]);
        OperatorOracle.Agrees("Pad", 21, [], Values(3, 3, 6), [tensor([2L, 1]), tensor(1f), tensor([-1L])]);
        OperatorOracle.Agrees("Pad", 19, [("mode", "wrap")], Values(3, 3, 5, 4), [tensor([0L, 0, 1, 3, 0, 0, 2, 4])]);
        OperatorOracle.Agrees("Pad", 13, [("mode", "reflect")], Values(3, 7), [tensor([0L, 2, 0, 3])]);
    }

    [Fact]
    public void PadNonsenseIsRefused()
    {
        OperatorChecks.Refuses("Pad", [("mode", "mirror")], [1, 3, 4, 4], tensor(new long[8]));
        OperatorChecks.Refuses("Pad", [], [1, 3, 4, 4], tensor(new long[7]));
        OperatorChecks.Refuses("Pad", [], [1, 3, 4, 4], tensor([0L, 0, -3, 0, 0, 0, -3, 0]));
        OperatorChecks.Refuses("Pad", [("mode", "edge")], [1, 3, 4, 4], tensor([0L, 0, -4, 0, 0, 0, 3, 0]));
        OperatorChecks.Refuses("Pad", [], [1, 3, 4, 4], tensor([0L, 0, long.MaxValue, 0, 0, 0, long.MaxValue, 0]));
        OperatorChecks.Refuses("Pad", [], [1, 3, 4, 4], tensor([0L, 0, long.MinValue, 0, 0, 0, 0, 0]));
        OperatorChecks.Refuses("Pad", [], [1, 3, 4, 4], tensor([0L, 0, 2000000000, 2000000000, 0, 0, 0, 0]));
        OperatorChecks.Refuses("Pad", [], [1, 3, 4, 4], tensor([1L, 1]), null, tensor([4L]));
        OperatorChecks.Refuses("Pad", [], [1, 3, 4, 4]);
    }

    public static TheoryData<float[]?, long[]?, long[]> Sizes => new()
    {
        { [1, 1, 2, 2], null, [3, 2, 3, 4] },
        { [1, 1, 0.6f, 0.5f], null, [1, 2, 7, 6] },
        { [1, 1, 1.5f, 0.75f], null, [3, 2, 5, 6] },
        { null, [1, 2, 7, 9], [1, 2, 3, 4] },
        { null, [1, 2, 3, 1], [1, 2, 7, 6] },
        { null, [1, 2, 5, 13], [1, 2, 5, 4] },
        { [1, 1, 2.4f], null, [3, 2, 5] },
    };

    [Theory, MemberData(nameof(Sizes))]
    public void Resize(float[]? scales, long[]? sizes, long[] shape)
    {
        // OnnxRuntime's linear and cubic modes want four dimensions here, and resize the last two.
        string[] modes = shape.Length == 4 ? ["nearest", "linear", "cubic"] : ["nearest", "linear"];
        foreach (string mode in modes)
            foreach (string coordinates in (string[])["half_pixel", "asymmetric", "align_corners", "pytorch_half_pixel", "half_pixel_symmetric"])
            {
                int opset = coordinates == "half_pixel_symmetric" ? 19 : 11;
                (string, object)[] attributes = [("mode", mode), ("coordinate_transformation_mode", coordinates)];
                // Exactly in the middle of two positions, where the last bit decides, and OnnxRuntime's is another one.
                if (mode == "nearest" && coordinates == "half_pixel_symmetric" && scales?[2] == 0.6f) continue;
                foreach (string nearest in mode == "nearest" ? (string[])["round_prefer_floor", "round_prefer_ceil", "floor", "ceil"] : ["round_prefer_floor"])
                    Check(opset, [.. attributes, ("nearest_mode", nearest)]);
                if (mode == "cubic")
                {
                    Check(opset, [.. attributes, ("cubic_coeff_a", -0.5f)]);
                    Check(opset, [.. attributes, ("exclude_outside", 1L)]);
                }
                OperatorChecks.Differentiates("Resize", attributes, Values(shape), Inputs(19));
            }

        void Check(int opset, (string, object)[] attributes)
        {
            foreach (int set in (int[])[opset, 19])
                try
                {
                    OperatorOracle.Agrees("Resize", set, attributes, Values(shape), Inputs(set));
                }
                catch (Xunit.Sdk.XunitException e)
                {
                    throw new InvalidOperationException($"opset {set}, {string.Join(", ", attributes)}: {e.Message}", e);
                }
        }

        // Before 13, empty tensors stand for what is left out.
        Tensor?[] Inputs(int opset)
        {
            Tensor? nothing = opset < 13 ? zeros(0) : null;
            return sizes is null ? [nothing, tensor(scales!)] : [nothing, nothing, tensor(sizes)];
        }
    }

    [Theory]
    [InlineData("linear", new[] { 0.5f, 0.4f }), InlineData("cubic", new[] { 0.5f, 0.4f }), InlineData("linear", new[] { 0.3f, 1.7f }), InlineData("cubic", new[] { 2f, 0.6f })]
    public void ResizeAntialiased(string mode, float[] scales)
    {
        foreach (long outside in (long[])[0, 1])
        {
            (string, object)[] attributes = [("mode", mode), ("antialias", 1L), ("exclude_outside", outside)];
            OperatorOracle.Agrees("Resize", 18, attributes, Values(3, 2, 9, 11), [null, tensor([1f, 1f, .. scales])]);
            OperatorChecks.Differentiates("Resize", attributes, Values(3, 2, 9, 11), null, tensor([1f, 1f, .. scales]));
        }
    }

    [Fact]
    public void ResizeMore()
    {
        OperatorOracle.Agrees("Resize", 18, [("axes", new[] { 2L, 3L }), ("mode", "linear")], Values(3, 2, 5, 6), [null, null, tensor([7L, 4])]);
        OperatorOracle.Agrees("Resize", 18, [("axes", new[] { 3L, 2L }), ("mode", "nearest")], Values(3, 2, 5, 6), [null, tensor([2f, 3f])]);
        foreach (string policy in (string[])["not_larger", "not_smaller"])
            OperatorOracle.Agrees("Resize", 18, [("axes", new[] { 2L, 3L }), ("keep_aspect_ratio_policy", policy), ("mode", "linear")], Values(3, 2, 5, 6), [null, null, tensor([9L, 7])]);
        foreach (string mode in (string[])["nearest", "linear", "cubic"])
            OperatorOracle.Agrees("Resize", 13, [("mode", mode), ("coordinate_transformation_mode", "tf_crop_and_resize"), ("extrapolation_value", 10f)], Values(1, 2, 5, 6),
                [tensor([0f, 0, 0.4f, -0.2f, 1, 1, 1.2f, 0.7f]), null, tensor([1L, 2, 4, 7])]);
        OperatorOracle.Agrees("Resize", 11, [("coordinate_transformation_mode", "tf_half_pixel_for_nn")], Values(3, 2, 5, 6), [zeros(0), tensor([1f, 1, 1.6f, 0.7f])]);
    }

    [Theory]
    [InlineData(7), InlineData(9), InlineData(10)]
    public void Upsample(int opset)
    {
        foreach (string mode in (string[])["nearest", "linear"])
            foreach (float[] scales in opset < 10 ? (float[][])[[1, 1, 2, 2], [1, 1, 1.5f, 2.4f]] : [[1, 1, 2, 2], [1, 1, 0.5f, 0.6f], [1, 1, 1.5f, 0.6f]])
                OperatorOracle.Agrees(opset == 10 ? "Resize" : "Upsample", opset, opset == 7 ? [("mode", mode), ("scales", scales)] : [("mode", mode)], Values(3, 2, 4, 5), opset == 7 ? [] : [tensor(scales)]);
    }

    [Fact]
    public void SettingsAreNotLearned()
    {
        Assert.All(["Resize", "Clip", "Pad", "QuantizeLinear"], type => Assert.False(OperatorCatalog.Create(type, OperatorAttributes.None).IsLearned(1)));
        Assert.Equal([true, true, false, false], Enumerable.Range(1, 4).Select(OperatorCatalog.Create("BatchNormalization", OperatorAttributes.None).IsLearned));
    }

    [Fact]
    public void ResizeNonsenseIsRefused()
    {
        OperatorChecks.Refuses("Resize", [("mode", "area")], [1, 3, 4, 4], null, ones(4));
        OperatorChecks.Refuses("Resize", [("coordinate_transformation_mode", "middle")], [1, 3, 4, 4], null, ones(4));
        OperatorChecks.Refuses("Resize", [], [1, 3, 4, 4]);
        OperatorChecks.Refuses("Resize", [], [1, 3, 4, 4], null, ones(4), ones(4));
        OperatorChecks.Refuses("Resize", [], [1, 3, 4, 4], null, ones(2));
        OperatorChecks.Refuses("Resize", [], [1, 3, 4, 4], null, zeros(4));
        OperatorChecks.Refuses("Resize", [], [1, 3, 4, 4], null, -ones(4));
        OperatorChecks.Refuses("Resize", [], [1, 3, 4, 4], null, ones(4) * float.NaN);
        OperatorChecks.Refuses("Resize", [], [1, 3, 4, 4], null, ones(4) * 1e30f);
        OperatorChecks.Refuses("Resize", [], [1, 3, 4, 4], null, ones(4) * 0.1f);
        OperatorChecks.Refuses("Resize", [], [1, 3, 4, 4], null, null, tensor([1L, 3, 2000000000, 2000000000]));
        OperatorChecks.Refuses("Resize", [], [1, 3, 4, 4], null, null, tensor([1L, 3, 0, 4]));
        OperatorChecks.Refuses("Resize", [("axes", new[] { 2L, 4L })], [1, 3, 4, 4], null, ones(2));
        OperatorChecks.Refuses("Resize", [("axes", new[] { 2L, 2L })], [1, 3, 4, 4], null, ones(2));
        OperatorChecks.Refuses("Resize", [("coordinate_transformation_mode", "tf_crop_and_resize")], [1, 3, 4, 4], null, ones(4));
    }

    [Theory]
    [InlineData("nearest", 2f, 3f), InlineData("linear", 2f, 1.5f), InlineData("cubic", 2.5f, 3f), InlineData("linear", 0.5f, 0.4f), InlineData("cubic", 0.7f, 1f)]
    public void ReceptiveFieldHoldsWhatCounts(string mode, float rows, float columns)
    {
        foreach (string coordinates in (string[])["half_pixel", "asymmetric", "align_corners"])
            foreach (long antialias in (long[])[0, 1])
                OperatorChecks.FieldHolds("Resize", [("mode", mode), ("coordinate_transformation_mode", coordinates), ("antialias", antialias)], [1, 1, 9, 8], null, tensor([1f, 1f, rows, columns]));
    }

    [Theory]
    [InlineData(2L), InlineData(3L), InlineData(1L)]
    public void Blocks(long block)
    {
        foreach (string mode in (string[])["DCR", "CRD"])
        {
            foreach (int opset in (int[])[11, 13]) OperatorOracle.Agrees("DepthToSpace", opset, [("blocksize", block), ("mode", mode)], Values(3, 2 * block * block, 3, 2));
            OperatorChecks.Differentiates("DepthToSpace", [("blocksize", block), ("mode", mode)], Values(3, 2 * block * block, 3, 2));
            OperatorChecks.FieldHolds("DepthToSpace", [("blocksize", block), ("mode", mode)], [1, block * block, 3, 2]);
        }
        OperatorOracle.Agrees("DepthToSpace", 7, [("blocksize", block)], Values(1, 2 * block * block, 3, 2));
        foreach (int opset in (int[])[7, 13]) OperatorOracle.Agrees("SpaceToDepth", opset, [("blocksize", block)], Values(3, 2, 3 * block, 2 * block));
        OperatorChecks.Differentiates("SpaceToDepth", [("blocksize", block)], Values(3, 2, 3 * block, 2 * block));
        OperatorChecks.FieldHolds("SpaceToDepth", [("blocksize", block)], [1, 2, 3 * block, 2 * block]);
    }

    [Fact]
    public void BlockNonsenseIsRefused()
    {
        OperatorChecks.Refuses("DepthToSpace", [("blocksize", 0L)], [1, 4, 2, 2]);
        OperatorChecks.Refuses("DepthToSpace", [("blocksize", 3L)], [1, 4, 2, 2]);
        OperatorChecks.Refuses("DepthToSpace", [("blocksize", 2L)], [1, 4, 2]);
        OperatorChecks.Refuses("DepthToSpace", [("blocksize", 2L), ("mode", "RDC")], [1, 4, 2, 2]);
        OperatorChecks.Refuses("DepthToSpace", [], [1, 4, 2, 2]);
        OperatorChecks.Refuses("SpaceToDepth", [("blocksize", -1L)], [1, 4, 2, 2]);
        OperatorChecks.Refuses("SpaceToDepth", [("blocksize", 4L)], [1, 4, 6, 8]);
        OperatorChecks.Refuses("SpaceToDepth", [("blocksize", long.MaxValue)], [1, 4, 6, 8]);
    }

    [Theory]
    [InlineData(1L), InlineData(2L), InlineData(4L)]
    public void GroupNormalizationOf18HasAScaleForEachGroup(long groups)
    {
        // OnnxRuntime has only that of 21; the same numbers for each channel of a group.
        using var scope = NewDisposeScope();
        Tensor x = Values(2, 4, 5, 3), scale = randn(groups, generator: new Generator(2)), bias = randn(groups, generator: new Generator(3));
        (string, object)[] attributes = [("num_groups", groups), ("epsilon", 1e-3f)];
        Tensor expected = OperatorChecks.Run("GroupNormalization", attributes, x, scale.repeat_interleave(4 / groups), bias.repeat_interleave(4 / groups));
        Tensor got = OperatorOracle.Ours("GroupNormalization", 18, attributes, x, [scale, bias]);
        Assert.True((got - expected).abs().max().item<float>() < 1e-5f);
    }
}
