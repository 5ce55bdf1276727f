using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Graphs;

/// <summary>Activations against OnnxRuntime.</summary>
public sealed class ActivationTests
{
    private static Tensor Values(params long[] shape) => randn(shape, generator: new Generator(1)) * 3;

    public static TheoryData<string, int, (string, object)[]> Plain => new()
    {
        { "Relu", 7, [] }, { "Relu", 13, [] }, { "Relu", 22, [] },
        { "LeakyRelu", 7, [] }, { "LeakyRelu", 16, [("alpha", 0.3f)] }, { "LeakyRelu", 22, [("alpha", -0.5f)] },
        { "Elu", 7, [] }, { "Elu", 22, [("alpha", 1.7f)] },
        { "Selu", 7, [] }, { "Selu", 22, [("alpha", 2f), ("gamma", 3f)] },
        { "Celu", 12, [] }, { "Celu", 17, [("alpha", 2.5f)] },
        { "Gelu", 20, [] }, { "Gelu", 20, [("approximate", "tanh")] }, { "Gelu", 22, [("approximate", "none")] },
        { "Softplus", 7, [] }, { "Softplus", 22, [] }, { "Softsign", 7, [] }, { "Mish", 18, [] }, { "Mish", 22, [] },
        { "Sigmoid", 7, [] }, { "Sigmoid", 13, [] }, { "Tanh", 7, [] }, { "Tanh", 13, [] },
        { "HardSigmoid", 7, [] }, { "HardSigmoid", 22, [("alpha", 1f / 6), ("beta", 0.4f)] }, { "HardSwish", 14, [] }, { "HardSwish", 22, [] },
        { "ThresholdedRelu", 10, [] }, { "ThresholdedRelu", 22, [("alpha", 0.4f)] },
        { "Softmax", 13, [("axis", 1L)] }, { "Softmax", 22, [] }, { "LogSoftmax", 13, [("axis", -2L)] }, { "LogSoftmax", 22, [] },
    };

    [Theory, MemberData(nameof(Plain))]
    public void AgreesWithOnnxRuntime(string type, int opset, (string, object)[] attributes)
    {
        OperatorOracle.Agrees(type, opset, attributes, Values(1, 3, 5, 4));
        OperatorOracle.Agrees(type, opset, attributes, Values(3, 7));
    }

    [Theory, MemberData(nameof(Plain))]
    public void HasAGradient(string type, int opset, (string, object)[] attributes)
    {
        Assert.InRange(opset, 7, 22);
        OperatorChecks.Differentiates(type, attributes, Values(2, 3, 4, 3));
    }

    [Theory]
    [InlineData("Relu"), InlineData("Sigmoid"), InlineData("Tanh"), InlineData("Elu"), InlineData("Selu"), InlineData("HardSwish"), InlineData("Gelu"), InlineData("Softplus")]
    public void ExtremeValuesStayFinite(string type) =>
        OperatorOracle.Agrees(type, 20, [], tensor([0f, -0f, 60f, -60f, 88f, -88f, 1e4f, -1e4f], [2, 4]));

    [Theory]
    [InlineData(11, -1f, 2f), InlineData(12, 0f, 6f), InlineData(13, 2f, -1f), InlineData(22, 0f, 6f), InlineData(13, null, 1f), InlineData(13, -0.5f, null), InlineData(13, null, null)]
    public void Clip(int opset, float? low, float? high)
    {
        Tensor?[] bounds = [low is { } l ? tensor(l) : null, high is { } h ? tensor(h) : null];
        OperatorOracle.Agrees("Clip", opset, [], Values(3, 2, 5, 3), high is null ? low is null ? [] : bounds[..1] : bounds);
        OperatorChecks.Differentiates("Clip", [], Values(3, 2, 5, 3), bounds);
    }

    [Theory]
    [InlineData(7, new[] { 3L, 1L, 1L }), InlineData(9, new[] { 1L }), InlineData(16, new[] { 3L, 5L, 4L }), InlineData(16, new[] { 1L, 3L, 1L, 1L }), InlineData(16, new[] { 4L }), InlineData(16, new long[0])]
    public void PRelu(int opset, long[] slope)
    {
        Tensor slopes = randn(slope, generator: new Generator(2));
        OperatorOracle.Agrees("PRelu", opset, [], Values(3, 3, 5, 4), [slopes]);
        OperatorChecks.Differentiates("PRelu", [], Values(3, 3, 5, 4), slopes);
    }

    [Fact]
    public void NonsenseIsRefused()
    {
        OperatorChecks.Refuses("Celu", [("alpha", 0f)], [1, 3, 4, 4]);
        OperatorChecks.Refuses("Gelu", [("approximate", "fast")], [1, 3, 4, 4]);
        OperatorChecks.Refuses("LeakyRelu", [("alpha", 1L)], [1, 3, 4, 4]);
        OperatorChecks.Refuses("Softmax", [("axis", 4L)], [1, 3, 4, 4]);
        OperatorChecks.Refuses("LogSoftmax", [("axis", -5L)], [1, 3, 4, 4]);
        OperatorChecks.Refuses("PRelu", [], [1, 3, 4, 4], ones(3));
        OperatorChecks.Refuses("PRelu", [], [1, 3, 4, 4], ones([2, 1, 3, 4, 4]));
        OperatorChecks.Refuses("Clip", [], [1, 3, 4, 4], ones(3));
    }
}
