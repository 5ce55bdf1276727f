using CnnVis.Engine.Activations;
using CnnVis.Engine.Adversarial;
using CnnVis.Engine.Attribution.Metrics;
using CnnVis.Engine.Attribution.Occlusion;
using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Codes;
using CnnVis.Engine.Codes.Files;
using CnnVis.Engine.Embedding;
using CnnVis.Engine.Embedding.Neighbors;
using CnnVis.Engine.Embedding.Quality;
using CnnVis.Engine.Filters;
using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators.Shapes;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Catalog;
using CnnVis.Engine.Predictions;
using CnnVis.Engine.Retrieval;
using CnnVis.Engine.Scans;
using CnnVis.Engine.Synthesis.ClassImages;
using CnnVis.Engine.Synthesis.Fooling;
using CnnVis.Engine.Synthesis.Inversion;
using CnnVis.Engine.Targets.Objectives;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests;

/// <summary>Every engine call that may be long ends when its token says so: between two nodes, and without leaving a tensor behind.</summary>
[Collection(nameof(OwnershipTests))]
public sealed class CancellationTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Network _network;
    private Action _atNode = () => { };

    public CancellationTests()
    {
        Graph graph = new TestNetworks.Chain(5, 1, 3, 16, 16)
            .Conv("conv1", 3, 5, 3, 1, 1).Add("probe1", new Probe(() => _atNode())).Relu("relu1").MaxPool("pool1", 2, 2)
            .Conv("conv2", 5, 6, 3, 1, 1).Add("probe2", new Probe(() => _atNode())).Relu("relu2")
            .Add("flatten", new Flatten(OperatorAttributes.None)).Fc("fc3", 6 * 64, 12).Add("probe3", new Probe(() => _atNode())).Relu("relu3").Fc("fc4", 12, 4)
            .Build();
        _network = Network.Create("probed", "test", graph, new Dictionary<string, string>(), new ImportOptions());
    }

    public static TheoryData<string> Calls =>
    [
        "Predict", "ReadActivations", "MeasureActivations", "ReadCodes", "Retrieve", "CodeSimilarity", "Occlude", "OccludeAll", "Invert", "Codes", "ReferenceScores", "Caricature",
        .. SaliencyMethods.Names.Select(n => $"Saliency {n}"),
        .. SaliencyMetrics.Names.Select(n => $"Metric {n}").Where(n => !n.EndsWith("PointingGame", StringComparison.Ordinal) && !n.EndsWith("EnergyInBox", StringComparison.Ordinal)), // they ask for boxes
        .. AttackMethods.Names.Select(n => $"Attack {n}"),
        .. Enum.GetNames<ClassImageMethod>().Select(n => $"ClassImage {n}"),
        .. Enum.GetNames<FoolingMethod>().Select(n => $"Fooling {n}"),
    ];

    [Theory]
    [MemberData(nameof(Calls))]
    public void ACallThatIsCancelledRunsNoFurtherNode(string call)
    {
        foreach (int last in new[] { 1, 2, 5, 11 })
        {
            bool ended = false;
            OwnershipTests.LeavesNothing(() => WithBatch(batch =>
            {
                using var stop = new CancellationTokenSource();
                int nodes = 0, further = 0;
                _atNode = () =>
                {
                    if (stop.IsCancellationRequested) further++;
                    else if (++nodes == last) stop.Cancel();
                };
                try
                {
                    Run(call, batch, stop.Token);
                }
                catch (OperationCanceledException)
                {
                    Assert.True(stop.IsCancellationRequested);
                }
                finally
                {
                    _atNode = () => { };
                }
                Assert.Equal(0, further);
                ended = stop.IsCancellationRequested;
            }));
            Assert.True(ended || last > 2, $"{call} runs fewer than {last} nodes.");
        }
    }

    [Fact]
    public void WhatSynthesisHasIsKept()
    {
        using var stop = new CancellationTokenSource();
        int nodes = 0;
        _atNode = () =>
        {
            if (++nodes == 40) stop.Cancel();
        };
        CompiledObjective objective = new ObjectiveCompiler(_network, 1).Compile(CnnObjective.OfClass("2"));
        CnnClassImage image = Assert.Single(new ClassImageSynthesis(_network, new ClassImageOptions { Steps = 1000 }).Make([objective], [1], null, null, stop.Token));
        Assert.True(image.IsInterrupted);
        Assert.Equal(image.Scores[image.Steps], image.Score);
        Assert.Null(image.Predicted); // nobody was asked any more
        Assert.Equal(40, nodes);
    }

    [Fact]
    public void EmbeddingsAreCancelled()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        float[] values = [.. Enumerable.Range(0, 300 * 400).Select(i => (float)Math.Sin(i * 1.7))];
        var points = new PointMatrix(values, 300, 400);
        var map = new PointMatrix(values[..600], 300, 2);
        Throws(() => PrincipalComponents.Project(points, 3, 0, stop.Token));
        Throws(() => PrincipalComponents.Project(new PointMatrix(values, 1200, 100), 3, 0, stop.Token));
        Throws(() => ExactNeighbors.Find(points, 5, stop.Token));
        Throws(() => ApproximateNeighbors.Find(points, 5, 0, stop.Token));
        Throws(() => MapQuality.Measure(points, map, new string?[300], 5, stop.Token));
        Throws(() => TsneTransform.Place(points, map, points, new TransformOptions(), stop.Token));
        NeighborTable neighbors = ExactNeighbors.Find(points, 5);
        Throws(() => Perplexity.Rows(neighbors, 2, stop.Token));
        Throws(() => Symmetrization.Join(neighbors, Perplexity.Rows(neighbors, 2), stop.Token));

        static void Throws(Action action) => Assert.ThrowsAny<OperationCanceledException>(action);
    }

    [Fact]
    public void AMapThatIsCancelledIsThereWithoutItsQuality()
    {
        using var stop = new CancellationTokenSource();
        CnnCode[] codes = [.. Enumerable.Range(0, 200).Select(i => new CnnCode { Path = null, Label = null, Model = null, Layer = null, Values = [i % 7, i % 5, i] })];
        TsneMap map = TsneMapping.Map(codes, new TsneOptions(), progress: p => stop.Cancel(), cancellation: stop.Token);
        Assert.Equal(51, map.Iterations); // the first report is after 50 steps, and the step that it is told in is done
        Assert.Null(map.Quality);
        Assert.Equal(200, map.Points.Count);
    }

    [Theory]
    [InlineData("codes.npy")]
    [InlineData("codes.npz")]
    [InlineData("codes.csv")]
    public void CodesAreCancelledWhileTheyAreWritten(string name)
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        using var spool = new CodeSpool();
        spool.Add(new CnnCode { Path = null, Label = null, Model = null, Layer = null, Values = [1, 2] });
        Assert.Throws<OperationCanceledException>(() => CodeWriter.Write(name, Stream.Null, spool, cancellation: stop.Token));
    }

    [Fact]
    public void FiltersAreCancelled()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        OwnershipTests.LeavesNothing(() => Assert.Throws<OperationCanceledException>(() => new FilterReader(_network).Read(_network.Layer("conv2"), [0], stop.Token)));
    }

    [Fact]
    public void NetworksAreCancelledWhileTheyAreMadeReadAndWritten()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        string file = _folder["net.onnx"];
        using (FileStream stream = File.Create(file)) Network.Create("plain", "test", TestNetworks.Residual(), new Dictionary<string, string>(), new ImportOptions()).Save(stream, ModelFormat.Onnx, halfPrecision: false);
        OwnershipTests.LeavesNothing(() =>
        {
            Assert.Throws<OperationCanceledException>(() => CatalogNetwork.Random(NetworkCatalog.Find("squeezenet1_1")!, 0, new ImportOptions(), stop.Token));
            Assert.Throws<OperationCanceledException>(() => Network.Load(file, cancellation: stop.Token));
            foreach (ModelFormat format in Enum.GetValues<ModelFormat>())
                Assert.Throws<OperationCanceledException>(() => _network.Save(Stream.Null, format, halfPrecision: false, stop.Token));
            Assert.Throws<OperationCanceledException>(() => NetworkHash.Of(_network, stop.Token));
        });
    }

    public void Dispose()
    {
        _network.Graph.Dispose();
        _folder.Dispose();
    }

    private void Run(string call, ImageBatch batch, CancellationToken cancellation)
    {
        CnnLayer relu = _network.Layer("relu2");
        float[] picture = new float[_network.Input.Length];
        Tensor pixels = batch.Pixels!;
        switch (call.Split(' '))
        {
            case ["Predict"]:
                new Predictor(_network, 2).Predict(batch, cancellation);
                break;
            case ["ReadActivations"]:
                new ActivationReader(_network, [(_network.Layer("fc4"), [0, 1])]).Read(batch, cancellation);
                break;
            case ["MeasureActivations"]:
                new ActivationMeasurement(_network, _network.Relus).Add(batch, cancellation);
                break;
            case ["ReadCodes"]:
                new CodeReader(_network, [_network.Layer("relu3")], _ => null).Read(batch, cancellation);
                break;
            case ["Retrieve"]:
                using (var retrieval = new ImageRetrieval(_network, new RetrievalQuery { Layers = [new LayerUnits(_network.Layer("relu3"), [0, 3], [], null)], BatchSize = 3 }, cancellation))
                    retrieval.Look(batch, [.. batch.Readable.Select((image, i) => new ListedImage(i, image.Path, null))], cancellation);
                break;
            case ["CodeSimilarity"]:
                new CodeSimilarity(_network, 2).Measure(Found(batch), cancellation);
                break;
            case ["Occlude" or "OccludeAll"]:
                using (Tensor first = pixels.narrow(0, 0, 1))
                using (var occluder = new Occluder(_network, new OcclusionOptions { WindowSize = [0.5], RecomputeAll = call == "OccludeAll" }))
                    occluder.Occlude(new ImageSource("photo"), first, new PixelImage(1, 1, new byte[3]), null, cancellation);
                break;
            case ["Invert"]:
                new CodeInversion(_network, new InversionOptions { Steps = 3 }).Invert(relu, [new InversionTarget("x", [.. Enumerable.Repeat(1f, 6 * 64)], null, picture)], [1, 2], null, cancellation);
                break;
            case ["Codes"]:
                new CodeInversion(_network, new InversionOptions()).Codes([picture], [_network.Layer("fc4")], cancellation);
                break;
            case ["ReferenceScores"]:
                ReferenceScores.Of(_network, [new ObjectiveCompiler(_network, 1).Compile(CnnObjective.OfClass("2"), cancellation).Meaning], [.. batch.Readable.Select(i => i.Path)], 1, _ => { }, null, cancellation);
                break;
            case ["Caricature"]:
                new ObjectiveCompiler(_network, 1).Compile(CnnObjective.OfCaricature("fc4", batch.Readable[0].Path), cancellation);
                break;
            case ["Saliency", var method]:
                var options = new SaliencyOptions { Steps = 3, Samples = 3, References = [picture] };
                new SaliencyAnalysis(_network, new SaliencyQuery { Methods = [SaliencyMethods.Create(method, options)], Classes = [null, 3], BatchSize = 2 }).Analyze(batch, cancellation: cancellation);
                break;
            case ["Metric", var metric]:
                new SaliencyMeasurement(_network, new MetricQuery { Methods = [SaliencyMethods.Create("Gradient", SaliencyOptions.Default)], Metrics = [SaliencyMetrics.Create(metric, new MetricOptions { CurveSteps = 3, Perturbations = 2 })] }).Measure(batch, cancellation: cancellation);
                break;
            case ["Attack", var attack]:
                var how = new AttackOptions { Steps = 2, Queries = 20, SearchSteps = 2, Quantize = true };
                var run = new AttackRun(_network, new AttackQuery { Attacks = [AttackMethods.Create(attack, how)], Options = how, Epsilons = [0.1], Target = new AttackTarget(AttackTargetKind.LeastLikely) });
                run.Add(batch, null, _ => { }, cancellation: cancellation);
                run.Finish(cancellation: cancellation);
                break;
            case ["ClassImage", var method]:
                CompiledObjective objective = new ObjectiveCompiler(_network, 1).Compile(CnnObjective.OfClass("2"), cancellation);
                new ClassImageSynthesis(_network, new ClassImageOptions { Method = Enum.Parse<ClassImageMethod>(method), Steps = 3 }).Make([objective], [1, 2], null, null, cancellation);
                break;
            case ["Fooling", var method]:
                new FoolingSynthesis(_network, new FoolingOptions { Method = Enum.Parse<FoolingMethod>(method), Steps = 2, BatchSize = 3 }).Make([2, null], [1], null, cancellation);
                break;
            default:
                throw new ArgumentException(call);
        }
    }

    private MaxActivatingImageSet Found(ImageBatch batch)
    {
        var image = new MaxActivatingImage { Order = 1, Path = batch.Readable[0].Path, Label = null, Index = 0, Value = 1, NormalizedValue = 1, Row = 0, Column = 0, Box = new PixelBox(0, 0, 1, 1), InputBox = new PixelBox(0, 0, 1, 1) };
        Action atNode = _atNode;
        _atNode = () => { };
        using var retrieval = new ImageRetrieval(_network, new RetrievalQuery { Layers = [new LayerUnits(_network.Layer("relu1"), [0], [], null)] });
        _atNode = atNode;
        MaxActivatingImageSet none = retrieval.Found(new ScanState(1, [1], true, 1, "", 1, 0, 0));
        return none with { Units = [none.Units[0] with { Images = [image, image with { Order = 2, Index = 1, Path = batch.Readable[1].Path }] }] };
    }

    private void WithBatch(Action<ImageBatch> use)
    {
        string file = _folder.Add("grey.png", ImageCodec.Encode(new PixelImage(3, 2, new byte[18]), ImageFormat.Png, 100));
        using var stream = new ImageStream(_network, 2, CancellationToken.None);
        for (int i = 0; i < 2; i++) stream.Add(new ImageSource(file));
        using ImageBatch batch = stream.Take();
        use(batch);
    }

    /// <summary>Passes its input on, and tells that it was there.</summary>
    private sealed class Probe(Action hit) : Operator(OperatorAttributes.None, OperatorTraits.PassesOn)
    {
        public override bool SharesMemory => true;

        public override Tensor Forward(Tensor?[] inputs)
        {
            hit();
            return inputs[0]!.alias();
        }

        public override long[] Shape(Operand?[] inputs) => Known(inputs, 0)!;
    }
}
