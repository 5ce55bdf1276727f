using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Onnx;
using Google.Protobuf;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models;

/// <summary>
/// Damaged ONNX files: each is a network that runs or cannot be run, or one clear error. A few hundred by default; <c>CNNVIS_FUZZ_RUNS</c> and
/// <c>CNNVIS_FUZZ_SEED</c> say how many from which seed on, and <c>CNNVIS_FUZZ_LOG</c> a file that holds the seed under way (and beside it the damaged file),
/// for the case that the process dies.
/// </summary>
public sealed class OnnxFuzzTests : IDisposable
{
    /// <summary>Values of a layer beyond which a network that was read is not run here.</summary>
    private const long MostValues = 4_000_000;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void DamagedFilesGiveOneClearErrorOrANetwork()
    {
        int runs = Setting("CNNVIS_FUZZ_RUNS", 400), first = Setting("CNNVIS_FUZZ_SEED", 1);
        string? log = Environment.GetEnvironmentVariable("CNNVIS_FUZZ_LOG");
        ModelProto[] valid = [Written(Small()), Written(TestNetworks.Oddments()), Shapes(opset: 13), Shapes(opset: 18)];
        foreach (ModelProto model in valid) Assert.Null(Attempt(model.ToByteArray()));
        int read = 0, ran = 0;
        var unexpected = new List<string>();
        for (int seed = first; seed < first + runs; seed++)
        {
            byte[] file = new OnnxMutator(seed).Mutate(valid[seed % valid.Length]);
            if (log is not null)
            {
                File.WriteAllBytes(log + ".onnx", file);
                File.WriteAllText(log, $"seed {seed}: {read} read, {ran} ran, {Environment.WorkingSet >> 20} MB, {unexpected.Count} unexpected\n{string.Join('\n', unexpected)}");
            }
            try
            {
                string? refused = Attempt(file);
                read++;
                if (refused is null) ran++;
            }
            catch (CnnVisException e)
            {
                if (e.Message.Length is 0 or > 5000 || e.Message.Contains("   at ")) unexpected.Add($"seed {seed}: unclear: {e.Message}");
            }
            catch (Exception e)
            {
                unexpected.Add($"seed {seed}: {e.GetType().Name}: {e.Message.Split('\n')[0]} {string.Join(" < ", (e.StackTrace ?? "").Split('\n').Take(4).Select(l => l.Trim()))}");
            }
        }
        Assert.True(unexpected.Count == 0, string.Join("\n", unexpected.Take(30)));
        Assert.True(read >= runs / 20, $"{read} of {runs} damaged files could still be read; the damage is too coarse to find anything");
    }

    /// <summary>Reads a file and runs what it holds.</summary>
    /// <returns>Why it cannot be run; null where it ran.</returns>
    private string? Attempt(byte[] file)
    {
        Network network = Network.Load(_folder.Add("net.onnx", file));
        try
        {
            if (network.Layers.Any(l => l.OutputShape.Aggregate(1L, (a, b) => a * Math.Max(b, 1)) > MostValues) || network.MultiplyAdds > 100 * MostValues || network.Input.Length > MostValues) return "too large";
            using var scope = NewDisposeScope();
            Tensor input = rand([2, network.InputChannels, network.InputHeight, network.InputWidth], generator: new Generator(1));
            Tensor answer = network.Forward(input, [network.Graph.Output])[0];
            _ = answer.flatten().to(ScalarType.Float32).sum().item<float>();
            return null;
        }
        catch (CnnVisException e)
        {
            return e.Message;
        }
        finally
        {
            network.Graph.Dispose();
        }
    }

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), out int value) ? value : otherwise;

    private static CnnVis.Engine.Graphs.Graph Small() => new TestNetworks.Chain(5, 1, 3, 12, 12)
        .Conv("conv1", 3, 4, 3, 1, 1).BatchNorm("bn", 4).Relu("relu1").MaxPool("pool1", 2, 2).Conv("conv2", 4, 4, 3, 2, 1, groups: 2).Relu("relu2")
        .Add("flatten", new CnnVis.Engine.Graphs.Operators.Shapes.Flatten(CnnVis.Engine.Graphs.OperatorAttributes.None)).Fc("fc", 36, 5).Build();

    private static ModelProto Written(CnnVis.Engine.Graphs.Graph graph)
    {
        using var stream = new MemoryStream();
        using (graph) OnnxWriter.Write(new OnnxNetwork(graph, new Dictionary<string, string> { ["names"] = "{0: 'a', 1: 'b'}" }), stream);
        return ModelProto.Parser.ParseFrom(stream.ToArray());
    }

    /// <summary>A network of what exporters make: shape arithmetic, slices, resizing, branches.</summary>
    private static ModelProto Shapes(int opset)
    {
        var graph = new GraphProto { Name = "shapes", Input = { OnnxWriter.Value("x", [1, 3, 8, 8]) }, Output = { new ValueInfoProto { Name = "out" } } };
        Constant("w", 4, 3, 3, 3);
        Constant("m", 16, 6);
        Integers("two", 2);
        Integers("zero", 0);
        Integers("axis", 1);
        Integers("minus", -1);
        Integers("pads", 0, 0, 1, 1, 0, 0, 1, 1);
        graph.Initializer.Add(new TensorProto { Name = "index", DataType = 7, Int64Data = { 0 } });
        graph.Initializer.Add(new TensorProto { Name = "scales", DataType = 1, Dims = { 4 }, FloatData = { 1, 1, 2, 2 } });
        Node("Pad", "padded", ["x", "pads"], ("mode", "reflect"));
        Node("Conv", "c", ["padded", "w"], ("strides", new[] { 2L, 2L }), ("kernel_shape", new[] { 3L, 3L }));
        Node("Resize", "up", ["c", "", "scales"], ("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor"));
        Node("Slice", "part", ["up", "zero", "two", "axis"]);
        Node("Transpose", "turned", ["part"], ("perm", new[] { 0L, 2L, 3L, 1L }));
        Node("Transpose", "back", ["turned"], ("perm", new[] { 0L, 3L, 1L, 2L }));
        Node("Concat", "joined", ["back", "up"], ("axis", 1L));
        Node("Sigmoid", "gate", ["joined"]);
        Node("Mul", "gated", ["joined", "gate"]);
        Node("AveragePool", "pool", ["gated"], ("kernel_shape", new[] { 2L, 2L }), ("strides", new[] { 2L, 2L }), ("ceil_mode", 1L));
        Node("ReduceMean", "mean", opset < 18 ? ["pool"] : ["pool", "axis"], opset < 18 ? [("axes", new[] { 1L }), ("keepdims", 1L)] : [("keepdims", 1L)]);
        Node("Shape", "shape", ["mean"]);
        Node("Gather", "batch", ["shape", "index"], ("axis", 0L));
        Node("Unsqueeze", "batches", ["batch", "zero"]);
        Node("Concat", "target", ["batches", "minus"], ("axis", 0L));
        Node("Reshape", "flat", ["mean", "target"]);
        Node("MatMul", "out", ["flat", "m"]);
        return new ModelProto { IrVersion = 8, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = opset } } };

        void Node(string type, string output, string[] inputs, params (string Name, object Value)[] attributes)
        {
            var node = new NodeProto { Name = output, OpType = type, Output = { output } };
            node.Input.AddRange(inputs);
            node.Attribute.AddRange(attributes.Select(a => OnnxWriter.Attribute(a.Name, a.Value)));
            graph.Node.Add(node);
        }

        void Constant(string name, params long[] shape)
        {
            using Tensor values = rand(shape, generator: new Generator(3));
            graph.Initializer.Add(new OnnxTensorContent(name, values, half: false).ToMessage());
        }

        void Integers(string name, params long[] values)
        {
            using Tensor integers = tensor(values);
            graph.Initializer.Add(new OnnxTensorContent(name, integers, half: false).ToMessage());
        }
    }
}
