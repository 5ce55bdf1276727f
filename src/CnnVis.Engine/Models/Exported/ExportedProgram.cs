using System.Text.Json;
using CnnVis.Engine.Models.Weights;

namespace CnnVis.Engine.Models.Exported;

/// <summary>
/// A program of torch.export: calls of ATen operators over named values, in order (PyTorch's <c>torch/_export/serde/schema.py</c>, schema versions 1 to 8).
/// </summary>
internal sealed class ExportedProgram
{
    /// <summary>More calls than any network has.</summary>
    private const int CallLimit = 200_000;

    private readonly JsonElement _graph, _signature;

    /// <exception cref="CnnVisException">It is none, or of a schema that is not known.</exception>
    public ExportedProgram(JsonElement root)
    {
        JsonElement module = Member(root, "graph_module");
        _graph = Member(module, "graph");
        _signature = Member(module, "signature");
        Metas = Member(_graph, "tensor_values").EnumerateObject().ToDictionary(v => v.Name, v => TensorMeta.Of(v.Value.TryGetProperty("meta", out JsonElement inner) ? inner : v.Value), StringComparer.Ordinal);
        JsonElement calls = Member(_graph, "nodes", JsonValueKind.Array);
        if (calls.GetArrayLength() > CallLimit) throw WeightErrors.Unreadable($"its program has more than {CallLimit} calls.");
        Calls = [.. calls.EnumerateArray().Select(c => new ExportedCall(c))];
    }

    /// <summary>What is known of each value that is a tensor.</summary>
    public IReadOnlyDictionary<string, TensorMeta> Metas { get; }

    /// <summary>Its calls in order.</summary>
    public IReadOnlyList<ExportedCall> Calls { get; }

    /// <summary>Values that come from outside: tensors that the caller gives.</summary>
    public IEnumerable<string> Inputs => Specs("input_specs").Where(s => s.Kind == "user_input" && ArgumentOf(s.Value).Kind == "as_tensor").Select(s => ArgumentOf(s.Value).Name!);

    /// <summary>Values that stand for parameters, buffers and constants, and the names of those.</summary>
    public IEnumerable<(string Value, string Tensor)> Parameters => Specs("input_specs").SelectMany(s => s.Kind switch
    {
        "parameter" => [Named(s.Value, "parameter_name")],
        "buffer" => [Named(s.Value, "buffer_name")],
        "tensor_constant" => [Named(s.Value, "tensor_constant_name")],
        _ => Array.Empty<(string, string)>(),
    });

    /// <summary>Values that the program answers with.</summary>
    public IEnumerable<string> Outputs => Specs("output_specs").Where(s => s.Kind == "user_output").Select(s => ArgumentOf(s.Value).Name).OfType<string>();

    private IEnumerable<AtenArgument> Specs(string name) => Member(_signature, name, JsonValueKind.Array).EnumerateArray().Select(AtenArgument.Of);

    private static AtenArgument ArgumentOf(JsonElement spec) => AtenArgument.Of(Member(spec, "arg"));

    private static (string Value, string Tensor) Named(JsonElement spec, string member) => (Text(Member(spec, "arg"), "name"), Text(spec, member));

    internal static JsonElement Member(JsonElement element, string name, JsonValueKind kind = JsonValueKind.Object) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement member) && member.ValueKind == kind ? member
        : throw WeightErrors.Unreadable($"its program lacks {WeightErrors.Quote(name)}; it is damaged, or of a form that is not known.");

    internal static string Text(JsonElement element, string name) => Member(element, name, JsonValueKind.String).GetString()!;
}
