using CnnVis.Engine.Graphs;
using static TorchSharp.torch;

namespace CnnVis.Engine.Models;

/// <summary>
/// Which pictures a network has no answer for, because it is not a finite number: a division by the norm of a black picture, say. A pass of its own finds them, but only where the network has a node that can
/// make such a number of finite ones, or where its numbers grow beyond float32.
/// </summary>
internal sealed class AnswerCheck(Network network)
{
    /// <summary>Operators that give finite numbers for finite ones of an ordinary size.</summary>
    private static readonly HashSet<string> _finite = new(
    [
        "Conv", "ConvTranspose", "Gemm", "MatMul", "Einsum", "Add", "Sub", "Mul", "Sum", "Mean", "Max", "Min", "Neg", "Abs", "Floor", "Ceil", "Round", "Sign", "Erf", "Sin", "Cos",
        "Relu", "LeakyRelu", "PRelu", "ThresholdedRelu", "Clip", "Sigmoid", "HardSigmoid", "HardSwish", "Tanh", "Softmax", "LogSoftmax", "Elu", "Selu", "Celu", "Gelu", "Softplus", "Softsign", "Mish",
        "BatchNormalization", "AveragePool", "GlobalAveragePool", "MaxPool", "GlobalMaxPool", "ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin", "ReduceL1", "ReduceSumSquare", "ArgMax", "ArgMin", "TopK",
        "QuantizeLinear", "DequantizeLinear", "Resize", "Pad", "DepthToSpace", "SpaceToDepth", "Cast", "CastLike", "Concat", "Dropout", "Expand", "Flatten", "Gather", "GatherElements", "GatherND", "Identity",
        "OneHot", "Range", "CumSum", "ScatterND", "IsNaN", "Reshape", "Shape", "Size", "Slice", "Split", "Squeeze", "Tile", "Transpose", "Trilu", "Unsqueeze",
        "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "And", "Or", "Not", "Xor", "Where",
    ], StringComparer.Ordinal);

    private readonly Lazy<bool> _mayFail = new(() => Needed(network.Graph, ValueOf(network)).Any(n => !StaysFinite(network.Graph, n)) || !AnswersNoise(network));

    /// <summary>Asks for the answers, where they may be anything but finite.</summary>
    /// <param name="pixels">[N, C, H, W] in [0, 1], where the network computes.</param>
    /// <param name="answers">The network's output in the caller's dispose scope, if it had to be computed for all.</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    /// <returns>The rows that have no answer.</returns>
    public int[] Failing(Tensor pixels, out Tensor? answers, CancellationToken cancellation = default)
    {
        answers = null;
        if (!_mayFail.Value) return [];
        try
        {
            using var inference = inference_mode();
            using var scope = NewDisposeScope();
            Tensor output = network.Forward(pixels, [ValueOf(network)], cancellation)[0];
            if (output.dim() == 0 || output.shape[0] != pixels.shape[0]) return [];
            bool[] finite = output.isfinite().flatten(1).all(1).cpu().data<bool>().ToArray();
            answers = output.MoveToOuterDisposeScope();
            return [.. Enumerable.Range(0, finite.Length).Where(i => !finite[i])];
        }
        catch (CnnVisException)
        {
            return []; // told where it is asked for more than a check
        }
    }

    /// <summary>What is said of a picture without an answer.</summary>
    public CnnVisException Error(string path) =>
        new(ErrorIds.AnswerNotANumber, $"{network.Name} has no answer for '{path}': its answer is not a number (NaN or infinite). The picture is left out; look into the network's layers with Get-CnnLayer where many are.", path);

    /// <summary>What is looked at: probabilities or numbers where there are some, else the file's output.</summary>
    private static string ValueOf(Network network) => network.Answers.HasClasses || network.Answers.Kind == AnswerKind.Numbers ? network.Answers.Probabilities : network.Graph.Output;

    /// <summary>The nodes that a value is computed by.</summary>
    private static IEnumerable<Node> Needed(Graph graph, string value)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal) { value };
        foreach (Node node in Enumerable.Reverse(graph.Nodes))
        {
            if (!needed.Contains(node.Output)) continue;
            needed.UnionWith(node.Inputs);
            yield return node;
        }
    }

    private static bool AnswersNoise(Network network)
    {
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        CnnInput input = network.Input;
        try
        {
            Tensor noise = rand([1, input.Channels, input.Height, input.Width], generator: new Generator(1)).to(network.TorchDevice);
            return network.Forward(noise, [ValueOf(network)])[0].isfinite().all().item<bool>();
        }
        catch (CnnVisException)
        {
            return true;
        }
    }

    private static bool StaysFinite(Graph graph, Node node) => node.Operator.Type switch
    {
        "Div" => FarFromZero(graph, node.Inputs[1]),
        "Reciprocal" or "Sqrt" or "Log" => FarFromZero(graph, node.Inputs[0]),
        "Pow" => graph.Parameters.TryGetValue(node.Inputs[1], out Tensor? exponent) && Always(exponent, e => (e == 1).logical_or(e == 2)),
        "LRN" => node.Operator.Attributes.Number("bias", 1) > 0,
        var type => _finite.Contains(type) || node.Operator.Traits.HasFlag(OperatorTraits.Routes) || type.EndsWith("Normalization", StringComparison.Ordinal) && type != "LpNormalization" && node.Operator.Attributes.Number("epsilon", 1e-5f) > 0,
    };

    /// <summary>A constant that is never zero, or what keeps its distance from it by a constant: √(variance + ε).</summary>
    private static bool FarFromZero(Graph graph, string value)
    {
        if (graph.Parameters.TryGetValue(value, out Tensor? constant)) return Always(constant, c => c != 0);
        return graph.Producer(value) is >= 0 and var at && graph.Nodes[at] is var node && node.Operator.Type switch
        {
            "Sqrt" => FarFromZero(graph, node.Inputs[0]),
            "Add" or "Max" => HasPositive(node.Inputs),
            "Clip" => HasPositive(node.Inputs.Skip(1).Take(1)),
            _ => false,
        };

        bool HasPositive(IEnumerable<string> values) => values.Any(v => graph.Parameters.TryGetValue(v, out Tensor? least) && Always(least, c => c > 0));
    }

    private static bool Always(Tensor values, Func<Tensor, Tensor> condition)
    {
        using var scope = NewDisposeScope();
        return condition(values).all().item<bool>();
    }
}
