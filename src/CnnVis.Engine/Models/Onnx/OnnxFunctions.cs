using CnnVis.Engine.Models.Onnx.Upgrades;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>
/// Functions that a file defines itself, as PyTorch's newer exporters and onnxscript do for most operators. Each call is replaced by the function's nodes, whose
/// values get names of their own, until no call is left. What a function takes of its caller's attributes is put in.
/// </summary>
internal sealed class OnnxFunctions
{
    /// <summary>Most bytes that calls may become, and most calls in one another: functions that call one another twice each would have no end in practice.</summary>
    private const long MostBytes = 128 << 20;

    private const int MostDepth = 64;

    private readonly Dictionary<(string Domain, string Name, string Overload), FunctionProto> _functions = [];
    private readonly Dictionary<(string Domain, string Name, string Overload), long> _sizes = [];
    private readonly HashSet<(string Domain, string Name, string Overload)> _open = [];
    private readonly ValueNames _names;
    private readonly HashSet<string> _labels = new(StringComparer.Ordinal);
    private long _left = MostBytes;

    private OnnxFunctions(ModelProto model)
    {
        _names = new ValueNames(model.Graph);
        foreach (FunctionProto function in model.Functions)
            if (!_functions.TryAdd((Domain(function.Domain), function.Name, function.Overload), function))
                throw new CnnVisException(ErrorIds.ModelUnreadable, $"it defines the function {Called(function)} twice.", function.Name);
        foreach (var (key, function) in _functions) _sizes[key] = function.CalculateSize() + 128L * function.Node.Count;
    }

    /// <summary>Replaces every call in the graph, and in the graphs inside it.</summary>
    /// <param name="model">Changed in place.</param>
    /// <exception cref="CnnVisException">A function calls itself, a call does not go with its function, or there are far too many.</exception>
    public static void Inline(ModelProto model)
    {
        if (model.Functions.Count == 0 || model.Graph is null) return;
        new OnnxFunctions(model).Inline(model.Graph);
        model.Functions.Clear();
    }

    private void Inline(GraphProto graph)
    {
        NodeProto[] nodes = [.. graph.Node.SelectMany(Expanded)];
        graph.Node.Clear();
        graph.Node.AddRange(nodes);
    }

    /// <summary>The node, or what it calls.</summary>
    private IEnumerable<NodeProto> Expanded(NodeProto node)
    {
        foreach (AttributeProto attribute in node.Attribute)
            if (attribute.G is not null) Inline(attribute.G);
        var key = (Domain(node.Domain), node.OpType, node.Overload);
        if (!_functions.TryGetValue(key, out FunctionProto? function)) return [node];
        string label = node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault(o => o.Length > 0) ?? node.OpType;
        if (!_open.Add(key)) throw new CnnVisException(ErrorIds.ModelUnreadable, $"its function {Called(function)} calls itself; networks have no end then.", label);
        if (_open.Count > MostDepth || (_left -= _sizes[key]) < 0) throw new CnnVisException(ErrorIds.ModelUnreadable, $"its functions call one another more often than any network needs ({MostDepth} deep, {MostBytes >> 20} MB of nodes).", label);
        NodeProto[] body = [.. Body(node, function, label).SelectMany(Expanded)];
        _open.Remove(key);
        return body;
    }

    /// <summary>The function's nodes as the call means them.</summary>
    private List<NodeProto> Body(NodeProto call, FunctionProto function, string label)
    {
        if (call.Input.Count > function.Input.Count || call.Output.Count > function.Output.Count)
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"node '{label}' calls {Called(function)} with {call.Input.Count} inputs for {call.Output.Count} outputs; it has {function.Input.Count} and {function.Output.Count}.", label);
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal) { [""] = "" };
        for (int i = 0; i < function.Input.Count; i++) renamed[function.Input[i]] = i < call.Input.Count ? call.Input[i] : ""; // one left out
        var passed = new List<NodeProto>();
        for (int i = 0; i < call.Output.Count; i++)
        {
            if (call.Output[i].Length == 0) continue;
            if (!renamed.TryAdd(function.Output[i], call.Output[i])) passed.Add(NodeProtos.Make("Identity", call.Output[i], [renamed[function.Output[i]]])); // an input handed on, or one value given twice
        }

        string prefix = label;
        for (int i = 2; !_labels.Add(prefix); i++) prefix = $"{label}_{i}";
        Dictionary<string, AttributeProto> attributes = function.AttributeProto.ToDictionary(a => a.Name, StringComparer.Ordinal);
        foreach (AttributeProto attribute in call.Attribute) attributes[attribute.Name] = attribute;
        int opset = function.OpsetImport.Where(o => OnnxOpset.IsDefault(o.Domain)).Select(o => (int)Math.Clamp(o.Version, 0, int.MaxValue)).DefaultIfEmpty(call.Opset ?? 0).Max();
        var body = new List<NodeProto>();
        foreach (NodeProto node in function.Node)
        {
            NodeProto copy = node.Clone();
            copy.Name = node.Name.Length > 0 ? $"{prefix}.{node.Name}" : function.Node.Count == 1 ? label : "";
            copy.Opset = opset > 0 ? opset : null;
            Fill(copy, attributes);
            OnnxSubgraphs.Rename(copy, value => renamed.TryGetValue(value, out string? known) ? known : renamed[value] = _names.Fresh($"{prefix}.{value}"));
            body.Add(copy);
        }
        body.AddRange(passed);
        return body;
    }

    /// <summary>Puts in what the caller states where a node names an attribute of its function; one that nobody states is left out.</summary>
    private static void Fill(NodeProto node, Dictionary<string, AttributeProto> stated)
    {
        for (int i = node.Attribute.Count - 1; i >= 0; i--)
        {
            AttributeProto attribute = node.Attribute[i];
            if (attribute.RefAttrName.Length > 0)
            {
                if (stated.TryGetValue(attribute.RefAttrName, out AttributeProto? value))
                {
                    AttributeProto filled = value.Clone();
                    filled.Name = attribute.Name;
                    node.Attribute[i] = filled;
                }
                else node.Attribute.RemoveAt(i);
            }
            else if (attribute.G is not null)
            {
                foreach (NodeProto inner in attribute.G.Node) Fill(inner, stated);
            }
        }
    }

    private static string Domain(string domain) => OnnxOpset.IsDefault(domain) ? "" : domain;

    private static string Called(FunctionProto function) => $"{(function.Domain.Length > 0 ? function.Domain + "." : "")}{function.Name}";
}
