using CnnVis.Engine.Activations;
using CnnVis.Engine.Attribution.Occlusion;
using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Classifiers;
using CnnVis.Engine.Codes;
using CnnVis.Engine.Correspondence;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Retrieval;
using CnnVis.Engine.Scans;
using CnnVis.Engine.Synthesis;
using CnnVis.Engine.Synthesis.Inversion;
using CnnVis.Engine.Targets;
using CnnVis.Engine.Targets.Objectives;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models;

/// <summary>Layers of tokens, and those whose channels come last, are maps to everything that looks at layers.</summary>
public sealed class LayerMapTests
{
    private const int Count = 3, Height = PatchMeans.Rows * PatchMeans.Patch, Width = PatchMeans.Columns * PatchMeans.Patch;

    /// <summary>The forms in which a layer may hold its places.</summary>
    public static TheoryData<string> Forms => ["tokens", "class token", "registers at the end", "features first", "channels last", "windows"];

    private static (Network Network, CnnLayer Layer) Load(string form)
    {
        var (graph, layer) = PatchMeans.Graph(form);
        Network network = PatchMeans.Load(graph);
        return (network, network.Layer(layer));
    }

    private static Tensor Pixels() => rand([Count, 1, Height, Width], generator: new Generator(8));

    private static ImageStream Stream(Network network, Tensor pixels, out ImageSource[] sources)
    {
        sources = [.. Enumerable.Range(0, Count).Select(i => ImageSource.Of(CnnPicture.Of($"{i}", pixels[i].ToFloats(), 1, Height, Width)))];
        return new ImageStream(network, Count, CancellationToken.None);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void ActivationsAndCodesAreTheMaps(string form)
    {
        using var scope = NewDisposeScope();
        var (network, layer) = Load(form);
        Assert.Equal([2, PatchMeans.Rows, PatchMeans.Columns], layer.OutputShape);
        Assert.Equal((PatchMeans.Patch, PatchMeans.Patch), (layer.ReceptiveField!.StrideY, layer.ReceptiveField.StrideX));
        Tensor pixels = Pixels();
        float[] expected = PatchMeans.Expected(form, pixels).ToFloats();
        using ImageStream stream = Stream(network, pixels, out ImageSource[] sources);
        var measurement = new ActivationMeasurement(network, [layer]);
        foreach (ImageBatch batch in stream.Batches(sources))
        {
            CnnActivation[] read = [.. new ActivationReader(network, [(layer, [0, 1])]).Read(batch).Select(r => r[0])];
            Close(expected, [.. read.SelectMany(r => r.Values.ToArray())]);
            Assert.All(read, r => Assert.Equal((2, PatchMeans.Rows, PatchMeans.Columns), (r.Channels.Count, r.Height, r.Width)));
            Close(expected, [.. new CodeReader(network, [layer], _ => null).Read(batch).SelectMany(c => c[0].Values.ToArray())]);
            Close(expected, [.. new LabelledCodeReader(network, layer, _ => null, new PictureViews(false, 0, 0)).Read(batch).SelectMany(c => c[0].Values.ToArray())]);
            measurement.Add(batch);
        }
        Close(expected, [.. new CodeInversion(network, new InversionOptions()).Codes([.. Enumerable.Range(0, Count).Select(i => pixels[i].ToFloats())], [layer])[0].SelectMany(c => c)]);
        IReadOnlyList<CnnActivationStatistic> statistics = measurement.Statistics();
        Assert.Equal(2, statistics.Count);
        Assert.Equal(PatchMeans.Expected(form, pixels).select(1, 0).max().item<float>(), statistics[0].Maximum, 1e-5);
        Assert.Equal((1.0, 1.0), (statistics[0].FiringShare, statistics[1].ZeroShare + 1)); // a mean is above 0, its negative is not zero: no class token counts
        Assert.Equal(PatchMeans.Expected(form, pixels).select(1, 1).mean().item<float>(), statistics[1].Mean, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void UnitsLookAtTheirPlaces(string form)
    {
        using var scope = NewDisposeScope();
        var (network, layer) = Load(form);
        Tensor pixels = Pixels(), maps = PatchMeans.Expected(form, pixels).select(1, 0); // [N, rows, columns]
        using ImageStream stream = Stream(network, pixels, out ImageSource[] sources);
        using var retrieval = new ImageRetrieval(network, new RetrievalQuery { Layers = [new LayerUnits(layer, [0], [], null)], Top = 1 });
        using var run = retrieval.Begin(Shard.Whole, checkpoint: null);
        foreach (ImageBatch batch in stream.Batches(sources.Where(run.List))) run.Add(batch, images => retrieval.Look(batch, images, default), error => throw error);
        run.End();
        MaxActivatingImage found = Assert.Single(Assert.Single(retrieval.Found(run.State).Units).Images);
        int best = (int)maps.flatten().argmax().item<long>(), place = best % (PatchMeans.Rows * PatchMeans.Columns);
        var (row, column) = Math.DivRem(place, PatchMeans.Columns);
        Assert.Equal((best / (PatchMeans.Rows * PatchMeans.Columns), row, column), ((int)found.Index, found.Row, found.Column));
        Assert.Equal(maps.max().item<float>(), found.Value, 1e-5);
        if (form != "windows") Assert.Equal(new PixelBox(column * PatchMeans.Patch, row * PatchMeans.Patch, PatchMeans.Patch, PatchMeans.Patch), found.InputBox);

        var reader = new FeatureReader(network, [layer], CorrespondenceMetric.L2);
        Assert.Equal((PatchMeans.Rows, PatchMeans.Columns, 4.0), (reader.Grids[0].Rows, reader.Grids[0].Columns, reader.Grids[0].StrideX));
        FeatureGrid features = reader.Read(pixels)[1][0];
        Close(PatchMeans.Expected(form, pixels)[1].permute(1, 2, 0).ToFloats(), [.. Enumerable.Range(0, features.Grid.Count).SelectMany(u => features[u].ToArray())]);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void ChannelsAndNeuronsAreExplained(string form)
    {
        using var scope = NewDisposeScope();
        var (network, layer) = Load(form);
        Tensor pixels = Pixels(), expected = PatchMeans.Expected(form, pixels);
        var compiler = new ObjectiveCompiler(network, 1);
        IObjective channel = compiler.Compile(CnnObjective.OfChannel(layer.Alias, 1)).Meaning, neuron = compiler.Compile(CnnObjective.OfNeuron(layer.Alias, 0, 2, 3)).Meaning;
        Close(expected.select(1, 1).flatten(1).mean([1L]).ToFloats(), PictureScores.Of(network, pixels, [channel, channel, channel], default).Scores);
        Close(expected.select(1, 0).select(1, 2).select(1, 3).ToFloats(), PictureScores.Of(network, pixels, [neuron, neuron, neuron], default).Scores);

        Tensor leaf = pixels.clone().requires_grad_(true);
        PatchMeans.Expected(form, leaf).select(1, 0).select(1, 1).select(1, 2).sum().backward();
        var target = new NeuronTarget(network.Units(layer), 0, (1, 2));
        SaliencyResult gradient = Assert.Single(new Gradient(SaliencyOptions.Default).Attribute(new SaliencyRequest(network, pixels, [target])));
        Assert.True(gradient.Map.allclose(leaf.grad!, 1e-5, 1e-7));
        Tensor relevance = Assert.Single(new LayerwiseRelevance(SaliencyOptions.Default).Attribute(new SaliencyRequest(network, pixels, [target]))).Map;
        Assert.True(relevance.masked_select(leaf.grad! == 0).abs().max().item<float>() < 1e-6);
        Close(expected.select(1, 0).select(1, 1).select(1, 2).ToFloats(), relevance.sum([1L, 2, 3]).ToFloats(), 1e-3);
        var strongest = new NeuronTarget(network.Units(layer), 0, null);
        Assert.Equal(expected.select(1, 0).flatten(1).argmax(1).data<long>().ToArray(), Assert.Single(new Gradient(SaliencyOptions.Default).Attribute(new SaliencyRequest(network, pixels, [strongest]))).Target.Index);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void OcclusionSumsTheMaps(string form)
    {
        using var scope = NewDisposeScope();
        var (network, layer) = Load(form);
        Tensor picture = Pixels()[0].unsqueeze(0);
        foreach (bool all in new[] { true, false })
        {
            using var occluder = new Occluder(network, new OcclusionOptions { WindowSize = [PatchMeans.Patch], Stride = [PatchMeans.Patch], Baseline = Baseline.Zero, Layers = [(layer, 0), (layer, 1)], RecomputeAll = all });
            OcclusionMap map = occluder.Occlude(new ImageSource("photo"), picture, new PixelImage(1, 1, [0, 0, 0]), null, default)[0];
            for (int channel = 0; channel < 2; channel++)
            {
                var expected = new List<float>();
                for (int place = 0; place < PatchMeans.Rows * PatchMeans.Columns; place++)
                {
                    Tensor occluded = picture.clone();
                    occluded.narrow(2, place / PatchMeans.Columns * PatchMeans.Patch, PatchMeans.Patch).narrow(3, place % PatchMeans.Columns * PatchMeans.Patch, PatchMeans.Patch).zero_();
                    expected.Add(PatchMeans.Expected(form, occluded).select(1, channel).sum().item<float>());
                }
                Close([.. expected], map.Layers[channel].Totals, 1e-4);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void AClassifierReadsTheMaps(string form)
    {
        using var scope = NewDisposeScope();
        var (network, layer) = Load(form);
        Tensor pixels = Pixels(), weight = randn([3, 2 * PatchMeans.Rows * PatchMeans.Columns], generator: new Generator(2)), bias = tensor(new[] { 0.1f, -0.2f, 0.3f });
        var head = new ClassifierHead(["a", "b", "c"], weight.ToFloats(), bias.ToFloats(), null!);
        using Network classifier = ClassifierNetwork.Create(network, layer, head, "behind");
        Tensor logits = classifier.Forward(pixels, [classifier.Answers.Logits])[0];
        Assert.True(logits.allclose(PatchMeans.Expected(form, pixels).flatten(1).matmul(weight.t()) + bias, 1e-4, 1e-5));
    }

    /// <summary>Attention has rows and columns that are no places: a unit of it is found, and seen in the whole picture.</summary>
    [Fact]
    public void AttentionHasNoPlaces()
    {
        using var scope = NewDisposeScope();
        Network network = PatchMeans.Load(SmallTransformer.Dynamo());
        CnnLayer attention = network.Layers.First(l => l.Operator == "Softmax");
        Assert.Equal([2, 5, 5], attention.OutputShape);
        Assert.Equal(network.Value(attention), network.Units(attention));
        using var maps = new UnitMaps(network, new LayerUnits(attention, [0], [], (1, 2)), [0], []);
        Assert.Equal(new PixelBox(0, 0, 8, 8), maps.Box(7));
        using var all = new UnitMaps(network, new LayerUnits(attention, [0], [], null), [0], []);
        Assert.Null(all.Place(7));
        Assert.Equal(new PixelBox(0, 0, 8, 8), all.Box(7));
    }

    private static void Close(float[] expected, float[] actual, double tolerance = 1e-5)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], tolerance);
    }
}
