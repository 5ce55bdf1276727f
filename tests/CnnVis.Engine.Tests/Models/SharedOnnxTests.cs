using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Onnx;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace CnnVis.Engine.Tests.Models;

/// <summary>Files that once went wrong, of <c>shared/cases</c> above or beside the repository, and any others in the folder that <c>CNNVIS_ONNX_FILES</c> names.</summary>
public sealed class SharedOnnxTests
{
    /// <summary>Whose only right end is a refusal in one sentence.</summary>
    private static readonly HashSet<string> _refused = new(["batchnorm_op9_5outputs_differs_from_ort.onnx", "control-characters-in-error.onnx"], StringComparer.Ordinal);

    private static string[] Files()
    {
        var files = new List<string>();
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null && files.Count == 0; folder = folder.Parent)
        {
            string cases = Path.Combine(folder.FullName, "shared", "cases");
            if (Directory.Exists(cases)) files.AddRange(new[] { "onnx", "11-onnx-local-functions", "hostile" }.Select(part => Path.Combine(cases, part)).Where(Directory.Exists).SelectMany(part => Directory.GetFiles(part, "*.onnx")));
        }
        if (Environment.GetEnvironmentVariable("CNNVIS_ONNX_FILES") is { Length: > 0 } more && Directory.Exists(more)) files.AddRange(Directory.GetFiles(more, "*.onnx"));
        return [.. files.Order(StringComparer.Ordinal)];
    }

    [SkippableFact]
    public void EachIsRightForThreePicturesAsForOneOrRefusedInOneSentence()
    {
        string[] files = Files();
        Skip.If(files.Length == 0, "There are no shared cases here.");
        Assert.All(files, file =>
        {
            try
            {
                string? output = Path.GetFileName(file).Contains("OutputName_r", StringComparison.Ordinal) ? "r" : null;
                using Graph graph = OnnxReader.Read(file, new ImportOptions { OutputName = output }).Graph;
                if (graph.Nodes.Count >= 1000) return;
                AssertAlike(graph);
                if (output is null) AgreesWithOnnxRuntime(file, graph);
                Assert.DoesNotContain(Path.GetFileName(file), _refused);
            }
            catch (CnnVisException e)
            {
                Assert.True(_refused.Contains(Path.GetFileName(file)), e.Message);
                Assert.True(e.Message.Length < 700, e.Message);
            }
        });
    }

    private static void AssertAlike(Graph graph)
    {
        using var scope = NewDisposeScope();
        Tensor pictures = rand([3, .. graph.InputShape.Skip(1)], generator: new Generator(1));
        string[] values = [.. graph.Nodes.Select(n => n.Output)];
        Tensor[] together = new ForwardWalk(graph, values).Run(pictures);
        for (int i = 0; i < 3; i++)
        {
            Tensor[] alone = new ForwardWalk(graph, values).Run(pictures.narrow(0, i, 1));
            for (int v = 0; v < values.Length; v++)
            {
                if (alone[v].shape.AsSpan().SequenceEqual(together[v].shape)) continue; // the same for every picture
                int axis = Enumerable.Range(0, alone[v].shape.Length).Single(a => alone[v].shape[a] != together[v].shape[a]);
                long extent = alone[v].shape[axis];
                Assert.Equal(3 * extent, together[v].shape[axis]);
                Tensor difference = (together[v].narrow(axis, i * extent, extent).to(ScalarType.Float32) - alone[v].to(ScalarType.Float32)).abs().max();
                Assert.True(difference.item<float>() <= 1e-4f * Math.Max(1, alone[v].to(ScalarType.Float32).abs().max().item<float>()), $"{values[v]} of picture {i}");
            }
        }
    }

    /// <summary>Every value that the file and the graph both have, of one picture.</summary>
    private static void AgreesWithOnnxRuntime(string file, Graph graph)
    {
        using var scope = NewDisposeScope();
        ModelProto model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(file));
        HashSet<string> given = [.. model.Graph.Node.SelectMany(n => n.Output)];
        string[] values = [.. graph.Nodes.Select(n => n.Output).Where(given.Contains)];
        model.Graph.Output.Clear();
        model.Graph.Output.AddRange(values.Select(v => new ValueInfoProto { Name = v }));
        Tensor picture = rand([.. graph.InputShape], generator: new Generator(2));
        using var session = new InferenceSession(model.ToByteArray());
        using var answers = session.Run([NamedOnnxValue.CreateFromTensor(graph.Input, new DenseTensor<float>(picture.data<float>().ToArray(), [.. graph.InputShape.Select(d => (int)d)]))]);
        Tensor[] ours = new ForwardWalk(graph, values).Run(picture);
        for (int v = 0; v < values.Length; v++)
        {
            if (answers[v].Value is not Microsoft.ML.OnnxRuntime.Tensors.Tensor<float> answer) continue;
            float[] theirs = [.. answer], got = ours[v].to(ScalarType.Float32).contiguous().data<float>().ToArray();
            Assert.True(theirs.Length == got.Length, $"{values[v]} is [{string.Join(", ", ours[v].shape)}] where OnnxRuntime has [{string.Join(", ", answer.Dimensions.ToArray())}]");
            float scale = Math.Max(1e-3f, theirs.Where(float.IsFinite).Select(MathF.Abs).DefaultIfEmpty(0).Max());
            for (int i = 0; i < got.Length; i++) Assert.True(got[i].Equals(theirs[i]) || MathF.Abs(got[i] - theirs[i]) <= 2e-4f * scale, $"{values[v]}[{i}] is {got[i]} where OnnxRuntime has {theirs[i]}");
        }
    }
}
