using TorchSharp;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Transformers;

/// <summary>
/// ONNX Attention (Vaswani et al. 2017): softmax(scale · Q Kᵀ + bias) V over heads, [N, heads, tokens, size] or [N, tokens, heads · size]. Keys may have fewer heads, each for several of the queries'
/// (Ainslie et al. 2023); scores may be capped by tanh, masked, causal. Output 0 is the answer, 1 and 2 keys and values with those of the past before them, 3 the scores.
/// </summary>
public sealed class Attention : Operator
{
    private readonly long _queryHeads, _keyHeads, _mode;
    private readonly bool _causal;
    private readonly float _scale, _cap;

    /// <param name="attributes">is_causal, q_num_heads, kv_num_heads, scale, softcap, qk_matmul_output_mode.</param>
    public Attention(OperatorAttributes attributes) : base(attributes)
    {
        (_queryHeads, _keyHeads, _mode) = (attributes.Integer("q_num_heads", 0), attributes.Integer("kv_num_heads", 0), attributes.Integer("qk_matmul_output_mode", 0));
        (_causal, _scale, _cap) = (attributes.Integer("is_causal", 0) != 0, attributes.Number("scale", 0), attributes.Number("softcap", 0));
        if (attributes.Integer("left_window_size", -1) >= 0 || attributes.Integer("right_window_size", -1) >= 0)
            throw new CnnVisException(ErrorIds.OperatorNotSupported, "Attention within a window of tokens is not supported.", Type);
    }

    /// <inheritdoc/>
    public override int OutputCount => 4;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        using var scope = NewDisposeScope();
        Tensor q = Heads(Required(inputs, 0), _queryHeads), k = Heads(Required(inputs, 1), _keyHeads), v = Heads(Required(inputs, 2), _keyHeads);
        Tensor? past = Optional(inputs, 4);
        if (past is not null) k = cat([past, k], 2);
        if (Optional(inputs, 5) is { } pastValues) v = cat([pastValues, v], 2);
        if (Attributes.Output is 1 or 2) return (Attributes.Output == 1 ? k : v).clone().MoveToOuterDisposeScope();
        if (q.shape[1] != k.shape[1]) (k, v) = (k.repeat_interleave(q.shape[1] / k.shape[1], 1), v.repeat_interleave(q.shape[1] / v.shape[1], 1));
        double factor = Math.Sqrt(_scale != 0 ? _scale : 1 / Math.Sqrt(q.shape[3]));
        Tensor scores = (q * factor).matmul((k * factor).transpose(2, 3)); // [N, heads, tokens, keys]
        if (_cap > 0) scores = (scores / _cap).tanh() * _cap;
        Tensor bias = Bias(inputs, scores, past?.shape[2] ?? 0), biased = scores + bias;
        Tensor masked = bias.amax([-1L], true).isneginf(), probabilities = where(masked, zeros_like(biased), biased.softmax(-1));
        if (Attributes.Output == 3) return (_mode switch { 2 => biased, 3 => probabilities, _ => scores }).clone().MoveToOuterDisposeScope();
        Tensor answer = probabilities.matmul(v); // [N, heads, tokens, size]
        if (Required(inputs, 0).shape.Length == 3) answer = answer.transpose(1, 2).reshape(answer.shape[0], answer.shape[2], -1);
        return answer.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] q = Heads(Required(inputs, 0).Shape, _queryHeads), k = Heads(Required(inputs, 1).Shape, _keyHeads), v = Heads(Required(inputs, 2).Shape, _keyHeads);
        if (q[3] != k[3] || k[2] != v[2] || k[1] != v[1] || k[1] == 0 || q[1] % k[1] != 0) throw Wrong($"cannot meet queries [{string.Join(", ", q)}], keys [{string.Join(", ", k)}] and values [{string.Join(", ", v)}].");
        long keys = k[2] + (Known(inputs, 4) is { Length: 4 } past ? past[2] : 0);
        return Attributes.Output switch
        {
            1 => [k[0], k[1], keys, k[3]],
            2 => [v[0], v[1], keys, v[3]],
            3 => [q[0], q[1], q[2], keys],
            _ => Required(inputs, 0).Shape.Length == 3 ? [q[0], q[2], q[1] * v[3]] : [q[0], q[1], q[2], v[3]],
        };
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(Operand?[] inputs, long[] output)
    {
        long[] q = Heads(Required(inputs, 0).Shape, _queryHeads), v = Heads(Required(inputs, 2).Shape, _keyHeads);
        return q[1] * q[2] * v[2] * (q[3] + v[3]);
    }

    /// <inheritdoc/>
    public override SpatialAxes? Axes(Operand?[] inputs, long[] output) => null;

    /// <summary>What is added to the scores: −∞ where a query may not look.</summary>
    private Tensor Bias(Tensor?[] inputs, Tensor scores, long before)
    {
        long queries = scores.shape[2], keys = scores.shape[3];
        Tensor bias = zeros([queries, keys], scores.dtype, scores.device), never = tensor(float.NegativeInfinity, scores.dtype, scores.device), nothing = tensor(0f, scores.dtype, scores.device);
        if (Optional(inputs, 3) is { } mask)
        {
            Tensor added = mask.dtype == ScalarType.Bool ? where(mask, nothing, never) : mask.to(scores.dtype);
            if (added.shape[^1] < keys) added = nn.functional.pad(added, [0, keys - added.shape[^1]], PaddingModes.Constant, double.NegativeInfinity);
            bias = bias + added;
        }
        Tensor places = arange(keys, ScalarType.Int64, scores.device);
        Tensor? filled = Optional(inputs, 6)?.reshape(-1, 1, 1, 1);
        if (_causal)
        {
            Tensor own = arange(queries, ScalarType.Int64, scores.device).unsqueeze(1), last = filled is not null ? own + (filled - queries) : own + before;
            bias = bias + where(places.le(last), nothing, never);
        }
        return filled is null ? bias : bias + where(places.lt(filled), nothing, never);
    }

    private Tensor Heads(Tensor x, long heads) => x.shape.Length == 4 ? x : x.reshape(x.shape[0], x.shape[1], heads, -1).transpose(1, 2);

    private long[] Heads(long[] shape, long heads) => shape.Length == 4 ? shape
        : shape.Length == 3 && heads > 0 && shape[2] % heads == 0 ? [shape[0], heads, shape[1], shape[2] / heads]
        : throw Wrong($"cannot part [{string.Join(", ", shape)}] into {heads} heads.");
}
