using CnnVis.Engine.Models.Exported.Aten;
using CnnVis.Engine.Models.Onnx;
using CnnVis.Engine.Models.Weights;
using DataType = CnnVis.Engine.Models.Onnx.TensorProto.Types.DataType;
using Dimension = CnnVis.Engine.Models.Onnx.TensorShapeProto.Types.Dimension;

namespace CnnVis.Engine.Models.Exported;

/// <summary>
/// Writes a program's calls down as ONNX nodes, whose names are the modules' paths: <c>layer1.0.conv1</c>. What follows is what follows an ONNX file: constants are folded, and a batch of one is freed.
/// </summary>
internal sealed class AtenGraph
{
    /// <summary>What to do where a program cannot be read.</summary>
    public const string Advice = "Export the model as ONNX instead: torch.onnx.export(model.eval(), (example,), 'model.onnx', dynamo=True).";

    /// <summary>More constants than networks have in their arguments.</summary>
    private const int ConstantLimit = 1 << 22;

    private readonly GraphProto _graph = new() { Name = "program" };
    private readonly Dictionary<string, string> _current = new(StringComparer.Ordinal), _constants = new(StringComparer.Ordinal), _transposed = new(StringComparer.Ordinal), _viewed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _values = new(StringComparer.Ordinal), _labels = new(StringComparer.Ordinal), _parameters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _lastUse = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _calls = new(StringComparer.Ordinal);
    private int _constantNumbers;

    private AtenGraph(ExportedProgram program) => Program = program;

    /// <summary>The program.</summary>
    public ExportedProgram Program { get; }

    /// <summary>The program as an ONNX model without its parameters' numbers.</summary>
    /// <returns>The model, and the names of the tensors that its parameters are, in the order of its initialisers.</returns>
    /// <exception cref="CnnVisException">A call cannot be translated.</exception>
    public static (ModelProto Model, IReadOnlyList<string> Tensors) Translate(ExportedProgram program) => new AtenGraph(program).Translate();

    /// <summary>The value that stands for a value of the program by now.</summary>
    public string Current(string value)
    {
        for (int steps = 0; _current.TryGetValue(value, out string? next); value = next)
            if (++steps > 100_000) throw WeightErrors.Unreadable("its values refer to one another in a circle; the file is damaged.");
        return value;
    }

    /// <summary>A value stands for another from here on.</summary>
    public void Alias(string value, string other)
    {
        if (_values.Contains(value)) throw WeightErrors.Unreadable($"its value {WeightErrors.Quote(value)} has two sources; the file is damaged.");
        if (value != other) _current[value] = other;
    }

    /// <summary>A name that no value has.</summary>
    public string Fresh(string wish)
    {
        string name = wish;
        for (int i = 1; _values.Contains(name) || Program.Metas.ContainsKey(name); i++) name = $"{wish}_{i}";
        return name;
    }

    /// <summary>Adds a node.</summary>
    /// <returns>Its value.</returns>
    public string Add(string type, string[] inputs, string output, string label, params (string Name, object Value)[] attributes)
    {
        Add(type, inputs, new[] { output }, label, attributes);
        return output;
    }

    /// <inheritdoc cref="Add(string, string[], string, string, ValueTuple{string, object}[])"/>
    public void Add(string type, string[] inputs, string[] outputs, string label, params (string Name, object Value)[] attributes)
    {
        foreach (string output in outputs)
            if (!_values.Add(output)) throw WeightErrors.Unreadable($"its value {WeightErrors.Quote(output)} has two sources; the file is damaged.");
        string name = label;
        for (int i = 1; !_labels.Add(name); i++) name = $"{label}_{i}";
        var node = new NodeProto { Name = name, OpType = type };
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        node.Attribute.AddRange(attributes.Select(a => OnnxWriter.Attribute(a.Name, a.Value)));
        _graph.Node.Add(node);
    }

    /// <summary>A constant of whole numbers in a row.</summary>
    public string Integers(long[] values) => Constant($"i[{string.Join(',', values)}]", "integers", DataType.Int64, [values.Length], t => t.Int64Data.AddRange(values));

    /// <summary>A single whole number.</summary>
    public string Integer(long value) => Constant($"i{value}", "integer", DataType.Int64, [], t => t.Int64Data.Add(value));

    /// <summary>A single number.</summary>
    public string Number(float value) => Constant($"f{BitConverter.SingleToInt32Bits(value)}", "number", DataType.Float, [], t => t.FloatData.Add(value));

    /// <summary>A constant of fractions.</summary>
    public string Numbers(float[] values, long[] shape)
    {
        if ((_constantNumbers += values.Length) > ConstantLimit) throw WeightErrors.Unreadable("its program asks for more constants than any network needs.");
        return Constant(null, "numbers", DataType.Float, shape, t => t.FloatData.AddRange(values));
    }

    /// <summary>What a call's nodes are called: its module's path, and the operator where that is no layer of PyTorch's own that calls one.</summary>
    public string Label(ExportedCall call)
    {
        string name = call.Outputs.FirstOrDefault(o => o.Length > 0) ?? call.Operator;
        return call.Module.Length == 0 ? name : call.IsLeaf && _calls[call.Module] == 1 ? call.Module : Repeated(call) ? call.Module : $"{call.Module}.{call.Operator}";
    }

    /// <summary>The matrix of which a value is the transpose, where that is a parameter.</summary>
    public string? Untransposed(string value) => _transposed.GetValueOrDefault(value);

    /// <summary>Remembers a transpose.</summary>
    public void Transposes(string value, string of)
    {
        if (_parameters.Contains(of)) _transposed[value] = of;
    }

    private (ModelProto, IReadOnlyList<string>) Translate()
    {
        var tensors = new List<string>();
        foreach (var (value, tensor) in Program.Parameters)
        {
            TensorMeta meta = Program.Metas.GetValueOrDefault(value) ?? throw WeightErrors.Unreadable($"its program does not say what {WeightErrors.Quote(tensor)} is.");
            string name = Fresh(tensor);
            if (_parameters.Contains(name)) { Alias(value, name); continue; } // shared between two modules under one name
            _values.Add(name);
            _parameters.Add(name);
            if (name != value) _current[value] = name;
            var proto = new TensorProto { Name = name, DataType = (int)(meta.IsFraction ? DataType.Float : meta.Type == 12 ? DataType.Bool : DataType.Int64) };
            proto.Dims.AddRange(meta.FixedSizes(tensor));
            _graph.Initializer.Add(proto);
            tensors.Add(tensor);
        }
        foreach (string input in Program.Inputs)
        {
            TensorMeta meta = Program.Metas.GetValueOrDefault(input) ?? throw WeightErrors.Unreadable($"its program does not say what its input {WeightErrors.Quote(input)} is.");
            _values.Add(input);
            _graph.Input.Add(Input(input, meta));
        }
        for (int i = 0; i < Program.Calls.Count; i++)
        {
            ExportedCall call = Program.Calls[i];
            foreach (string taken in call.Taken) _lastUse[taken] = i;
            if (call.IsLeaf && !AtenOperators.IsSilent(call)) _calls[call.Module] = _calls.GetValueOrDefault(call.Module) + 1;
        }
        foreach (string output in Program.Outputs) _lastUse[output] = int.MaxValue;
        for (int i = 0; i < Program.Calls.Count; i++)
        {
            ExportedCall call = Program.Calls[i];
            AtenOperators.Translate(new AtenCall(call, this));
            if (call.Outputs is [{ Length: > 0 } made, ..]) Follow(call, made, i);
        }
        foreach (string output in Program.Outputs)
        {
            string value = Current(output);
            if (_parameters.Contains(value) || _graph.Input.Any(n => n.Name == value)) value = Add("Identity", [value], Fresh(output + ".output"), "output");
            if (!_graph.Output.Any(o => o.Name == value)) _graph.Output.Add(new ValueInfoProto { Name = value });
        }
        var model = new ModelProto { IrVersion = 10, ProducerName = "torch.export", Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = OnnxOpset.Canonical });
        return (model, tensors);
    }

    /// <summary>
    /// What an operator that works in place gives takes the place of what it was given. Where that was a view of something that is still needed, or something is a view of
    /// it, more would change than values can tell.
    /// </summary>
    private void Follow(ExportedCall call, string made, int at)
    {
        string? first = call["self"].Name ?? call["input"].Name;
        if (first is null) return;
        if (AtenOperators.IsView(call)) _viewed[made] = _viewed.GetValueOrDefault(first, first);
        if (!call.IsInPlace || call.Operator == "dropout") return;
        string whole = _viewed.GetValueOrDefault(first, first);
        foreach (string other in _viewed.Where(v => v.Value == whole).Select(v => v.Key).Append(whole))
            if (other != first && other != made && _lastUse.GetValueOrDefault(other, -1) > at)
                throw new CnnVisException(ErrorIds.OperatorNotSupported, $"operator {call.Target} of node '{made}' changes '{first}' in place, of which '{other}' shows the same memory and is used afterwards. Export the model with torch.export.export(…).run_decompositions(), which does without.", call.Target);
        _viewed[made] = whole;
        string before = Current(first);
        if (Current(made) != before) _current[first] = made;
    }

    /// <summary>Whether a layer of PyTorch's own is called more than once, and each call is one operator: ReLU in a block.</summary>
    private static bool Repeated(ExportedCall call) => call.IsLeaf && AtenOperators.IsActivation(call);

    private string Constant(string? key, string what, DataType type, long[] shape, Action<TensorProto> fill)
    {
        if (key is not null && _constants.TryGetValue(key, out string? known)) return known;
        string name = Fresh($"constant.{what}_{_constants.Count + _graph.Initializer.Count}");
        _values.Add(name);
        var tensor = new TensorProto { Name = name, DataType = (int)type };
        tensor.Dims.AddRange(shape);
        fill(tensor);
        var node = new NodeProto { Name = Fresh(name), OpType = "Constant" };
        node.Output.Add(name);
        node.Attribute.Add(new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = tensor });
        _graph.Node.Add(node);
        if (key is not null) _constants.Add(key, name);
        return name;
    }

    private static ValueInfoProto Input(string name, TensorMeta meta)
    {
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)(meta.IsFraction ? DataType.Float : meta.Type == 1 ? DataType.Uint8 : DataType.Int64), Shape = new TensorShapeProto() };
        for (int i = 0; i < meta.Sizes.Length; i++) tensor.Shape.Dim.Add(meta.Sizes[i] < 0 ? new Dimension { DimParam = $"{name}_{i}" } : new Dimension { DimValue = meta.Sizes[i] });
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }
}
