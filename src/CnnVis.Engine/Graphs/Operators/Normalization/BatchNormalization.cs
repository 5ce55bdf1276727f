using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Normalization;

/// <summary>ONNX BatchNormalization at inference (Ioffe and Szegedy 2015): scale · (x − mean) / √(variance + epsilon) + bias, per channel.</summary>
public sealed class BatchNormalization : Operator
{
    private readonly float _epsilon;

    /// <param name="attributes">epsilon; training_mode has to be 0.</param>
    public BatchNormalization(OperatorAttributes attributes) : base(attributes, OperatorTraits.Normalizes)
    {
        _epsilon = attributes.Number("epsilon", 1e-5f);
        if (attributes.Integer("training_mode", 0) != 0)
            throw new CnnVisException(ErrorIds.OperatorNotSupported, "BatchNormalization is in training mode, where every picture changes the answers of its batch; export the network for inference (model.eval()).", Type);
    }

    /// <inheritdoc/>
    public override bool IsLearned(int input) => input is 1 or 2;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs) => nn.functional.batch_norm(
        Required(inputs, 0), Required(inputs, 3), Required(inputs, 4), Required(inputs, 1), Required(inputs, 2), training: false, eps: _epsilon);

    /// <summary>The same as a factor and a shift for each channel; null where they are not constant.</summary>
    /// <param name="inputs">As for <see cref="Forward"/>; the first does not count.</param>
    public (float[] Factor, float[] Shift)? AsAffine(Tensor?[] inputs)
    {
        if (inputs is not [_, { } scale, { } bias, { } mean, { } variance]) return null;
        using var scope = NewDisposeScope();
        Tensor factor = scale / (variance + _epsilon).sqrt(), shift = bias - mean * factor;
        return (factor.cpu().data<float>().ToArray(), shift.cpu().data<float>().ToArray());
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] x = Required(inputs, 0).Shape;
        if (x.Length < 2) throw Wrong($"takes an input of at least 2 dimensions; this one has {x.Length}.");
        for (int i = 1; i <= 4; i++)
            if (!Required(inputs, i).Shape.AsSpan().SequenceEqual([x[1]])) throw Wrong($"has {x[1]} channels, and input {i} has the shape [{string.Join(", ", Required(inputs, i).Shape)}].");
        return [.. x];
    }
}
