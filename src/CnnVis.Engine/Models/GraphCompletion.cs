using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;
using static TorchSharp.torch;

namespace CnnVis.Engine.Models;

/// <summary>Makes a file's graph one that takes pictures in [0, 1] and answers with probabilities.</summary>
internal static class GraphCompletion
{
    /// <summary>Normalises at the front where mean or deviation are given, and ends in Softmax.</summary>
    public static Graph Complete(Graph graph, CnnInput input, IReadOnlyList<float>? mean, IReadOnlyList<float>? deviation)
    {
        var nodes = new List<Node>(graph.Nodes);
        var parameters = new Dictionary<string, Tensor>(graph.Parameters, StringComparer.Ordinal);
        string picture = graph.Input;
        string normalised = picture;
        if (mean is not null && graph.Nodes.FirstOrDefault(n => n.Operator is Sub && n.Inputs[0] == picture && parameters.ContainsKey(n.Inputs[1])) is { } own)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"The file subtracts a mean itself (node '{own.Name}'): leave -Mean and -StandardDeviation out.", own.Name);
        if (mean is not null) normalised = Prepend(new Sub(OperatorAttributes.None), "mean", mean);
        if (deviation is not null) normalised = Prepend(new Div(OperatorAttributes.None), "deviation", deviation);
        if (normalised != picture)
        {
            int added = (mean is null ? 0 : 1) + (deviation is null ? 0 : 1);
            for (int i = added; i < nodes.Count; i++)
                nodes[i] = nodes[i] with { Inputs = [.. nodes[i].Inputs.Select(v => v == picture ? normalised : v)] };
        }

        string output = graph.Output;
        if (graph.Nodes[graph.Producer(output)].Operator is not Softmax)
        {
            string name = Unused("prob");
            nodes.Add(new Node(name, new Softmax(new OperatorAttributes(("axis", 1L))), [output], name));
            output = name;
        }
        return new Graph(picture, [1, input.Channels, input.Height, input.Width], nodes, parameters, output);

        string Prepend(Operator @operator, string kind, IReadOnlyList<float> values)
        {
            if (values.Count != 1 && values.Count != input.Channels)
                throw new CnnVisException(ErrorIds.InvalidArgument, $"The {kind} has {values.Count} numbers; the network has {input.Channels} channels, so give 1 or {input.Channels}.", values);
            string name = Unused(kind), parameter = Unused($"{kind}.value");
            parameters[parameter] = tensor(values.ToArray(), [1, values.Count, 1, 1]).DetachFromDisposeScope();
            nodes.Insert(normalised == picture ? 0 : 1, new Node(name, @operator, [normalised, parameter], name));
            return name;
        }

        string Unused(string name)
        {
            while (name == picture || parameters.ContainsKey(name) || nodes.Any(n => n.Name == name || n.Output == name)) name += "_";
            return name;
        }
    }
}
