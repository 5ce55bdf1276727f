using CnnVis.Engine.Models;
using CnnVis.Engine.Targets.Answers;

namespace CnnVis.Engine.Targets;

/// <summary>Networks asked for other numbers than their answer.</summary>
public static class NetworkTargets
{
    /// <summary>The same network, asked for other numbers of it: its answer are those. Shares parameters and layers.</summary>
    /// <exception cref="CnnVisException">A target names nothing that the network has.</exception>
    public static Network Asking(this Network network, IReadOnlyList<CnnTarget> targets)
    {
        var editor = new GraphEditor(network.Graph);
        var (columns, all) = new TargetCompiler(network, editor).Compile(targets);
        var answer = new Answer(AnswerKind.Numbers, "targets name its numbers", targets.Count)
        {
            Logits = all,
            Probabilities = all,
            Named = columns,
            Outputs = network.Answers.Outputs,
            Views = new HashSet<string>([.. network.Answers.Views, .. editor.Added.Select(n => n.Name)]),
        };
        return network.With(editor, answer, [.. targets.Select(t => t.ToString())]);
    }
}
