using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>Makes operators of a file's nodes: one for each output that is used.</summary>
internal static class OnnxOperators
{
    /// <param name="node">In today's form.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <param name="opset">The file's operator set.</param>
    /// <param name="used">Values that somebody takes.</param>
    /// <exception cref="CnnVisException">The operator is not known, or an output is used that it cannot give.</exception>
    public static IEnumerable<(string Output, Operator Operator)> Read(NodeProto node, string name, int opset, IReadOnlySet<string> used)
    {
        // A node that nobody uses is kept for its first output: it is a layer to look at.
        int[] wanted = [.. Enumerable.Range(0, node.Output.Count).Where(i => used.Contains(node.Output[i]))];
        if (wanted.Length == 0) wanted = [node.Output.Select((value, i) => (value, i)).First(o => o.value.Length > 0).i];
        foreach (int output in wanted)
        {
            Operator made = Create(node, name, opset, output);
            if (output >= made.OutputCount)
                throw new CnnVisException(ErrorIds.OperatorNotSupported, $"the network uses output {output} ('{node.Output[output]}') of {node.OpType} (opset {opset}) node '{name}', which is not supported; export the network for inference.", node.OpType);
            yield return (node.Output[output], made);
        }
    }

    private static Operator Create(NodeProto node, string name, int opset, int output)
    {
        bool ours = OnnxOpset.IsDefault(node.Domain);
        if (!ours || !OperatorCatalog.Types.Contains(node.OpType))
        {
            throw new CnnVisException(ErrorIds.OperatorNotSupported,
                $"operator {(ours ? node.OpType : $"{node.Domain}.{node.OpType}")} (opset {opset}) of node '{name}' is not supported. "
                + (ours ? "Choose a value before it with -OutputName, or export the network with operators that are: docs/onnx.md lists them." : "Export the network with ONNX's own operators, for PyTorch with torch.onnx.export(…, dynamo=False), or choose a value before it with -OutputName."),
                node.OpType);
        }
        // All outputs of these have to be written; those of others up to the one that is used.
        int outputs = node.OpType is "Split" or "TopK" or "Unique" ? node.Output.Count : output + 1;
        return OperatorCatalog.Create(node.OpType, new OperatorAttributes(OnnxAttributes.Read(node)) { Output = output, Outputs = outputs });
    }
}
