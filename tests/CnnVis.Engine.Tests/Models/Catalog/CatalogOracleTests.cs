using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models.Catalog;
using CnnVis.Engine.Models.Onnx;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace CnnVis.Engine.Tests.Models.Catalog;

/// <summary>Every network of the catalog against OnnxRuntime, and against itself after writing and reading.</summary>
public sealed class CatalogOracleTests
{
    public static TheoryData<string> Names => CatalogNetworks.Names;

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void AgreesWithOnnxRuntimeAndSurvivesReading(string name)
    {
        CatalogNetworks.SkipSister(name);
        using Graph graph = CatalogNetworks.Make(name);
        using var folder = new TempFolder();
        string file = folder["network.onnx"];
        using (FileStream target = File.Create(file)) OnnxWriter.Write(new OnnxNetwork(graph, new Dictionary<string, string>()), target);
        using (Graph read = OnnxReader.Read(file).Graph) Assert.Equal(Hash(graph), Hash(read));

        using var session = new InferenceSession(file);
        foreach (long batch in new[] { 1L, 5L })
        {
            using var scope = NewDisposeScope();
            using var inference = inference_mode();
            Tensor input = rand([batch, .. graph.InputShape.Skip(1)], generator: new Generator(7));
            float[] ours = Values(new ForwardWalk(graph, [graph.Output]).Run(input)[0]);
            using var results = session.Run([NamedOnnxValue.CreateFromTensor(graph.Input, new DenseTensor<float>(Values(input), [.. input.shape.Select(d => (int)d)]))]);
            float[] theirs = [.. results[0].AsTensor<float>()];

            Assert.Equal(batch * NetworkCatalog.Find(name)!.Classes.Count, ours.Length);
            Assert.Equal(theirs.Length, ours.Length);
            float scale = theirs.Max(MathF.Abs);
            Assert.InRange(scale, 1e-3f, 1e6f); // the network answers something
            for (int i = 0; i < ours.Length; i++) Assert.True(MathF.Abs(ours[i] - theirs[i]) <= 1e-4f * scale, $"output {i}: {ours[i]} and {theirs[i]}, of {scale}");
        }
    }

    /// <summary>Of what would be written.</summary>
    private static string Hash(Graph graph)
    {
        using var hash = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write)) OnnxWriter.Write(new OnnxNetwork(graph, new Dictionary<string, string>()), stream);
        return Convert.ToHexString(hash.Hash!);
    }

    private static float[] Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.contiguous().bytes).ToArray();
}
