using System.Text.Json;
using System.Text.RegularExpressions;

namespace CnnVis.Engine.Models.Exported;

/// <summary>A call of an operator in a program.</summary>
internal sealed partial class ExportedCall
{
    private const string Prefix = "torch.ops.";

    private readonly Dictionary<string, AtenArgument> _arguments = new(StringComparer.Ordinal);

    public ExportedCall(JsonElement call)
    {
        string target = ExportedProgram.Text(call, "target");
        Target = target.StartsWith(Prefix, StringComparison.Ordinal) ? target[Prefix.Length..] : target;
        foreach (JsonElement input in ExportedProgram.Member(call, "inputs", JsonValueKind.Array).EnumerateArray())
            _arguments[ExportedProgram.Text(input, "name")] = AtenArgument.Of(ExportedProgram.Member(input, "arg"));
        Outputs = [.. ExportedProgram.Member(call, "outputs", JsonValueKind.Array).EnumerateArray().Select(AtenArgument.Of)
            .SelectMany(o => o.Items is { } items ? items.Select(i => i.Name) : [o.Name]).Select(n => n ?? "")];
        if (call.TryGetProperty("metadata", out JsonElement metadata) && metadata.ValueKind == JsonValueKind.Object && metadata.TryGetProperty("nn_module_stack", out JsonElement stack) && stack.ValueKind == JsonValueKind.String)
            (Module, IsLeaf) = Innermost(stack.GetString()!);
    }

    /// <summary>The operator with its overload, without <c>torch.ops.</c>: <c>aten.conv2d.default</c>.</summary>
    public string Target { get; }

    /// <summary>The operator alone: <c>conv2d</c>, without the underscore of what works in place.</summary>
    public string Operator => Target.Split('.') is [_, var name, ..] ? name.Length > 1 && !name.EndsWith("__", StringComparison.Ordinal) ? name.TrimEnd('_') : name : Target;

    /// <summary>Whether it changes its first argument.</summary>
    public bool IsInPlace => Target.Split('.') is [_, [not '_', .., not '_', '_'], ..];

    /// <summary>Its overload: <c>default</c>, <c>Tensor</c>.</summary>
    public string Overload => Target.Split('.') is [_, _, var overload] ? overload : "";

    /// <summary>Its results; empty where one is no tensor or symbol.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>Path of the module that it belongs to: <c>layer1.0.conv1</c>; empty for the model itself.</summary>
    public string Module { get; } = "";

    /// <summary>Whether that module is one of PyTorch's own layers.</summary>
    public bool IsLeaf { get; }

    /// <summary>The argument of that name, or of one of those; none where the default was meant.</summary>
    public AtenArgument this[string name] => _arguments.GetValueOrDefault(name);

    /// <summary>Every argument.</summary>
    public IEnumerable<AtenArgument> Arguments => _arguments.Values;

    /// <summary>Names of all values that it takes.</summary>
    public IEnumerable<string> Taken => Arguments.SelectMany(a => a.Items is { } items ? items.Select(i => i.Name) : [a.Name]).OfType<string>();

    /// <summary>
    /// The last of the modules that a call lies in, from <c>key,path,type;key,path,type</c>. A path may be written as Python: <c>L['self'].layer1</c>, <c>getattr(L['self'].layer1, '0').conv1</c>.
    /// </summary>
    private static (string Path, bool IsLeaf) Innermost(string stack)
    {
        string last = stack[(stack.LastIndexOf(';') + 1)..];
        int type = last.LastIndexOf(','), path = First(last);
        if (path < 0 || type <= path) return ("", false);
        string name = last[(path + 1)..type];
        for (string before = ""; before != name;) (before, name) = (name, Attribute().Replace(name, "$1.$2"));
        name = Index().Replace(name, ".$1");
        return (Self().Replace(name, "").Trim('.'), last[(type + 1)..].StartsWith("torch.nn.modules.", StringComparison.Ordinal));
    }

    /// <summary>The first comma that is in no brackets: a key may be Python too.</summary>
    private static int First(string text)
    {
        int depth = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == ',' && depth == 0) return i;
            depth += text[i] is '(' or '[' ? 1 : text[i] is ')' or ']' ? -1 : 0;
        }
        return -1;
    }

    [GeneratedRegex(@"getattr\(([^(),]*), *['""]([^'""]*)['""]\)", RegexOptions.CultureInvariant)]
    private static partial Regex Attribute();

    [GeneratedRegex(@"\[['""]?(\w+)['""]?\]", RegexOptions.CultureInvariant)]
    private static partial Regex Index();

    [GeneratedRegex(@"^(L__self__|L\.self|self)(?=\.|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Self();
}
