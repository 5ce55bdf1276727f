using CnnVis.Engine.Activations;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Targets;
using CnnVis.Engine.Tensors;
using CnnVis.Engine.Tests.Graphs;
using CnnVis.Engine.Tests.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models;

/// <summary>Values whose first axis is not the pictures' alone: of each picture its own is shown, explained and answered.</summary>
public sealed class MovedPictureTests : IDisposable
{
    /// <summary>A layer [N, 4, 6, 6] that is laid out anew, and what a picture has of it then.</summary>
    private static readonly Dictionary<string, (Func<OnnxGraph, string, string> Lay, Func<Tensor, Tensor> Own)> _forms = new()
    {
        ["channels first"] = ((g, m) => g.Node("Transpose", [m], ("perm", new long[] { 1, 0, 2, 3 })), m => m),
        ["pictures last"] = ((g, m) => g.Node("Transpose", [g.Node("Flatten", [m])], ("perm", new long[] { 1, 0 })), m => m.flatten()),
        ["heads"] = ((g, m) => g.Node("Transpose", [g.Node("Reshape", [m, g.Integers(-1, 2, 2, 36)])], ("perm", new long[] { 1, 0, 2, 3 })), m => m),
        ["channels with pictures"] = ((g, m) => g.Node("Reshape", [m, g.Integers(-1, 36)]), m => m),
        ["pictures with channels"] = ((g, m) => g.Node("Reshape", [g.Node("Transpose", [m], ("perm", new long[] { 1, 0, 2, 3 })), g.Integers(-1, 36)]), m => m),
        ["windows"] = ((g, m) => g.Node("Relu", [g.Node("Reshape", [g.Node("Transpose", [g.Node("Reshape", [m, g.Integers(-1, 4, 2, 3, 2, 3)])], ("perm", new long[] { 0, 2, 4, 1, 3, 5 })), g.Integers(-1, 36)])]), m => m.reshape(4, 2, 3, 2, 3).permute(1, 3, 0, 2, 4)),
        ["stacked"] = ((g, m) => g.Node("Concat", [g.Node("Unsqueeze", [m, g.Integers(0)]), g.Node("Neg", [g.Node("Unsqueeze", [m, g.Integers(0)])])], ("axis", 0L)), m => stack([m, -m])),
        ["stacked alone"] = ((g, m) => g.Node("Unsqueeze", [m, g.Integers(0)]), m => m),
        ["twice"] = ((g, m) => g.Node("Concat", [m, g.Node("Neg", [m])], ("axis", 0L)), m => stack([m, -m])),
        ["five axes"] = ((g, m) => g.Node("Reshape", [m, g.Integers(-1, 2, 2, 6, 6)]), m => m),
    };

    private readonly AnswerNetworks _networks = new();

    public static TheoryData<string> Forms => [.. _forms.Keys];

    public void Dispose() => _networks.Dispose();

    [Theory, MemberData(nameof(Forms))]
    public void ALayerIsEachPicturesOwn(string form)
    {
        using var scope = NewDisposeScope();
        string maps = "", laid = "";
        // Behind the layer, what everything ends in: one number a picture, which reads it all.
        Network network = _networks.Spatial((g, m) =>
        {
            maps = m;
            laid = _forms[form].Lay(g, m);
            return g.Node("Gemm", [g.Node("Flatten", [m]), g.Weight(ones([3, 144]))], ("transB", 1L));
        });
        Tensor pictures = cat([AnswerNetworks.Pictures(), AnswerNetworks.Pictures().flip(3)]); // [4, 3, 6, 6]
        ImageSource[] sources = [.. Enumerable.Range(0, 4).Select(i => ImageSource.Of(CnnPicture.Of($"{i}", pictures[i].ToFloats(), 3, 6, 6)))];
        CnnLayer layer = network.Layer(laid);
        Tensor values = network.Forward(pictures, [maps])[0];
        using var stream = new ImageStream(network, 4, CancellationToken.None);
        var reader = new ActivationReader(network, [(layer, [.. Enumerable.Range(0, layer.Channels)])]);
        IReadOnlyList<IReadOnlyList<CnnActivation>> read = [];
        foreach (ImageBatch batch in stream.Batches(sources)) read = reader.Read(batch);
        for (int i = 0; i < 4; i++)
        {
            float[] own = _forms[form].Own(values[i]).contiguous().ToFloats();
            Assert.Equal(own.Length, layer.OutputShape.Aggregate(1, (a, b) => a * b));
            Assert.Equal(own, Assert.Single(read[i]).Values);
        }
        // The same number by its place among the picture's own.
        string place = string.Join(",", layer.OutputShape.Select(d => d - 1));
        Network asked = network.Asking([CnnTarget.Parse($"{layer.Name}[{place}]")]);
        Assert.Equal(Enumerable.Range(0, 4).Select(i => _forms[form].Own(values[i]).contiguous().ToFloats()[^1]), asked.Forward(pictures, [asked.Answers.Named![0]])[0].ToFloats());
    }

    /// <summary>An answer [K, N], boxes [N · 3, 4].</summary>
    [Fact]
    public void AnAnswerIsEachPicturesOwn()
    {
        using var scope = NewDisposeScope();
        Tensor pictures = AnswerNetworks.Pictures();
        string below = "";
        Network turned = _networks.Linear(5, (g, z) => g.Node("Transpose", [g.Node("Softmax", [below = z], ("axis", 1L))], ("perm", new long[] { 1, 0 })));
        Assert.Equal(AnswerKind.Classes, turned.Answer);
        Assert.Equal([5], Assert.Single(turned.Outputs).Shape);
        Assert.Equal(turned.Forward(pictures, [below])[0].softmax(1).ToFloats(), AnswerNetworks.Numbers(turned, turned.Answers.Probabilities, pictures));
        Network boxes = _networks.Linear(12, (g, z) => g.Node("Reshape", [below = z, g.Integers(-1, 4)]));
        Assert.Equal(AnswerKind.Outputs, boxes.Answer);
        CnnOutput output = Assert.Single(boxes.Outputs);
        Assert.Equal([3, 4], output.Shape);
        Network asked = boxes.Asking([CnnTarget.Parse($"{output.Name}[2,1]"), CnnTarget.Parse($"{boxes.Layers[^2].Name}[2,1]")]);
        float[] wanted = boxes.Forward(pictures, [below])[0].select(1, 9).contiguous().ToFloats();
        foreach (string named in asked.Answers.Named!) Assert.Equal(wanted, asked.Forward(pictures, [named])[0].ToFloats());
        using var file = new MemoryStream();
        boxes.Save(file, ModelFormat.Onnx, halfPrecision: false);
        using var folder = new TempFolder();
        Assert.Equal([3, 4], Assert.Single(Network.Load(folder.Add("again.onnx", file.ToArray())).Outputs).Shape);
    }
}
