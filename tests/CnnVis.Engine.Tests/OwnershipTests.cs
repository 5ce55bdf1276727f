using CnnVis.Engine.Activations;
using CnnVis.Engine.Adversarial;
using CnnVis.Engine.Attribution.Metrics;
using CnnVis.Engine.Attribution.Occlusion;
using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Correspondence;
using CnnVis.Engine.Correspondence.Alignment;
using CnnVis.Engine.Correspondence.Measurement;
using CnnVis.Engine.Correspondence.Neighbors;
using CnnVis.Engine.Embedding;
using CnnVis.Engine.Filters;
using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators.Shapes;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Weights;
using CnnVis.Engine.Models.Weights.Safetensors;
using CnnVis.Engine.Predictions;
using CnnVis.Engine.Retrieval;
using CnnVis.Engine.Scans;
using CnnVis.Engine.Synthesis.ClassImages;
using CnnVis.Engine.Synthesis.Fooling;
using CnnVis.Engine.Synthesis.Inversion;
using CnnVis.Engine.Targets;
using CnnVis.Engine.Targets.Objectives;
using CnnVis.Engine.Tests.Embedding;
using CnnVis.Engine.Tests.Models.Weights;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests;

/// <summary>No engine call leaves a tensor behind. The count is the process's, so these run while nothing else does.</summary>
[Collection(nameof(OwnershipTests))]
public sealed class OwnershipTests : IDisposable
{
    [CollectionDefinition(nameof(OwnershipTests), DisableParallelization = true)]
    public sealed class Alone;

    private readonly TempFolder _folder = new();
    private readonly Network _network = Network.Create("net", "test", TestNetworks.AlexNet(width: 8), new Dictionary<string, string>(), new ImportOptions());

    [Fact]
    public void AWalk()
    {
        using Graph graph = TestNetworks.Residual();
        using Tensor input = rand([2, 3, 32, 32]);
        var walk = new ForwardWalk(graph, [graph.Nodes[3].Output, graph.Output]);
        LeavesNothing(() =>
        {
            foreach (Tensor tap in walk.Run(input)) tap.Dispose();
        });
    }

    [Fact]
    public void BackwardWalks()
    {
        using Graph graph = TestNetworks.Residual();
        using Tensor input = rand([2, 3, 32, 32]), seed = rand([2, 10]);
        foreach (IBackwardRule? rule in new[] { null, ReluRule.DeconvNet, ReluRule.Guided })
        {
            var walk = new BackwardWalk(graph, ["a_out", graph.Output], [graph.Input, "stem_relu"], rule);
            LeavesNothing(() =>
            {
                using BackwardPass pass = walk.Run(input);
                foreach (bool keep in new[] { true, false })
                    foreach (Tensor gradient in pass.Backward([null, seed], keep)) gradient.Dispose();
            });
            LeavesNothing(() =>
            {
                using BackwardPass pass = walk.Run(input);
                foreach (Tensor gradient in pass.Backward(heads => heads[1].max())) gradient.Dispose();
            });
        }
        using Tensor tooSmall = rand([1, 3, 8, 8]);
        var failing = new BackwardWalk(_network.Graph, [_network.Graph.Output], [_network.Graph.Input], ReluRule.Guided);
        LeavesNothing(() => Assert.Throws<CnnVisException>(() => failing.Run(tooSmall)));
    }

    [Fact]
    public void SaliencyMaps()
    {
        var options = new SaliencyOptions { Steps = 3, Samples = 3, References = [new float[_network.Input.Length]] };
        foreach (string method in SaliencyMethods.Names)
        {
            var analysis = new SaliencyAnalysis(_network, new SaliencyQuery { Methods = [SaliencyMethods.Create(method, options)], Classes = [null, 3], Neurons = [new NeuronTarget("relu4", null, null)], Localize = true });
            LeavesNothing(() => WithBatch(batch => Assert.Equal(3, analysis.Analyze(batch)[1].Count)));
            using var stop = new CancellationTokenSource();
            stop.Cancel();
            LeavesNothing(() => WithBatch(batch => Assert.Throws<OperationCanceledException>(() => analysis.Analyze(batch, cancellation: stop.Token))));
        }
    }

    [Fact]
    public void SaliencyMeasures()
    {
        var options = new MetricOptions { CurveSteps = 3, Perturbations = 2 };
        foreach (string metric in SaliencyMetrics.Names)
        {
            ISaliencyMetric made = SaliencyMetrics.Create(metric, options);
            if (made.NeedsBoxes) continue; // they compute nothing
            var measurement = new SaliencyMeasurement(_network, new MetricQuery { Methods = [SaliencyMethods.Create("GradCam", SaliencyOptions.Default)], Metrics = [made] });
            LeavesNothing(() => WithBatch(batch => Assert.NotEmpty(measurement.Measure(batch)[1].Measures)));
            using var stop = new CancellationTokenSource();
            stop.Cancel();
            LeavesNothing(() => WithBatch(batch => Assert.Throws<OperationCanceledException>(() => measurement.Measure(batch, cancellation: stop.Token))));
        }
    }

    [Fact]
    public void Attacks()
    {
        foreach (string method in AttackMethods.Names)
        {
            var options = new AttackOptions { Steps = 2, Queries = 20, SearchSteps = 2, Quantize = true };
            var query = new AttackQuery { Attacks = [AttackMethods.Create(method, options)], Options = options, Epsilons = [0, 0.1], Target = new AttackTarget(AttackTargetKind.LeastLikely) };
            LeavesNothing(() => WithBatch(batch =>
            {
                var run = new AttackRun(_network, query);
                var examples = run.Add(batch, null, _ => { });
                Assert.Equal(4, examples.Concat(run.Finish()).Sum(e => e.Count));
            }));
            using var stop = new CancellationTokenSource();
            stop.Cancel();
            LeavesNothing(() => WithBatch(batch => Assert.Throws<OperationCanceledException>(() =>
            {
                var run = new AttackRun(_network, query);
                run.Add(batch, null, _ => { }, cancellation: stop.Token);
                run.Finish(cancellation: stop.Token);
            })));
        }
    }

    [Fact]
    public void Predictions()
    {
        var predictor = new Predictor(_network, 3);
        LeavesNothing(() => WithBatch(batch => Assert.Equal(2, predictor.Predict(batch).Count)));
    }

    [Fact]
    public void Retrieval()
    {
        CnnLayer relu = _network.Layer("relu4"), fc = _network.Layer("fc6");
        string[] paths = ["a.png", "none.png", "b.png"];
        string[] before = Weights();
        foreach (var (perImage, preRelu) in new[] { (1, false), (3, true) })
        {
            var query = new RetrievalQuery
            {
                Layers = [new LayerUnits(relu, [2, 0], LayerDirection.Random(relu, 2, seed: 1), null), new LayerUnits(relu, [1], [], (1, 1)), new LayerUnits(fc, [.. Enumerable.Range(0, fc.Channels)], [], null)],
                Top = 2,
                PerImage = perImage,
                PreRelu = preRelu,
                BatchSize = 3,
            };
            LeavesNothing(() => WithBatch(batch =>
            {
                using var retrieval = new ImageRetrieval(_network, query);
                string checkpoint = _folder["retrieval.json"];
                File.Delete(checkpoint);
                using SumRun<FoundUnits> run = retrieval.Begin(Shard.Whole, new Checkpoint(checkpoint, TimeSpan.Zero));
                foreach (string path in paths) run.List(new ImageSource(path));
                run.Add(batch, images => retrieval.Look(batch, images, CancellationToken.None), _ => { });
                Assert.Equal((2, 1), (run.State.ImageCount, run.State.FailedCount));
                using var resumed = new ImageRetrieval(_network, query);
                using SumRun<FoundUnits> rest = resumed.Begin(Shard.Whole, new Checkpoint(checkpoint, TimeSpan.Zero));
                Assert.Equal((2, 1), (rest.State.ImageCount, rest.State.FailedCount));
            }));
        }
        LeavesNothing(() => Assert.Throws<CnnVisException>(() => new ImageRetrieval(_network, new RetrievalQuery { Layers = [new LayerUnits(relu, [], [new LayerDirection("wrong", [1, 2, 3], false)], null)] })));
        string file = _folder.Add("grey.png", ImageCodec.Encode(new PixelImage(3, 2, new byte[18]), ImageFormat.Png, 100));
        MaxActivatingImageSet set = Tests.Retrieval.RetrievalRun.Over(_network, new RetrievalQuery { Layers = [Tests.Retrieval.RetrievalRun.All(_network, "relu4")] }, [file, file]);
        LeavesNothing(() => Assert.NotNull(new CodeSimilarity(_network, 2).Measure(set, CancellationToken.None).Units[0].CodeSimilarity));
        Assert.Equal(before, Weights());

        string[] Weights() => [.. _network.Graph.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Key + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(p.Value.contiguous().bytes)))];
    }

    [Fact]
    public void ActivationsAndMeasurements()
    {
        var reader = new ActivationReader(_network, [(_network.Layer("relu1"), new[] { 3, 1 }), (_network.Layer("fc6"), new[] { 0 })]);
        var measurement = new ActivationMeasurement(_network, [_network.Layer("relu2")]);
        LeavesNothing(() => WithBatch(batch =>
        {
            Assert.Equal(2, reader.Read(batch).Count);
            measurement.Add(batch);
        }));
        Assert.Equal(4, measurement.ImageCount);
    }

    [Fact]
    public void Occlusions()
    {
        using Graph arithmetic = WithShapeArithmetic();
        foreach (Network network in (Network[])[_network, Network.Create("shapes", "test", arithmetic, new Dictionary<string, string>(), new ImportOptions())])
        {
            using Tensor picture = rand([1, 3, network.InputHeight, network.InputWidth]);
            LeavesNothing(() =>
            {
                foreach (bool all in new[] { false, true })
                {
                    using var occluder = new Occluder(network, new OcclusionOptions { WindowSize = [0.5], Layers = [(network.Layer("relu2"), null)], RecomputeAll = all });
                    Assert.Single(occluder.Occlude(new ImageSource("photo"), picture, new PixelImage(1, 1, new byte[3]), null, CancellationToken.None));
                }
            });
        }
    }

    [Fact]
    public void Filters()
    {
        var reader = new FilterReader(_network);
        LeavesNothing(() => Assert.Equal(2, reader.Read(_network.Layer("conv2"), [0, 5], CancellationToken.None).Filters.Count));
    }

    [Fact]
    public void WeightFiles()
    {
        string good = _folder.Add("good.pth", Fixture.Read("zoo.pth"));
        byte[] bytes = Fixture.Read("zoo.pth");
        bytes[Array.LastIndexOf(bytes, (byte)0xC0)] ^= 1; // a wrong checksum, found when most is read
        string bad = _folder.Add("bad.pth", bytes);
        LeavesNothing(() =>
        {
            Assert.Throws<CnnVisException>(() => WeightFile.Read(bad));
            using StateDict weights = WeightFile.Read(good);
            foreach (Tensor tensor in WeightAssignment.Match(weights, [.. weights.Select(w => (w.Key, w.Value.shape))]).Values) tensor.Dispose();
            Assert.Throws<CnnVisException>(() => WeightAssignment.Match(weights, [("whole", [1])]));
            SafetensorsWriter.Write(Stream.Null, weights, half: true);
        });
    }

    [Fact]
    public void Synthesis()
    {
        float[] picture = [.. Enumerable.Range(0, _network.Input.Length).Select(i => i % 7 / 7f)];
        var compiler = new ObjectiveCompiler(_network, 1);
        CompiledObjective[] objectives = [compiler.Compile(CnnObjective.OfClass("3")), compiler.Compile(CnnObjective.OfLayer("relu4") + 0.5 * CnnObjective.OfChannel("relu5", 1))];
        foreach (ClassImageMethod method in Enum.GetValues<ClassImageMethod>())
            LeavesNothing(() => new ClassImageSynthesis(_network, new ClassImageOptions { Method = method, Steps = 3, Diversity = 1 }).Make(objectives, [1, 2], null, null, default));
        foreach (FoolingMethod method in Enum.GetValues<FoolingMethod>())
            LeavesNothing(() => new FoolingSynthesis(_network, new FoolingOptions { Method = method, Steps = 2, BatchSize = 3 }).Make([2, 5], [1], null, default));
        foreach (InversionMethod method in Enum.GetValues<InversionMethod>())
            LeavesNothing(() =>
            {
                var inversion = new CodeInversion(_network, new InversionOptions { Method = method, Steps = 3, Neighborhood = 1 });
                inversion.Invert(_network.Layer("relu5"), [new InversionTarget("x", inversion.Codes([picture], [_network.Layer("relu5")])[0][0], null, picture)], [1, 2], null, default);
            });
    }

    [Fact]
    public void Correspondence()
    {
        CnnLayer[] layers = [_network.Layer("relu3")];
        var search = new CorrespondenceSearch(_network, layers, new CorrespondenceOptions { Alignment = new AlignmentOptions { Iterations = 1, Window = 1 } });
        WithBatch(batch => LeavesNothing(() =>
        {
            var described = search.Describe(batch);
            Assert.Single(search.Between(described[0], described[1]));
            using var measurement = new CorrespondenceMeasurement(_network, layers, new MeasureOptions { Warps = [CnnWarp.Parse("flip")], MostPoints = 5 });
            measurement.Add(batch, _ => { });
            Assert.Equal(5, measurement.Measures.Length);
            _folder.Add("other.png", ImageCodec.Encode(new PixelImage(3, 2, new byte[18]), ImageFormat.Png, 100));
            new NeighborReconstruction(_network, layers, [new ImageSource(_folder["other.png"])], _ => null, new NeighborOptions { Sizes = [1] }).Reconstruct(batch, error => throw error, _ => { });
        }));
    }

    public void Dispose()
    {
        _network.Graph.Dispose();
        _folder.Dispose();
    }

    /// <summary>A network that computes shapes, whose values are known before it runs.</summary>
    private static Graph WithShapeArithmetic()
    {
        var chain = new TestNetworks.Chain(5, 1, 3, 32, 32).Conv("conv1", 3, 4, 3).Relu("relu1").Conv("conv2", 4, 4, 3).Relu("relu2");
        string maps = chain.Value, shape = chain.Add("shape", new ShapeOf(OperatorAttributes.None)).Value;
        chain.Value = maps;
        return chain.Add("same", new Reshape(OperatorAttributes.None), shape).Add("flatten", new Flatten(OperatorAttributes.None)).Fc("fc", 4 * 28 * 28, 3).Build();
    }

    /// <summary>The first time may fill caches; the second must not add to them.</summary>
    [Theory]
    [InlineData(300, 2), InlineData(2600, 2), InlineData(200, 3)]
    public void AMapOnADevice(int count, int dimension)
    {
        PointMatrix points = TsneTests.Clusters(count, 8);
        LeavesNothing(() => Tsne.Embed(points, new TsneOptions { Dimension = dimension, Perplexity = 5, Iterations = 20, Device = "cpu" }));
    }

    internal static void LeavesNothing(Action action)
    {
        action();
        // What other tests left to the collector must not go in between.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = Tensor.TotalCount;
        action();
        Assert.Equal(before, Tensor.TotalCount);
    }

    private void WithBatch(Action<ImageBatch> use)
    {
        string file = _folder.Add("grey.png", ImageCodec.Encode(new PixelImage(3, 2, new byte[18]), ImageFormat.Png, 100));
        using var stream = new ImageStream(_network, 3, CancellationToken.None);
        foreach (string path in new[] { file, _folder["none.png"], file }) stream.Add(new ImageSource(path));
        using ImageBatch batch = stream.Take();
        use(batch);
    }
}
