using CnnVis.Engine.Models.Weights;

namespace CnnVis.Engine.Models.Exported;

/// <summary>A call while it is translated: its arguments as values and numbers, and the nodes that stand for it.</summary>
internal sealed class AtenCall(ExportedCall call, AtenGraph graph)
{
    private int _parts;

    /// <summary>The call.</summary>
    public ExportedCall Call { get; } = call;

    /// <summary>How many results it gives.</summary>
    public int OutputCount => Call.Outputs.Count;

    /// <summary>Whether an argument was given.</summary>
    public bool Has(string name) => !Call[name].IsNone;

    /// <summary>The value that an argument names.</summary>
    /// <exception cref="CnnVisException">It names none.</exception>
    public string Tensor(string name) => OptionalTensor(name) ?? throw Wrong($"lacks its argument '{name}'");

    /// <summary>The value that an argument names, or null.</summary>
    public string? OptionalTensor(string name) => Call[name].Name is { } value ? graph.Current(value) : null;

    /// <summary>The values of a list.</summary>
    public string[] Tensors(string name) => [.. (Call[name].Items ?? throw Wrong($"lacks its list '{name}'")).Select(i => graph.Current(i.Name ?? throw Wrong($"has a list '{name}' with gaps")))];

    /// <summary>The values of a list with gaps.</summary>
    public string?[] OptionalTensors(string name) => [.. (Call[name].Items ?? throw Wrong($"lacks its list '{name}'")).Select(i => i.Name is { } value ? graph.Current(value) : null)];

    /// <summary>What is known of a tensor argument.</summary>
    public TensorMeta Meta(string name) => Call[name].Name is { } value && graph.Program.Metas.TryGetValue(value, out TensorMeta? meta) ? meta : throw Wrong($"does not say what its argument '{name}' is");

    /// <summary>What is known of a result.</summary>
    public TensorMeta Result(int output = 0) => output < OutputCount && graph.Program.Metas.TryGetValue(Call.Outputs[output], out TensorMeta? meta) ? meta : throw Wrong("does not say what it gives");

    /// <summary>Dimensions of a tensor argument.</summary>
    public int Rank(string name) => Meta(name).Sizes.Length;

    /// <summary>Extent of a tensor argument, which is known.</summary>
    public long Extent(string name, long axis) => Meta(name).Sizes is { } sizes && Axis(axis, sizes.Length) is var at && at < sizes.Length && sizes[at] >= 0 ? sizes[at]
        : throw Wrong($"needs a fixed extent of dimension {axis} of '{name}'");

    public long Int(string name, long otherwise) => Call[name] is { IsNone: false } given ? Whole(name, given) : otherwise;

    public float Float(string name, double otherwise) => Call[name] is { IsNone: false } given ? (float)(given.Number ?? throw Wrong($"computes its argument '{name}', which has to be a number")) : (float)otherwise;

    public bool Bool(string name, bool otherwise = false) => Call[name] is { IsNone: false } given ? given.Number is not 0 : otherwise;

    public string Text(string name, string otherwise) => Call[name] is { Kind: "as_string" } given ? given.Value.GetString()! : otherwise;

    /// <summary>Whole numbers; a single one stands for a list of one.</summary>
    public long[] Ints(string name, params long[] otherwise) => Call[name] switch
    {
        { IsNone: true } => otherwise,
        { Items: { } items } => [.. items.Select(i => Whole(name, i))],
        var single => [Whole(name, single)],
    };

    /// <summary>As many whole numbers; a single one stands for all.</summary>
    public long[] Ints(string name, int count, long otherwise)
    {
        long[] given = Ints(name);
        return given.Length switch
        {
            0 => [.. Enumerable.Repeat(otherwise, count)],
            1 => [.. Enumerable.Repeat(given[0], count)],
            _ when given.Length == count => given,
            _ => throw Wrong($"has {given.Length} numbers as '{name}' where {count} belong"),
        };
    }

    public float[] Floats(string name) => [.. (Call[name].Items ?? []).Select(i => (float)(i.Number ?? throw Wrong($"computes its argument '{name}', which has to be numbers")))];

    /// <summary>A list of whole numbers as a value, for what may be computed.</summary>
    public string Shape(string name)
    {
        AtenArgument[] items = Call[name].Items ?? [Call[name]];
        if (items.All(i => i.Name is null)) return graph.Integers([.. items.Select(i => Whole(name, i))]);
        string[] parts = [.. items.Select(i => i.Name is { } symbol ? Emit("Reshape", [graph.Current(symbol), graph.Integers([1])]) : graph.Integers([Whole(name, i)]))];
        return parts.Length == 1 ? parts[0] : Emit("Concat", parts, ("axis", 0L));
    }

    /// <summary>A number or tensor as a value; a number becomes one of the type that goes with <paramref name="like"/>.</summary>
    public string Operand(string name, TensorMeta? like = null)
    {
        AtenArgument given = Call[name];
        if (given.Name is { } value)
        {
            string current = graph.Current(value);
            bool isFraction = graph.Program.Metas.TryGetValue(value, out TensorMeta? meta) ? meta.IsFraction : given.IsFraction;
            return like is { IsFraction: true } && !isFraction ? Emit("Cast", [current], ("to", 1L)) : current;
        }
        double number = given.Number ?? throw Wrong($"lacks its argument '{name}'");
        return like is { IsFraction: false } && !given.IsFraction ? graph.Integer((long)number) : graph.Number((float)number);
    }

    /// <summary>A whole number as a value.</summary>
    public string Operand(long value) => graph.Integer(value);

    /// <summary>The dimension that an argument means; negative ones count from the end.</summary>
    public int Axis(string name, long otherwise, int rank) => Axis(Int(name, otherwise), rank);

    /// <summary>A node in between; its value.</summary>
    public string Emit(string type, string[] inputs, params (string Name, object Value)[] attributes) => graph.Add(type, inputs, graph.Fresh($"{Named}.{++_parts}"), $"{Label}.{type.ToLowerInvariant()}", attributes);

    /// <summary>A node with two values in between.</summary>
    public string[] EmitTwo(string type, string[] inputs, params (string Name, object Value)[] attributes)
    {
        string[] outputs = [graph.Fresh($"{Named}.{++_parts}"), graph.Fresh($"{Named}.{++_parts}")];
        graph.Add(type, inputs, outputs, $"{Label}.{type.ToLowerInvariant()}", attributes);
        return outputs;
    }

    /// <summary>The node whose value is the result.</summary>
    public string Give(string type, string[] inputs, params (string Name, object Value)[] attributes) => Give(0, type, inputs, attributes);

    /// <summary>The node whose value is one of the results.</summary>
    public string Give(int output, string type, string[] inputs, params (string Name, object Value)[] attributes) => graph.Add(type, inputs, Output(output), Label, attributes);

    /// <summary>The node that gives all results.</summary>
    public void GiveAll(string type, string[] inputs, params (string Name, object Value)[] attributes) => graph.Add(type, inputs, [.. Enumerable.Range(0, OutputCount).Select(Output)], Label, attributes);

    /// <summary>The result is a value that is there already.</summary>
    public void Same(string value, int output = 0) => graph.Alias(Output(output), value);

    /// <summary>A constant of whole numbers.</summary>
    public string Integers(params long[] values) => graph.Integers(values);

    /// <summary>A constant number.</summary>
    public string Number(float value) => graph.Number(value);

    /// <summary>A constant of fractions.</summary>
    public string Numbers(float[] values, params long[] shape) => graph.Numbers(values, shape);

    /// <summary>A value's transpose that is there already, where it is a parameter's.</summary>
    public string? Untransposed(string value) => graph.Untransposed(value);

    /// <summary>Remembers that the result is the transpose of a matrix.</summary>
    public void Transposes(string value) => graph.Transposes(Output(0), value);

    /// <summary>The error of a call that cannot be translated.</summary>
    public CnnVisException Wrong(string what) => new(ErrorIds.OperatorNotSupported, $"operator {Call.Target} of node '{Named}' {what}, which is not supported. {AtenGraph.Advice}", Call.Target);

    /// <summary>The error of a call whose operator is not known.</summary>
    public CnnVisException Unknown() => new(ErrorIds.OperatorNotSupported, $"operator {Call.Target} of node '{Named}' is not supported. {AtenGraph.Advice}", Call.Target);

    internal static int Axis(long axis, int rank) => (int)Math.Clamp(axis < 0 ? axis + Math.Max(rank, 1) : axis, 0, Math.Max(rank, 1));

    private string Named => Call.Outputs.FirstOrDefault(o => o.Length > 0) ?? Call.Operator;

    private string Label => graph.Label(Call);

    private string Output(int output) => output < OutputCount && Call.Outputs[output].Length > 0 ? Call.Outputs[output] : throw WeightErrors.Unreadable($"its call of {Call.Target} gives no value; the file is damaged.");

    private long Whole(string name, AtenArgument given) => given is { Kind: "as_int" } && given.Value.TryGetInt64(out long whole) ? whole : given.Number is { } number && Math.Abs(number) <= 1L << 53 ? (long)number : throw Wrong($"computes its argument '{name}', which has to be a whole number");
}
