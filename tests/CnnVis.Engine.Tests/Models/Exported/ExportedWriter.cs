using System.Text.Json.Nodes;
using CnnVis.Engine.Tests.Models.Weights;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models.Exported;

/// <summary>How torch.export lays its archive out.</summary>
public enum ExportedLayout
{
    /// <summary>PyTorch 2.9 and later: each tensor's bytes, and a configuration.</summary>
    Raw,

    /// <summary>PyTorch 2.8: a checkpoint in the archive.</summary>
    Checkpoint,

    /// <summary>PyTorch 2.1 to 2.7: serialized_exported_program.json.</summary>
    Old,
}

/// <summary>
/// Writes programs as torch.export does (torch/_export/serde/schema.py, version 8). Each call comes with what libtorch itself gives for it, from which shapes are told.
/// </summary>
internal sealed class ExportedWriter
{
    private readonly JsonArray _inputs = [], _inputSpecs = [], _outputSpecs = [], _outputs = [], _nodes = [];
    private readonly JsonObject _values = [], _symbols = [];
    private readonly List<(string Name, Tensor Tensor, bool IsConstant)> _tensors = [];
    private int _count;

    /// <summary>A value in an argument.</summary>
    public sealed record Value(string Name);

    /// <summary>A symbol in an argument.</summary>
    public sealed record Symbol(string Name);

    /// <summary>Module that calls belong to: path and type.</summary>
    public (string Path, string Type) Module { get; set; }

    /// <summary>A value from outside; a null extent is a symbol.</summary>
    public Value Input(string name, params long?[] sizes)
    {
        _values[name] = Meta(7, sizes, RowMajor([.. sizes.Select(s => s ?? 1)]));
        _inputs.Add(Named("as_tensor", name));
        _inputSpecs.Add(new JsonObject { ["user_input"] = new JsonObject { ["arg"] = Named("as_tensor", name) } });
        return new Value(name);
    }

    public Value Parameter(string name, Tensor tensor) => Stored(name, tensor, "parameter", "parameter_name");

    public Value Buffer(string name, Tensor tensor) => Stored(name, tensor, "buffer", "buffer_name");

    public Value Constant(string name, Tensor tensor) => Stored(name, tensor, "tensor_constant", "tensor_constant_name");

    /// <summary>A call with one result, which libtorch gives too.</summary>
    public Value Call(string target, Tensor result, params (string Name, object? Value)[] arguments) => Call(target, [result], list: false, arguments)[0];

    /// <summary>A call with several results, or one that is a list.</summary>
    public Value[] Call(string target, Tensor?[] results, bool list, params (string Name, object? Value)[] arguments)
    {
        string[] names = [.. results.Select((_, i) => $"{target.Split('.')[1]}_{_count++}")];
        for (int i = 0; i < names.Length; i++)
            if (results[i] is { } result) _values[names[i]] = Meta(Type(result), [.. result.shape.Select(e => (long?)e)], result.stride());
        JsonArray outputs = list ? [new JsonObject { ["as_tensors"] = new JsonArray([.. names.Select(n => new JsonObject { ["name"] = n })]) }] : [.. names.Select(n => Named("as_tensor", n))];
        Add(target, outputs, arguments);
        return [.. names.Select(n => new Value(n))];
    }

    /// <summary>A call that gives a whole number.</summary>
    public Symbol Compute(string target, params (string Name, object? Value)[] arguments)
    {
        string name = $"sym_{_count++}";
        _symbols[name] = new JsonObject { ["as_expr"] = new JsonObject { ["expr_str"] = "s0" } };
        Add(target, [new JsonObject { ["as_sym_int"] = new JsonObject { ["as_name"] = name } }], arguments);
        return new Symbol(name);
    }

    public void Output(Value value)
    {
        _outputs.Add(Named("as_tensor", value.Name));
        _outputSpecs.Add(new JsonObject { ["user_output"] = new JsonObject { ["arg"] = Named("as_tensor", value.Name) } });
    }

    public byte[] Finish(ExportedLayout layout = ExportedLayout.Raw, Func<string, string>? change = null)
    {
        string program = new JsonObject
        {
            ["graph_module"] = new JsonObject
            {
                ["graph"] = new JsonObject
                {
                    ["inputs"] = _inputs.DeepClone(),
                    ["outputs"] = _outputs.DeepClone(),
                    ["nodes"] = _nodes.DeepClone(),
                    ["tensor_values"] = _values.DeepClone(),
                    ["sym_int_values"] = _symbols.DeepClone(),
                    ["sym_bool_values"] = new JsonObject(),
                    ["is_single_tensor_return"] = false,
                },
                ["signature"] = new JsonObject { ["input_specs"] = _inputSpecs.DeepClone(), ["output_specs"] = _outputSpecs.DeepClone() },
                ["module_call_graph"] = new JsonArray(),
            },
            ["opset_version"] = new JsonObject { ["aten"] = 10 },
            ["range_constraints"] = new JsonObject(),
            ["schema_version"] = new JsonObject { ["major"] = 8, ["minor"] = 8 },
        }.ToJsonString();
        program = change?.Invoke(program) ?? program;
        var zip = new ZipWriter();
        byte[] text = System.Text.Encoding.UTF8.GetBytes(program);
        switch (layout)
        {
            case ExportedLayout.Old:
                zip.Add("serialized_exported_program.json", text).Add("serialized_state_dict.pt", Checkpoint(constants: false)).Add("serialized_constants.pt", Checkpoint(constants: true)).Add("version", "8.8"u8);
                break;
            case ExportedLayout.Checkpoint:
                zip.Add("model/archive_format", "pt2"u8).Add("model/models/model.json", text).Add("model/data/weights/model.pt", Checkpoint(constants: false)).Add("model/data/constants/model.pt", Checkpoint(constants: true));
                break;
            default:
                zip.Add("model/archive_format", "pt2"u8).Add("model/models/model.json", text);
                Raw(zip, constants: false, "model/data/weights/", "weights", "weight_");
                Raw(zip, constants: true, "model/data/constants/", "constants", "tensor_");
                break;
        }
        return zip.Finish();
    }

    private void Raw(ZipWriter zip, bool constants, string folder, string kind, string prefix)
    {
        var config = new JsonObject();
        int number = 0;
        foreach (var (name, tensor, _) in _tensors.Where(t => t.IsConstant == constants))
        {
            zip.Add($"{folder}{prefix}{number}", tensor.contiguous().bytes);
            config[name] = new JsonObject { ["path_name"] = $"{prefix}{number++}", ["is_param"] = !constants, ["use_pickle"] = false, ["tensor_meta"] = Meta(Type(tensor), [.. tensor.shape.Select(e => (long?)e)], RowMajor(tensor.shape)) };
        }
        zip.Add($"{folder}model_{kind}_config.json", System.Text.Encoding.UTF8.GetBytes(new JsonObject { ["config"] = config }.ToJsonString()));
    }

    /// <summary>A checkpoint: { name: tensor }.</summary>
    private byte[] Checkpoint(bool constants)
    {
        var all = _tensors.Where(t => t.IsConstant == constants).ToArray();
        var pickle = new PickleWriter().Op('}').Op('(');
        for (int i = 0; i < all.Length; i++)
        {
            Tensor tensor = all[i].Tensor;
            pickle.Text(all[i].Name).Tensor(tensor.dtype == ScalarType.Int64 ? "LongStorage" : tensor.dtype == ScalarType.Bool ? "BoolStorage" : "FloatStorage", $"{i}", tensor.NumberOfElements, 0, tensor.shape, RowMajor(tensor.shape));
        }
        byte[] data = pickle.Op('u').Stop();
        var zip = new ZipWriter().Add("archive/data.pkl", data).Add("archive/byteorder", "little"u8);
        for (int i = 0; i < all.Length; i++) zip.Add($"archive/data/{i}", all[i].Tensor.contiguous().bytes);
        return zip.Finish();
    }

    private Value Stored(string name, Tensor tensor, string kind, string member)
    {
        string value = $"{kind[0]}_{name.Replace('.', '_')}";
        _values[value] = Meta(Type(tensor), [.. tensor.shape.Select(e => (long?)e)], RowMajor(tensor.shape));
        _inputs.Add(Named("as_tensor", value));
        _inputSpecs.Add(new JsonObject { [kind] = new JsonObject { ["arg"] = new JsonObject { ["name"] = value }, [member] = name } });
        _tensors.Add((name, tensor, kind == "tensor_constant"));
        return new Value(value);
    }

    private void Add(string target, JsonArray outputs, (string Name, object? Value)[] arguments)
    {
        var metadata = new JsonObject();
        if (Module.Path is not null) metadata["nn_module_stack"] = $"L__self__,,__main__.Net;L__self___{Module.Path.Replace('.', '_')},{Module.Path},{Module.Type}";
        _nodes.Add(new JsonObject
        {
            ["target"] = target.StartsWith('_') ? target : "torch.ops." + target,
            ["inputs"] = new JsonArray([.. arguments.Select(a => new JsonObject { ["name"] = a.Name, ["arg"] = Argument(a.Value), ["kind"] = 1 })]),
            ["outputs"] = outputs,
            ["metadata"] = metadata,
        });
    }

    private static JsonObject Argument(object? value) => value switch
    {
        null => new JsonObject { ["as_none"] = true },
        Value v => Named("as_tensor", v.Name),
        Symbol s => new JsonObject { ["as_sym_int"] = new JsonObject { ["as_name"] = s.Name } },
        Value?[] list when list.Contains(null) => new JsonObject { ["as_optional_tensors"] = new JsonArray([.. list.Select(v => v is null ? new JsonObject { ["as_none"] = true } : Named("as_tensor", v.Name))]) },
        Value?[] list => new JsonObject { ["as_tensors"] = new JsonArray([.. list.Select(v => new JsonObject { ["name"] = v!.Name })]) },
        int i => new JsonObject { ["as_int"] = i },
        long i => new JsonObject { ["as_int"] = i },
        double d => new JsonObject { ["as_float"] = double.IsFinite(d) ? JsonValue.Create(d) : JsonValue.Create("-Infinity") },
        bool b => new JsonObject { ["as_bool"] = b },
        string text => new JsonObject { ["as_string"] = text },
        long[] list => new JsonObject { ["as_ints"] = new JsonArray([.. list.Select(i => JsonValue.Create(i))]) },
        double[] list => new JsonObject { ["as_floats"] = new JsonArray([.. list.Select(d => JsonValue.Create(d))]) },
        object[] list => new JsonObject { ["as_sym_ints"] = new JsonArray([.. list.Select(i => i is Symbol s ? new JsonObject { ["as_name"] = s.Name } : new JsonObject { ["as_int"] = (long)i })]) },
        _ => throw new ArgumentException($"{value} is no argument.", nameof(value)),
    };

    private static JsonObject Named(string kind, string name) => new() { [kind] = new JsonObject { ["name"] = name } };

    private static int Type(Tensor tensor) => tensor.dtype switch { ScalarType.Float32 => 7, ScalarType.Int64 => 5, ScalarType.Bool => 12, ScalarType.Float16 => 6, _ => throw new ArgumentException($"{tensor.dtype} is not written.", nameof(tensor)) };

    private static JsonObject Meta(int type, long?[] sizes, long[] strides) => new()
    {
        ["dtype"] = type,
        ["sizes"] = new JsonArray([.. sizes.Select(s => s is { } n ? new JsonObject { ["as_int"] = n } : new JsonObject { ["as_expr"] = new JsonObject { ["expr_str"] = "s0", ["hint"] = new JsonObject { ["as_int"] = 2 } } })]),
        ["requires_grad"] = false,
        ["device"] = new JsonObject { ["type"] = "cpu", ["index"] = null },
        ["strides"] = new JsonArray([.. strides.Select(s => new JsonObject { ["as_int"] = s })]),
        ["storage_offset"] = new JsonObject { ["as_int"] = 0 },
        ["layout"] = 7,
    };

    private static long[] RowMajor(long[] shape) => CnnVis.Engine.Models.Weights.Files.StoredTensor.RowMajor(shape);
}
