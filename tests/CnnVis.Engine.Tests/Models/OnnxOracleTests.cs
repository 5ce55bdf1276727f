using System.Runtime.InteropServices;
using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models.Onnx;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace CnnVis.Engine.Tests.Models;

/// <summary>The graph against an independent oracle: written as ONNX, the same file through Microsoft.ML.OnnxRuntime gives the same answer.</summary>
public sealed class OnnxOracleTests
{
    public static TheoryData<string> Networks => ["alexnet", "vgg16", "residual", "oddments"];

    internal static Graph Make(string name) => name switch
    {
        "alexnet" => TestNetworks.AlexNet(width: 4),
        "vgg16" => TestNetworks.Vgg16(),
        "residual" => TestNetworks.Residual(),
        _ => TestNetworks.Oddments(),
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void AgreesWithOnnxRuntimeAtBatchOneAndFive(string name)
    {
        using Graph graph = Make(name);
        byte[] file = Written(graph);
        using var session = new InferenceSession(file);
        foreach (long batch in new[] { 1L, 5L })
        {
            using var scope = NewDisposeScope();
            Tensor input = rand([batch, .. graph.InputShape.Skip(1)], generator: new Generator(7));
            using var noGradient = no_grad();
            float[] ours = Values(new ForwardWalk(graph, [graph.Output]).Run(input)[0]);
            var tensor = new DenseTensor<float>(Values(input), [.. input.shape.Select(d => (int)d)]);
            using var results = session.Run([NamedOnnxValue.CreateFromTensor(graph.Input, tensor)]);
            float[] theirs = [.. results[0].AsTensor<float>()];

            Assert.Equal(theirs.Length, ours.Length);
            float scale = theirs.Max(MathF.Abs);
            for (int i = 0; i < ours.Length; i++) Assert.True(MathF.Abs(ours[i] - theirs[i]) <= 1e-4f * scale, $"output {i}: {ours[i]} and {theirs[i]}");
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void SurvivesWritingAndReading(string name)
    {
        using Graph graph = Make(name);
        byte[] once = Written(graph);
        using Graph read = Read(once);
        Assert.Equal(once, Written(read));
    }

    [Fact]
    public void HalfPrecisionWeightsAreHalfTheSizeAndRunAnywhere()
    {
        using Graph graph = TestNetworks.Residual();
        byte[] half = Written(graph, halfPrecision: true);
        Assert.InRange(half.Length, 0, Written(graph).Length * 0.75);
        using Graph read = Read(half);
        using var session = new InferenceSession(half);
        using var scope = NewDisposeScope();
        Tensor input = rand([2, 3, 32, 32], generator: new Generator(9));
        float[] ours = Values(new ForwardWalk(read, [read.Output]).Run(input)[0]);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("image", new DenseTensor<float>(Values(input), [2, 3, 32, 32]))]);
        float[] theirs = [.. results[0].AsTensor<float>()];
        for (int i = 0; i < ours.Length; i++) Assert.Equal(theirs[i], ours[i], 1e-4f);
    }

    private static byte[] Written(Graph graph, bool halfPrecision = false)
    {
        using var stream = new MemoryStream();
        OnnxWriter.Write(new OnnxNetwork(graph, new Dictionary<string, string>()), stream, halfPrecision);
        return stream.ToArray();
    }

    private static Graph Read(byte[] file)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, file);
            return OnnxReader.Read(path).Graph;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static float[] Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.contiguous().bytes).ToArray();
}
