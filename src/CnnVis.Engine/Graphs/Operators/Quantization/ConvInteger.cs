using CnnVis.Engine.Graphs.Operators.Convolutions;

namespace CnnVis.Engine.Graphs.Operators.Quantization;

/// <summary>ONNX ConvInteger: the convolution of x − its zero point with w − its zero point, which may be one for each filter.</summary>
public sealed class ConvInteger : WholeNumberProduct
{
    /// <param name="attributes">Those of <see cref="Conv"/>.</param>
    public ConvInteger(OperatorAttributes attributes) : base(attributes) => Plain = new Conv(attributes);

    /// <inheritdoc/>
    protected override Operator Plain { get; }

    /// <inheritdoc/>
    protected override int ZeroPointAxis(int rank) => 0;
}
