using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Graphs;

/// <summary>Single operators against OnnxRuntime.</summary>
public sealed class OperatorTests
{
    [Theory]
    [InlineData(13), InlineData(22)]
    public void Relu(int opset) => OperatorOracle.Agrees("Relu", opset, [], randn([2, 3, 5, 4], generator: new Generator(1)));

    [Theory]
    [InlineData(13, 1L), InlineData(22, -1L)]
    public void Softmax(int opset, long axis) => OperatorOracle.Agrees("Softmax", opset, [("axis", axis)], randn([2, 3, 5, 4], generator: new Generator(1)));
}
