using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using static TorchSharp.torch;

namespace CnnVis.Engine.Targets.Answers;

/// <summary>Brings a network's answer to logits and probabilities, [N, classes] each.</summary>
internal static class AnswerCompletion
{
    /// <summary>Least probability whose logarithm is taken.</summary>
    private const float Least = 1e-30f;

    /// <summary>Finds the kind of an answer, and adds the nodes that it lacks.</summary>
    /// <param name="graph">The file's graph.</param>
    /// <param name="asked">The kind that the user says; null for what is found.</param>
    /// <param name="labels">How many labels are given; null for none.</param>
    /// <param name="outputs">Outputs of the file.</param>
    /// <param name="editor">Takes the nodes.</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    /// <returns>The answer, and the name of the value that is the network's output from now on.</returns>
    /// <exception cref="CnnVisException">The answer is nothing that can be explained, or not of the kind that was asked for.</exception>
    public static (Answer Answer, string Output) Complete(Graph graph, AnswerKind? asked, int? labels, int outputs, GraphEditor editor, CancellationToken cancellation)
    {
        using ShapeWalk shapes = PicturesFirst(ref graph, editor, cancellation);
        int own = editor.Added.Count;
        var finder = new AnswerFinder(graph, shapes, labels);
        var (kind, reason) = finder.Find(asked, outputs);
        var answer = new Answer(kind, reason, (int)(kind switch { AnswerKind.Outputs => 0, AnswerKind.Binary => 2, AnswerKind.Maps => Math.Max(2, finder.Shape[finder.ClassAxis]), _ => finder.Length }))
        {
            Outputs = [.. graph.Outputs.Where(o => o == graph.Output || finder.IsFraction(o))],
        };
        return kind switch
        {
            AnswerKind.Classes => Classes(),
            AnswerKind.Outputs => (answer, graph.Output),
            AnswerKind.Numbers or AnswerKind.Codes => Seen(answer with { Logits = Row(graph.Output), Probabilities = Row(graph.Output) }),
            AnswerKind.Maps => Seen(Maps()),
            _ => Seen(Independent(Row(Logit()), Row(Probability("Sigmoid")), kind == AnswerKind.Binary)),
        };

        // A classifier's output is its probabilities: what is added belongs to it.
        (Answer, string) Classes()
        {
            Tail tail = finder.Tail;
            string logits, probabilities;
            if (tail.Kind == TailKind.None)
            {
                logits = Row(graph.Output);
                probabilities = editor.Add("prob", "Softmax", [logits], ("axis", 1L));
            }
            else
            {
                probabilities = Row(tail.Kind == TailKind.LogSoftmax ? editor.Add("prob", "Exp", [graph.Output]) : Said());
                int probable = editor.Added.Count;
                logits = finder.Logits(editor) is { } below ? Row(below) : editor.Add("logits", "Log", [Bounded(probabilities)]);
                return (answer with { Logits = logits, Probabilities = probabilities, IsPlain = tail is { IsPlain: true, Logits: not null }, Views = Names(probable) }, probabilities);
            }
            return (answer with { Logits = logits, Probabilities = probabilities, IsPlain = true }, probabilities);
        }

        Answer Independent(string logits, string probabilities, bool isOne)
        {
            if (isOne)
            {
                // Two classes, z and −z: the Sigmoid of each is its probability.
                logits = editor.Add("logits", "Concat", [logits, editor.Add("logits.not", "Neg", [logits])], ("axis", 1L));
                probabilities = editor.Add("prob", "Concat", [probabilities, editor.Add("prob.not", "Sub", [editor.Constant("prob.one", ones([1, 1])), probabilities])], ("axis", 1L));
            }
            return answer with { Logits = logits, Probabilities = probabilities, IsPlain = finder.Tail is { Kind: TailKind.None } or { Kind: TailKind.Sigmoid, IsPlain: true, Logits: not null } };
        }

        Answer Maps()
        {
            int axis = finder.ClassAxis;
            bool isOne = finder.Shape[axis] == 1, isLog = finder.Tail.Kind == TailKind.LogSoftmax;
            Tail tail = finder.Tail;
            string pixels, probable;
            if (tail.Kind == TailKind.None)
            {
                pixels = graph.Output;
                probable = isOne ? editor.Add("pixel.prob", "Sigmoid", [pixels]) : editor.Add("pixel.prob", "Softmax", [pixels], ("axis", (long)axis));
            }
            else
            {
                probable = isLog ? editor.Add("pixel.prob", "Exp", [graph.Output]) : Said();
                pixels = finder.Logits(editor) ?? LogOdds(probable);
            }
            string places = editor.Constant("places", tensor([.. Enumerable.Range(1, 3).Where(i => i != axis).Select(i => (long)i)]));
            string Mean(string value, string name) => editor.Add(name, "ReduceMean", [value, places], ("keepdims", 0L));
            Answer found = isOne ? Independent(Mean(pixels, "mean.logit"), Mean(probable, "mean.prob"), true)
                : answer with { Logits = Mean(pixels, "logits"), Probabilities = Mean(probable, "prob") };
            return found with { Deciding = editor.Add("share", "Log", [Bounded(found.Probabilities)]), IsPlain = false, PixelLogits = pixels, ClassAxis = axis };
        }

        (Answer, string) Seen(Answer complete) => (complete with { Views = Names(own) }, graph.Output);

        // What the Sigmoids are given; of a mean of such, and where there is none, log-odds.
        string Logit() => finder.Tail switch
        {
            { Kind: TailKind.None } => graph.Output,
            { Kind: TailKind.Sigmoid } when finder.Logits(editor) is { } below => below,
            _ => LogOdds(Said()),
        };

        string LogOdds(string probability) =>
            editor.Add("log.odds", "Sub", [editor.Add("log.prob", "Log", [Bounded(probability)]), editor.Add("log.prob.not", "Log", [Bounded(editor.Add("prob.other", "Sub", [editor.Constant("prob.all", ones([1])), probability]))])]);

        string Probability(string type) => finder.Tail.Kind != TailKind.None ? Said() : editor.Add("sigmoid", type, [graph.Output]);

        // The probabilities, of percent too.
        string Said() => finder.Tail.Scale == 1 ? graph.Output : editor.Add("prob.unit", "Mul", [graph.Output, editor.Constant("prob.scale", tensor((float)(1 / finder.Tail.Scale)))]);

        string Bounded(string value) => editor.Add("bounded", "Clip", [value, editor.Constant("bounded.least", tensor(Least))]);

        // [N, numbers], where a value is not that already.
        string Row(string value)
        {
            long count = finder.Length;
            long[] shape = editor.Added.Any(n => n.Output == value) ? [.. finder.Shape] : [.. shapes[value]];
            return shape is [1, var numbers] && numbers == count ? value : editor.Add("row", "Reshape", [value, editor.Constant("row.shape", tensor(new[] { -1, count }))]);
        }

        HashSet<string> Names(int from) => [.. editor.Added.Skip(from).Select(n => n.Name)];
    }

    /// <summary>Puts nodes behind the outputs whose first axis is not the pictures' alone, that bring them there; gives the shapes.</summary>
    private static ShapeWalk PicturesFirst(ref Graph graph, GraphEditor editor, CancellationToken cancellation)
    {
        var shapes = new ShapeWalk(graph, cancellation);
        var pictures = new PictureWalk(graph, shapes, cancellation);
        string[] outputs = [.. graph.Outputs.Select(o => pictures.Elsewhere(o) is { } axis ? editor.PicturesFirst(o, axis, shapes[o]) : o)];
        if (editor.Added.Count == 0) return shapes;
        shapes.Dispose();
        var parameters = new Dictionary<string, Tensor>(graph.Parameters, StringComparer.Ordinal);
        foreach (var (name, value) in editor.Parameters) parameters[name] = value;
        graph = new Graph(graph.Input, [.. graph.InputShape], [.. graph.Nodes, .. editor.Added], parameters, outputs[0], outputs[1..]);
        return new ShapeWalk(graph, cancellation);
    }
}
