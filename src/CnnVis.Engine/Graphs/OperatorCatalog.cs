using CnnVis.Engine.Graphs.Operators;

namespace CnnVis.Engine.Graphs;

/// <summary>The operators that a network may use, by ONNX's names.</summary>
public static class OperatorCatalog
{
    private static readonly Dictionary<string, Func<OperatorAttributes, Operator>> _makers = new(StringComparer.Ordinal)
    {
        [nameof(Add)] = a => new Add(a),
        [nameof(AveragePool)] = a => new AveragePool(a),
        [nameof(BatchNormalization)] = a => new BatchNormalization(a),
        [nameof(Clip)] = a => new Clip(a),
        [nameof(Concat)] = a => new Concat(a),
        [nameof(Conv)] = a => new Conv(a),
        [nameof(Div)] = a => new Div(a),
        [nameof(Dropout)] = a => new Dropout(a),
        [nameof(Flatten)] = a => new Flatten(a),
        [nameof(Gemm)] = a => new Gemm(a),
        [nameof(GlobalAveragePool)] = a => new GlobalAveragePool(a),
        [nameof(Identity)] = a => new Identity(a),
        [nameof(LRN)] = a => new LRN(a),
        [nameof(MatMul)] = a => new MatMul(a),
        [nameof(MaxPool)] = a => new MaxPool(a),
        [nameof(Mul)] = a => new Mul(a),
        [nameof(Relu)] = a => new Relu(a),
        [nameof(Reshape)] = a => new Reshape(a),
        [nameof(Softmax)] = a => new Softmax(a),
        [nameof(Sub)] = a => new Sub(a),
    };

    /// <summary>Names of all known operators, in ordinal order.</summary>
    public static IReadOnlyList<string> Types { get; } = [.. _makers.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Makes the operator, or null where none has that name.</summary>
    public static Operator? Create(string type, OperatorAttributes attributes) => _makers.TryGetValue(type, out var make) ? make(attributes) : null;
}
