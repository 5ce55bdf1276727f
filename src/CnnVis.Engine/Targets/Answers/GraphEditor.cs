using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;
using static TorchSharp.torch;

namespace CnnVis.Engine.Targets.Answers;

/// <summary>Adds nodes to a graph under names that nobody has.</summary>
/// <param name="graph">The graph; stays as it is.</param>
internal sealed class GraphEditor(Graph graph)
{
    private readonly HashSet<string> _taken = new(graph.Nodes.SelectMany(n => new[] { n.Name, n.Output }).Concat(graph.Parameters.Keys).Append(graph.Input), StringComparer.Ordinal);

    /// <summary>The nodes that were added.</summary>
    public List<Node> Added { get; } = [];

    /// <summary>Parameters that were added.</summary>
    public Dictionary<string, Tensor> Parameters { get; } = new(StringComparer.Ordinal);

    /// <summary>A node; gives its value's name.</summary>
    public string Add(string name, string type, IReadOnlyList<string> inputs, params (string Name, object Value)[] attributes)
    {
        string free = Unused(name);
        Added.Add(new Node(free, OperatorCatalog.Create(type, new OperatorAttributes(attributes))!, inputs, free));
        return free;
    }

    /// <summary>A parameter; gives its name.</summary>
    public string Constant(string name, Tensor value)
    {
        string free = Unused(name);
        Parameters[free] = value.DetachFromDisposeScope();
        return free;
    }

    /// <summary>The nodes that bring the pictures of a value to its first axis; gives their value's name.</summary>
    /// <param name="value">The value.</param>
    /// <param name="axis">Where its pictures are.</param>
    /// <param name="shape">Its shape for one picture.</param>
    public string PicturesFirst(string value, PictureAxis axis, IReadOnlyList<long> shape)
    {
        long[] apart = axis.Apart(shape);
        int at = Array.IndexOf(apart, -1);
        string split = apart.Length == shape.Count ? value : Add($"{value}.apart", "Reshape", [value, Constant($"{value}.shape", tensor(apart))]);
        return at == 0 ? split : Add($"{value}.pictures", "Transpose", [split], ("perm", Enumerable.Range(0, apart.Length).OrderBy(i => i == at ? -1 : i).Select(i => (long)i).ToArray()));
    }

    /// <summary>A name that nobody has, from now on taken.</summary>
    public string Unused(string name)
    {
        while (!_taken.Add(name)) name += "_";
        return name;
    }
}
