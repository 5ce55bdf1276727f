using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Quantization;

/// <summary>ONNX DequantizeLinear: (x − zero point) · scale, float32.</summary>
public sealed class DequantizeLinear(OperatorAttributes attributes) : Quantization(attributes)
{
    /// <inheritdoc/>
    public override long? FileType(int input) => input is 0 or 2 ? NumberType : null;

    /// <inheritdoc/>
    protected override Tensor Apply(Tensor x, Tensor scale, Tensor? zero)
    {
        using Tensor numbers = x.to(ScalarType.Float32), shifted = zero is null ? numbers.alias() : numbers - zero;
        return shifted * scale;
    }
}
