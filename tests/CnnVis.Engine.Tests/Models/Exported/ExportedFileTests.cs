using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models.Onnx;
using CnnVis.Engine.Models.Weights;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models.Exported;

/// <summary>Files that PyTorch itself wrote, where there are some: in the folder CNNVIS_PT2, each name.pt2 with an input name.x.npy and PyTorch's answer name.y.npy.</summary>
public sealed class ExportedFileTests(ITestOutputHelper output)
{
    private static readonly string? _folder = Environment.GetEnvironmentVariable("CNNVIS_PT2");

    public static TheoryData<string> Files => [.. _folder is null ? ["none"] : Directory.GetFiles(_folder, "*.pt2").Select(f => Path.GetFileNameWithoutExtension(f)!)];

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void GivePyTorchsAnswers(string name)
    {
        Skip.If(_folder is null, "CNNVIS_PT2 names no folder.");
        using var scope = NewDisposeScope();
        using StateDict x = WeightFile.Read(Path.Join(_folder, name + ".x.npy")), y = WeightFile.Read(Path.Join(_folder, name + ".y.npy"));
        using Graph graph = OnnxReader.Read(Path.Join(_folder, name + ".pt2")).Graph;
        Tensor expected = y.Values.First(), ours = new ForwardWalk(graph, [graph.Output]).Run(x.Values.First())[0];
        float error = (ours - expected).abs().max().item<float>() / expected.abs().max().item<float>();
        output.WriteLine($"{name}: {graph.Nodes.Count} nodes, relative error {error:e1}");
        Assert.True(error < 1e-4f, $"{error}");
    }
}
