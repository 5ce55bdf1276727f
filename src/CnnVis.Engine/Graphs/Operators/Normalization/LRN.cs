using CnnVis.Engine.Graphs.Operators.Convolutions;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Normalization;

/// <summary>
/// ONNX LRN, the local response normalisation of AlexNet (Krizhevsky et al. 2012, section 3.3): x / (bias + alpha / size · Σ x²)^beta over the
/// channels from c − ⌊(size − 1) / 2⌋ to c + ⌈(size − 1) / 2⌉ that there are.
/// </summary>
public sealed class LRN(OperatorAttributes attributes) : Pointwise(attributes, OperatorTraits.Normalizes)
{
    private readonly long _size = attributes.Positive("size", 1);
    private readonly float _alpha = attributes.Number("alpha", 1e-4f), _beta = attributes.Number("beta", 0.75f), _bias = attributes.Number("bias", 1f);

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] shape = base.Shape(inputs);
        return shape.Length >= 2 ? shape : throw Wrong($"takes an input of at least 2 dimensions; this one has {shape.Length}.");
    }

    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x, bool inPlace)
    {
        // Channels as rows of a picture, whose windows are averaged.
        long before = Math.Min((_size - 1) / 2, x.shape[1]), after = Math.Min(_size / 2, x.shape[1]), taken = before + after + 1;
        using Tensor square = x.square(), rows = square.reshape(x.shape[0], 1, x.shape[1], -1);
        using Tensor padded = Padded.Constant(rows, [before, 0], [after, 0], 0), mean = nn.functional.avg_pool2d(padded, [taken, 1], [1, 1]);
        using Tensor scale = mean.mul(_alpha * taken / _size).add_(_bias).pow_(_beta).reshape(x.shape);
        return inPlace ? x.div_(scale) : x / scale;
    }
}
