using System.Diagnostics;
using System.Text;
using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Exported.Aten;
using CnnVis.Engine.Models.Onnx;
using CnnVis.Engine.Tests.Models.Weights;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CnnVis.Engine.Tests.Models.Exported;

/// <summary>Whole programs of torch.export as networks.</summary>
public sealed class ExportedProgramTests : IDisposable
{
    private const string Layer = "torch.nn.modules.";

    private readonly TempFolder _folder = new();
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();
    private readonly Generator _random = new(6);

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Theory, InlineData(ExportedLayout.Raw), InlineData(ExportedLayout.Checkpoint), InlineData(ExportedLayout.Old)]
    public void AResidualNetworkIsReadFromEveryLayout(ExportedLayout layout)
    {
        var (writer, forward) = Residual(batch: null);
        Network network = Network.Load(_folder.Add("net.pt2", writer.Finish(layout)), new ImportOptions { Mean = [0.5f], StandardDeviation = [0.25f], Classes = ["a", "b", "c", "d", "e"] });
        Assert.Equal(["conv1", "bn1", "relu", "layer1.0.conv1", "layer1.0.bn1", "layer1.0.relu", "layer1.0.conv2", "layer1.0.add", "layer1.0.relu_1", "avgpool", "flatten_14", "fc"], network.Layers.Select(l => l.Name).Skip(2).SkipLast(1));
        Assert.Equal("mean deviation conv1 bn1 relu1 conv2_1_1 bn2_1_1 relu2_1_1 conv2_1_2 add2_1 relu2_1 pool2 flatten fc prob", string.Join(' ', network.Layers.Select(l => l.Alias)));
        Assert.Contains("layer1.0.conv2.weight", network.Graph.Parameters.Keys);
        Assert.Equal(5, network.Classes.Count);
        foreach (long batch in new[] { 1L, 3 })
        {
            Tensor x = rand([batch, 3, 8, 8], generator: _random);
            Assert.True(network.Forward(x, [network.Graph.Output])[0].allclose(forward((x - 0.5) / 0.25).softmax(1), 1e-4, 1e-5));
        }
        network.Graph.Dispose();
    }

    [Fact]
    public void AProgramForOnePictureTakesAny()
    {
        var (writer, forward) = Residual(batch: 1);
        using Graph graph = OnnxReader.Read(_folder.Add("net.pt2", writer.Finish())).Graph;
        Tensor x = rand([4, 3, 8, 8], generator: _random);
        Assert.True(new ForwardWalk(graph, [graph.Output]).Run(x)[0].allclose(forward(x), 1e-4, 1e-5));
    }

    [Fact]
    public void ABatchMayBeASymbolInShapes()
    {
        var writer = new ExportedWriter();
        ExportedWriter.Value x = writer.Input("x", null, 3, 4, 4);
        Tensor pair = zeros(2, 48);
        ExportedWriter.Symbol batch = writer.Compute("aten.sym_size.int", ("self", x), ("dim", 0)), twice = writer.Compute("_operator.mul", ("a", batch), ("b", 2));
        ExportedWriter.Value halves = writer.Call("aten.view.default", zeros(4, 24), ("self", x), ("size", new object[] { twice, 24L }));
        writer.Output(writer.Call("aten.view.default", pair, ("self", halves), ("size", new object[] { batch, 48L })));
        using Graph graph = OnnxReader.Read(_folder.Add("net.pt2", writer.Finish())).Graph;
        Tensor picture = rand([5, 3, 4, 4], generator: _random);
        Assert.True(new ForwardWalk(graph, [graph.Output]).Run(picture)[0].Equals(picture.view(5, 48)));
    }

    [Fact]
    public void WhatIsNotKnownIsNamedWithTheNodeAndAWayOut()
    {
        var writer = new ExportedWriter();
        writer.Output(writer.Call("aten.fft_fft2.default", zeros(1, 3, 4, 4), ("self", writer.Input("x", 1, 3, 4, 4))));
        CnnVisException error = Refused(writer.Finish());
        Assert.Equal(ErrorIds.OperatorNotSupported, error.ErrorId);
        Assert.Contains("aten.fft_fft2.default of node 'fft_fft2_0'", error.Message);
        Assert.Contains("torch.onnx.export(", error.Message);
    }

    [Fact]
    public void ModelsInTrainingModeAreRefused()
    {
        var writer = new ExportedWriter();
        writer.Output(writer.Call("aten.batch_norm.default", zeros(1, 3, 4, 4), ("input", writer.Input("x", 1, 3, 4, 4)), ("weight", null), ("bias", null), ("running_mean", writer.Buffer("m", zeros(3))), ("running_var", writer.Buffer("v", ones(3))), ("training", true), ("momentum", 0.1), ("eps", 1e-5)));
        Assert.Contains("model.eval()", Refused(writer.Finish()).Message);
        writer = new ExportedWriter();
        writer.Output(writer.Call("aten.dropout.default", zeros(1, 3, 4, 4), ("input", writer.Input("x", 1, 3, 4, 4)), ("p", 0.5), ("train", true)));
        Assert.Contains("model.eval()", Refused(writer.Finish()).Message);
    }

    [Fact]
    public void WhatChangesInPlaceChangesForWhoTakesItLater()
    {
        var writer = new ExportedWriter();
        ExportedWriter.Value x = writer.Input("x", 1, 2, 4, 4), doubled = writer.Call("aten.mul.Tensor", zeros(1, 2, 4, 4), ("self", x), ("other", 2));
        writer.Call("aten.relu_.default", zeros(1, 2, 4, 4), ("self", doubled)); // its result is not taken
        writer.Output(writer.Call("aten.add.Tensor", zeros(1, 2, 4, 4), ("self", doubled), ("other", 1)));
        using Graph graph = OnnxReader.Read(_folder.Add("net.pt2", writer.Finish())).Graph;
        Tensor picture = randn([1, 2, 4, 4], generator: _random);
        Assert.True(new ForwardWalk(graph, [graph.Output]).Run(picture)[0].Equals((2 * picture).relu() + 1));

        writer = new ExportedWriter();
        x = writer.Input("x", 1, 2, 4, 4);
        ExportedWriter.Value part = writer.Call("aten.select.int", zeros(1, 4, 4), ("self", x), ("dim", 1), ("index", 0));
        writer.Call("aten.relu_.default", zeros(1, 4, 4), ("self", part));
        writer.Output(writer.Call("aten.add.Tensor", zeros(1, 2, 4, 4), ("self", x), ("other", 1)));
        Assert.Contains("run_decompositions()", Refused(writer.Finish()).Message);
    }

    [Theory]
    [InlineData("layer1.0.conv1", "layer1.0.conv1"), InlineData("L['self'].layer1.0.conv1", "layer1.0.conv1"), InlineData("L__self__.layer1[0].conv1", "layer1.0.conv1"), InlineData("getattr(L['self'].layer1, '0').conv1", "layer1.0.conv1")]
    public void PathsOfModulesAreUnderstoodAsEveryVersionWritesThem(string written, string path)
    {
        var writer = new ExportedWriter { Module = (written, Layer + "activation.ReLU") };
        writer.Output(writer.Call("aten.relu.default", zeros(1, 2, 4, 4), ("self", writer.Input("x", 1, 2, 4, 4))));
        using Graph graph = OnnxReader.Read(_folder.Add("net.pt2", writer.Finish())).Graph;
        Assert.Equal(path, graph.Nodes[0].Name);
    }

    [Fact]
    public void ATensorThatIsMissingOrOfAnotherShapeIsTold()
    {
        var (writer, _) = Residual(batch: 1);
        Assert.Contains("'conv9.weight'", Refused(writer.Finish(change: p => p.Replace("conv1.weight", "conv9.weight"))).Message);
        Assert.Contains("and its program takes", Refused(writer.Finish(change: p => p.Replace("\"as_int\":7}", "\"as_int\":5}"))).Message);
    }

    [Fact]
    public void CompiledPackagesAreToldApart() =>
        Assert.Contains("torch.export.save", Refused(new ZipWriter().Add("model/archive_format", "pt2"u8).Add("model/data/aotinductor/model/a.so", "x"u8).Finish()).Message);

    [Fact]
    public void AsManyOperatorsAreKnownAsNetworksUse() => Assert.InRange(AtenOperators.Known.Count, 150, 400);

    [Fact]
    public void DamagedFilesAreOneErrorEach()
    {
        (ExportedWriter writer, _) = Residual(batch: null);
        byte[] whole = writer.Finish();
        string[] numbers = ["-1", "0", "1", "3", "99999999", "9223372036854775807", "1e300", "null", "\"x\"", "[]", "{}", "true"];
        long start = Stopwatch.GetTimestamp();
        int read = 0, count = 0;
        for (int seed = 0; seed < 600; seed++)
        {
            var random = new Random(seed);
            byte[] file = seed % 3 == 0 ? Scrambled(whole, random) : writer.Finish((ExportedLayout)random.Next(3), program => Mutated(program, random, numbers));
            string path = _folder.Add("fuzzed.pt2", file);
            count++;
            try
            {
                Network.Load(path).Graph.Dispose();
                read++;
            }
            catch (CnnVisException)
            {
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}: {e}");
            }
        }
        Assert.InRange(read, 1, count - 1);
        Assert.True(Stopwatch.GetElapsedTime(start).TotalSeconds < 60);
    }

    private CnnVisException Refused(byte[] file) => Assert.Throws<CnnVisException>(() => OnnxReader.Read(_folder.Add("refused.pt2", file)).Graph.Dispose());

    private static byte[] Scrambled(byte[] file, Random random)
    {
        file = [.. file];
        if (random.Next(4) == 0) return file[..random.Next(file.Length)];
        for (int i = random.Next(1, 4); i > 0; i--) file[random.Next(file.Length)] = (byte)random.Next(256);
        return file;
    }

    /// <summary>A value, a name or a piece of the text is another.</summary>
    private static string Mutated(string program, Random random, string[] numbers)
    {
        var text = new StringBuilder(program);
        for (int times = random.Next(1, 3); times > 0; times--)
        {
            string now = text.ToString();
            MatchIn(random.Next(3) switch { 0 => @":-?\d+", 1 => @"""[a-z_]+""", _ => @":\[[^\[\]]*\]" }, now, random, match =>
                text.Remove(match.Index, match.Length).Insert(match.Index, match.Value[0] == ':' ? ":" + numbers[random.Next(numbers.Length)] : "\"as_int\""));
        }
        return text.ToString();
    }

    private static void MatchIn(string pattern, string text, Random random, Action<System.Text.RegularExpressions.Match> change)
    {
        var matches = System.Text.RegularExpressions.Regex.Matches(text, pattern);
        if (matches.Count > 0) change(matches[random.Next(matches.Count)]);
    }

    /// <summary>conv, bn, relu; one block; pool, flatten, fc: with the modules of a ResNet.</summary>
    private (ExportedWriter Writer, Func<Tensor, Tensor> Forward) Residual(long? batch)
    {
        Tensor Random(params long[] shape) => randn(shape, generator: _random) * 0.3;
        Tensor conv = Random(7, 3, 3, 3), scale = rand([7], generator: _random) + 0.5, shift = Random(7), mean = Random(7), variance = rand([7], generator: _random) + 0.5, first = Random(7, 7, 3, 3), second = Random(7, 7, 3, 3), matrix = Random(5, 7), bias = Random(5);
        Tensor Norm(Tensor x) => F.batch_norm(x, mean, variance, scale, shift, false, 0.1, 1e-5);
        Tensor Forward(Tensor x)
        {
            Tensor stem = Norm(F.conv2d(x, conv, padding: [1, 1])).relu(), branch = F.conv2d(Norm(F.conv2d(stem, first, padding: [1, 1])).relu(), second, padding: [1, 1]);
            return F.linear((branch + stem).relu().mean([2L, 3]), matrix, bias);
        }

        var w = new ExportedWriter();
        Tensor maps = zeros(batch ?? 2, 7, 8, 8);
        ExportedWriter.Value Conv(string at, ExportedWriter.Value x, Tensor weight)
        {
            w.Module = (at, Layer + "conv.Conv2d");
            return w.Call("aten.conv2d.default", maps, ("input", x), ("weight", w.Parameter(at + ".weight", weight)), ("bias", null), ("stride", new long[] { 1, 1 }), ("padding", new long[] { 1, 1 }));
        }

        ExportedWriter.Value Bn(string at, ExportedWriter.Value x)
        {
            w.Module = (at, Layer + "batchnorm.BatchNorm2d");
            return w.Call("aten._native_batch_norm_legit_no_training.default", [maps, null, null], false, ("input", x), ("weight", w.Parameter(at + ".weight", scale)), ("bias", w.Parameter(at + ".bias", shift)),
                ("running_mean", w.Buffer(at + ".running_mean", mean)), ("running_var", w.Buffer(at + ".running_var", variance)), ("momentum", 0.1), ("eps", 1e-5))[0];
        }

        ExportedWriter.Value Relu(string at, ExportedWriter.Value x)
        {
            w.Module = (at, Layer + "activation.ReLU");
            return w.Call("aten.relu_.default", maps, ("self", x));
        }

        ExportedWriter.Value stem = Relu("relu", Bn("bn1", Conv("conv1", w.Input("x", batch, 3, 8, 8), conv)));
        ExportedWriter.Value branch = Conv("layer1.0.conv2", Relu("layer1.0.relu", Bn("layer1.0.bn1", Conv("layer1.0.conv1", stem, first))), second);
        w.Module = ("layer1.0", "torchvision.models.resnet.BasicBlock");
        ExportedWriter.Value sum = Relu("layer1.0.relu", w.Call("aten.add_.Tensor", maps, ("self", branch), ("other", stem)));
        w.Module = ("avgpool", Layer + "pooling.AdaptiveAvgPool2d");
        ExportedWriter.Value pooled = w.Call("aten.adaptive_avg_pool2d.default", zeros(batch ?? 2, 7, 1, 1), ("self", sum), ("output_size", new long[] { 1, 1 }));
        w.Module = default;
        ExportedWriter.Value flat = w.Call("aten.flatten.using_ints", zeros(batch ?? 2, 7), ("self", pooled), ("start_dim", 1));
        w.Module = ("fc", Layer + "linear.Linear");
        w.Output(w.Call("aten.linear.default", zeros(batch ?? 2, 5), ("input", flat), ("weight", w.Parameter("fc.weight", matrix)), ("bias", w.Parameter("fc.bias", bias))));
        return (w, Forward);
    }
}
