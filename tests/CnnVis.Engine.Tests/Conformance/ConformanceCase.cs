using CnnVis.Engine.Models.Onnx;

namespace CnnVis.Engine.Tests.Conformance;

/// <summary>One of ONNX's tests: a network, and what it gives for some values.</summary>
internal sealed class ConformanceCase
{
    /// <summary>What this module does not read at all, by operator: training, texts, sequences, recurrent and signal operators.</summary>
    private static readonly HashSet<string> _beyond = new(
    [
        "Adam", "Adagrad", "Momentum", "Gradient", "SoftmaxCrossEntropyLoss", "NegativeLogLikelihoodLoss",
        "StringNormalizer", "TfIdfVectorizer", "StringConcat", "StringSplit", "RegexFullMatch", "LabelEncoder",
        "SequenceAt", "SequenceConstruct", "SequenceEmpty", "SequenceErase", "SequenceInsert", "SequenceLength", "SequenceMap", "SplitToSequence", "ConcatFromSequence",
        "Optional", "OptionalGetElement", "OptionalHasElement",
        "LSTM", "GRU", "RNN", "Loop", "Scan",
        "DFT", "STFT", "MelWeightMatrix", "HannWindow", "HammingWindow", "BlackmanWindow",
    ], StringComparer.Ordinal);

    /// <summary>Tests that contradict the specification's text and OnnxRuntime, which leaves them out too: corners are aligned by a length that is no whole number.</summary>
    private static readonly HashSet<string> _disputed = new(
    [
        "test_resize_downsample_scales_cubic_align_corners", "test_resize_downsample_scales_linear_align_corners",
    ], StringComparer.Ordinal);

    private readonly IReadOnlyDictionary<string, byte[]> _files;
    private readonly string _folder;

    public ConformanceCase(string folder, IReadOnlyDictionary<string, byte[]> files)
    {
        (_folder, _files) = (folder, files);
        string[] parts = folder.Split('/');
        Name = parts[^1];
        ModelProto model = Model();
        Operator = parts[0] != "node" ? $"({parts[0]})"
            : model.Graph.Node.Count(n => n.OpType != "Constant") == 1 ? model.Graph.Node.First(n => n.OpType != "Constant").OpType
            : Whole(model.Graph);
        IsBeyond = Beyond(model) || Name.Contains("_training", StringComparison.Ordinal) || Name.Contains("_train_", StringComparison.Ordinal)
            || parts[0] == "node" && System.Text.RegularExpressions.Regex.IsMatch(Name, "_(sce|nllloss|sequence|optional|loop|scan|hannwindow|hammingwindow|blackmanwindow|adam|adagrad|momentum|dft|stft)");
    }

    /// <summary>The folder's name.</summary>
    public string Name { get; }

    /// <summary>The row of the table that it counts for.</summary>
    public string Operator { get; }

    /// <summary>Whether it needs training, texts, sequences, recurrent or signal operators.</summary>
    public bool IsBeyond { get; }

    /// <summary>Whether its numbers are in dispute.</summary>
    public bool IsDisputed => _disputed.Contains(Name);

    /// <summary>A new copy of its network.</summary>
    public ModelProto Model() => ModelProto.Parser.ParseFrom(_files[_folder + "/model.onnx"]);

    /// <summary>Inputs and answers, set by set.</summary>
    public IEnumerable<(byte[][] Inputs, byte[][] Outputs)> Sets()
    {
        for (int i = 0; _files.Keys.Any(name => name.StartsWith($"{_folder}/test_data_set_{i}/", StringComparison.Ordinal)); i++)
            yield return (Numbered($"{_folder}/test_data_set_{i}/input_"), Numbered($"{_folder}/test_data_set_{i}/output_"));
    }

    private byte[][] Numbered(string start)
    {
        var found = new List<byte[]>();
        while (_files.TryGetValue($"{start}{found.Count}.pb", out byte[]? bytes)) found.Add(bytes);
        return [.. found];
    }

    /// <summary>The operator that a network of several nodes spells out: its last name in a test "…_expanded", its last node otherwise.</summary>
    private static string Whole(GraphProto graph) => graph.Node.Count == 0 ? "(none)" : graph.Node.Count(n => n.OpType != "Constant") is 0 ? "Constant" : "(expanded)";

    private static bool Beyond(ModelProto model) => Beyond(model.Graph) || model.Graph.Input.Concat(model.Graph.Output).Any(v => v.Type?.TensorType is null || v.Type.TensorType.ElemType == (int)TensorProto.Types.DataType.String);

    private static bool Beyond(GraphProto graph) => graph.Node.Any(n => _beyond.Contains(n.OpType) || n.Domain is "ai.onnx.preview.training" or "ai.onnx.ml"
        || n.Attribute.Any(a => a.G is not null && Beyond(a.G)));
}
