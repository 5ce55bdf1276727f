using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Products;

/// <summary>ONNX Gemm: alpha · A′B′ + beta · C, a fully connected layer when B is a weight matrix.</summary>
public sealed class Gemm(OperatorAttributes attributes) : Operator(attributes, OperatorTraits.Product)
{
    private readonly float _beta = attributes.Number("beta", 1);

    /// <summary>Whether A is given transposed.</summary>
    internal bool TransposesA { get; } = attributes.Integer("transA", 0) != 0;

    /// <summary>Whether B is given transposed.</summary>
    internal bool TransposesB { get; } = attributes.Integer("transB", 0) != 0;

    /// <summary>What the product is multiplied by.</summary>
    internal float Alpha { get; } = attributes.Number("alpha", 1);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor a = Required(inputs, 0), b = Required(inputs, 1);
        Tensor? c = Optional(inputs, 2);
        if (!TransposesA && TransposesB && Alpha == 1 && (c is null || _beta == 1 && c.dim() == 1 && c.shape[0] == b.shape[0]))
            return nn.functional.linear(a, b, c); // [N, units]
        using Tensor left = TransposesA ? a.t() : a.alias(), right = TransposesB ? b.t() : b.alias();
        if (c is not null) return addmm(c, left, right, _beta, Alpha);
        Tensor product = left.mm(right); // not matmul, whose errors TorchSharp does not catch
        return Alpha == 1 ? product : product.mul_(Alpha);
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] a = Required(inputs, 0).Shape, b = Required(inputs, 1).Shape;
        if (a.Length != 2 || b.Length != 2) throw Wrong($"takes two matrices, and gets [{string.Join(", ", a)}] and [{string.Join(", ", b)}].");
        var (rows, inner) = TransposesA ? (a[1], a[0]) : (a[0], a[1]);
        var (innerB, columns) = TransposesB ? (b[1], b[0]) : (b[0], b[1]);
        if (inner != innerB) throw Wrong($"has weights for {innerB} inputs and gets {inner}; the picture's size may not be the one that the network was made for.");
        return Known(inputs, 2) is { } c ? Broadcast.Onto([rows, columns], c, Type) : [rows, columns];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(Operand?[] inputs, long[] output) => output[0] * output[1] * Required(inputs, 0).Shape[TransposesA ? 0 : 1];
}
