using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Transformers;

/// <summary>ONNX RotaryEmbedding (Su et al. 2021): pairs of the first numbers of each head, turned by an angle that its token's place tells. [N, heads, tokens, size] or [N, tokens, heads · size].</summary>
public sealed class RotaryEmbedding(OperatorAttributes attributes) : Operator(attributes)
{
    private readonly bool _interleaved = attributes.Integer("interleaved", 0) != 0;
    private readonly long _turned = attributes.Integer("rotary_embedding_dim", 0), _heads = attributes.Integer("num_heads", 0);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        using var scope = NewDisposeScope();
        Tensor input = Required(inputs, 0), cos = Required(inputs, 1), sin = Required(inputs, 2);
        bool folded = input.shape.Length == 3;
        Tensor x = folded ? input.reshape(input.shape[0], input.shape[1], _heads, -1) : input.transpose(1, 2); // [N, tokens, heads, size]
        if (Optional(inputs, 3) is { } places)
        {
            Tensor flat = places.reshape(-1);
            (cos, sin) = (cos.index_select(0, flat).reshape([.. places.shape, -1]), sin.index_select(0, flat).reshape([.. places.shape, -1]));
        }
        (cos, sin) = (cos.unsqueeze(2), sin.unsqueeze(2)); // [N, tokens, 1, pairs]
        long turned = _turned > 0 ? _turned : x.shape[3], pairs = turned / 2;
        Tensor moving = x.narrow(3, 0, turned);
        Tensor a = _interleaved ? moving.slice(3, 0, turned, 2) : moving.narrow(3, 0, pairs), b = _interleaved ? moving.slice(3, 1, turned, 2) : moving.narrow(3, pairs, pairs);
        Tensor real = cos * a - sin * b, imaginary = sin * a + cos * b;
        Tensor done = _interleaved ? stack([real, imaginary], -1).reshape(moving.shape) : cat([real, imaginary], 3);
        if (turned < x.shape[3]) done = cat([done, x.narrow(3, turned, x.shape[3] - turned)], 3);
        return (folded ? done.reshape(input.shape) : done.transpose(1, 2)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] x = Required(inputs, 0).Shape;
        return x.Length == 4 || x.Length == 3 && _heads > 0 && x[2] % _heads == 0 ? [.. x] : throw Wrong($"cannot part [{string.Join(", ", x)}] into {_heads} heads.");
    }
}
