using CnnVis.Engine.Graphs.Operators;
using CnnVis.Engine.Graphs.Operators.Activations;
using CnnVis.Engine.Graphs.Operators.Arithmetic;
using CnnVis.Engine.Graphs.Operators.Convolutions;
using CnnVis.Engine.Graphs.Operators.Normalization;
using CnnVis.Engine.Graphs.Operators.Pooling;
using CnnVis.Engine.Graphs.Operators.Products;
using CnnVis.Engine.Graphs.Operators.Reductions;
using CnnVis.Engine.Graphs.Operators.Shapes;
using F = TorchSharp.torch.nn.functional;

namespace CnnVis.Engine.Graphs.Patches;

/// <summary>Which rule each operator has.</summary>
internal static class PatchRules
{
    /// <summary>How a change that is confined to a patch of the inputs' maps moves through an operator; null where it may change everything.</summary>
    public static PatchRule? Of(Operator @operator, Operand?[] inputs) => @operator switch
    {
        Conv conv => Convolution(conv.Windows(inputs), conv.Groups),
        MaxPool { Attributes.Output: 0 } pool => Maximum(pool.Windows(inputs)),
        AveragePool pool => Mean(pool.Windows(inputs)),
        GlobalAveragePool => new MeanRule(),
        Reduction { Type: OperatorNames.ReduceMean } mean => inputs[0] is { Shape.Length: 4 } && mean.Reduced(inputs) is [2, 3] ? new MeanRule() : null,
        Gemm gemm => gemm.TransposesA ? null : new LinearRule(weights: 1, gemm.TransposesB, gemm.Alpha),
        MatMul => new LinearRule(weights: 1, transposed: false, factor: 1),
        Concat concat => inputs[0] is { Shape.Length: 4 } && concat.Joined(inputs) == 1 ? new ConcatRule() : null,
        Slice slice => slice.CutAxes(inputs).All(axis => axis == 1) ? new PointwiseRule(1) : null,
        Split split => split.Along(inputs) == 1 ? new PointwiseRule(1) : null,
        Flatten or Reshape => new FoldRule(),
        Identity or Dropout { Attributes.Output: 0 } => new AliasRule(),
        AxisSoftmax softmax => softmax.Along is 1 or -3 ? new PointwiseRule(1) : null,
        _ when @operator.Traits.HasFlag(OperatorTraits.Predicate) => null, // true and false are no numbers
        BatchNormalization normalization => new NormalizationRule(normalization),
        { Type: OperatorNames.Relu } => new RectifierRule(),
        Pointwise or Clip => new PointwiseRule(1),
        PRelu or VariadicFunction => new PointwiseRule(),
        _ when @operator.Traits.HasFlag(OperatorTraits.Arithmetic) => new PointwiseRule(),
        _ => null,
    };

    private static WindowRule Convolution(WindowPlacement windows, long groups) =>
        new(windows.Window(), 0, i => F.conv2d(i[0]!, i[1]!, i.ElementAtOrDefault(2), windows.Strides, null, windows.Dilations, groups), isDense: groups == 1);

    private static WindowRule Maximum(WindowPlacement windows) =>
        new(windows.Window(), float.NegativeInfinity, i => F.max_pool2d(i[0]!, windows.Kernel, windows.Strides, null, windows.Dilations));

    private static WindowRule? Mean(WindowPlacement windows) => Array.TrueForAll(windows.Dilations, d => d == 1)
        ? new WindowRule(windows.Window(), 0, i => F.avg_pool2d(i[0]!, windows.Kernel, windows.Strides), isMean: true)
        : null;
}
