using CnnVis.Engine.Activations;
using CnnVis.Engine.Adversarial;
using CnnVis.Engine.Adversarial.Attacks;
using CnnVis.Engine.Attribution.Occlusion;
using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Correspondence;
using CnnVis.Engine.Correspondence.Neighbors;
using CnnVis.Engine.Drawing;
using CnnVis.Engine.Embedding;
using CnnVis.Engine.Filters;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Retrieval;
using CnnVis.Engine.Synthesis.ClassImages;
using CnnVis.Engine.Synthesis.Fooling;
using CnnVis.Engine.Synthesis.Inversion;
using CnnVis.Engine.Targets.Objectives;
using CnnVis.Engine.Tests.Retrieval;

namespace CnnVis.Engine.Tests.Drawing;

/// <summary>One small picture of each kind of sheet beside a kept one (<see cref="GoldenPicture"/>): made with the bundled network, or from answers that follow a rule (<see cref="JudgementSamples"/>).</summary>
public sealed class LooksTests
{
    private static readonly Network _network = ModelCatalog.Get("alexnet64");
    private static readonly string _photo = Path.Combine(Repository.Root, "examples", "photos", "chelsea.png");

    private static readonly Dictionary<string, Func<IVisual>> _kinds = new()
    {
        [nameof(CnnActivation)] = () => Read(batch => new ActivationReader(_network, [(_network.Layer("relu1"), [.. Enumerable.Range(0, 9)])]).Read(batch)[0][0]),
        [nameof(CnnFilterBank)] = () => Bank(),
        [nameof(CnnFilter)] = () => Bank().Filters[1],
        [nameof(OcclusionMap)] = Occlusion,
        [nameof(SaliencyMap)] = () => Map(new GradCam(SaliencyOptions.Default)),
        [nameof(TsneMap)] = Tsne,
        [nameof(CnnClassImage)] = ClassImage,
        [nameof(CnnFoolingImage)] = () => new FoolingSynthesis(_network, new FoolingOptions { Method = FoolingMethod.Gradient, Steps = 3 }).Make([1], [1], null, default)[0],
        [nameof(CnnReconstruction)] = () => Inverted()[0],
        [nameof(CnnReconstructionSheet)] = () => new CnnReconstructionSheet { Model = _network.Name, Items = [.. Inverted()], PerPicture = 2 },
        [nameof(CnnReconstructionSummary)] = Summary,
        [nameof(AdversarialExample)] = Example,
        [nameof(RobustnessPlot)] = Robustness,
        [nameof(MaxActivatingImageSet)] = Retrieved,
        [nameof(MaxActivatingUnit)] = () => Retrieved().Units[1],
        [nameof(CnnCorrespondence)] = Correspondence,
        [nameof(CnnNeighborImage)] = Neighbors,
        [nameof(CnnNeighborSheet)] = () => new CnnNeighborSheet { Items = [Neighbors()] },
        [nameof(CnnAccuracy)] = JudgementSamples.Accuracy,
        [nameof(MultiLabelAccuracy)] = JudgementSamples.Labels,
        [nameof(ConfusionMatrix)] = () => JudgementSamples.Accuracy().Confusion,
        [nameof(CnnCalibration)] = () => JudgementSamples.Accuracy().Calibration,
        [nameof(AttributeEffect)] = JudgementSamples.Effect,
        [nameof(CorruptionRobustness)] = JudgementSamples.Corruptions,
        [nameof(CorruptedImage)] = JudgementSamples.Corrupted,
        [nameof(HumanComparison)] = JudgementSamples.Humans,
        [nameof(LearningPlot)] = () => JudgementSamples.Humans().Learning,
        [nameof(OutcomePictures)] = () => JudgementSamples.Humans().OnlyPeople! with { Pictures = [.. JudgementSamples.Humans().OnlyPeople!.Pictures.Take(2)] },
        [nameof(SeparabilityPlot)] = JudgementSamples.Separability,
        [nameof(CorrespondencePlot)] = JudgementSamples.Correspondence,
        [nameof(PixelImage)] = () => new PixelImage(4, 3, [.. Enumerable.Range(0, 36).Select(i => (byte)(i * 7))]),
    };

    [Fact]
    public void EveryKindIsKept() => Assert.Equal(typeof(IVisual).Assembly.GetTypes().Where(t => t is { IsAbstract: false, IsPublic: true } && t.IsAssignableTo(typeof(IVisual))).Select(t => t.Name).Order(), _kinds.Keys.Order());

    public static TheoryData<string> Kinds => [.. _kinds.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AsTheyDid(string kind)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        GoldenPicture.Same(kind, SheetRenderer.Render(_kinds[kind](), DrawOptions.Default with { Limit = 9 }));
    }

    /// <summary>On a dark page that is narrower than most sheets, so that rows go on in further lines.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void DarkAndNarrow(string kind)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        PixelImage picture = SheetRenderer.Render(_kinds[kind](), DrawOptions.Default with { Limit = 4, Background = PageBackground.Dark, MaximumWidth = 400 });
        Assert.True(picture.Width <= 400);
        GoldenPicture.Same($"{kind}.dark", picture);
    }

    private static T Read<T>(Func<ImageBatch, T> read)
    {
        using var stream = new ImageStream(_network, 4, default);
        return stream.Batches([ImageSource.Of(_photo)]).Select(read).Single();
    }

    private static CnnFilterBank Bank() => new FilterReader(_network).Read(_network.Layer("conv1"), [.. Enumerable.Range(0, 9)], default);

    private static OcclusionMap Occlusion() => Read(batch =>
    {
        using var occluder = new Occluder(_network, new OcclusionOptions { WindowSize = [24], Stride = [8] });
        return occluder.Occlude(batch.Readable[0].Source, batch, 0, SeenPhoto.Load(_photo, _network.Input), null, default)[0];
    });

    private static SaliencyMap Map(ISaliencyMethod method) => Read(batch => new SaliencyAnalysis(_network, new SaliencyQuery { Methods = [method], Classes = [null] }).Analyze(batch)[0][0]);

    private static TsneMap Tsne()
    {
        var random = new Random(1);
        CnnCode[] codes = [.. Enumerable.Range(0, 60).Select(i => new CnnCode { Path = $"{i}.png", Model = _network.Name, Layer = "relu7", Label = $"{i % 3}", Values = [.. Enumerable.Range(0, 8).Select(k => (float)random.NextDouble() + (k == i % 3 ? 4 : 0))] })];
        return TsneMapping.Map(codes, new TsneOptions { Perplexity = 10, Iterations = 100, ExaggeratedIterations = 50 });
    }

    private static CnnClassImage ClassImage()
    {
        CompiledObjective objective = new ObjectiveCompiler(_network, 1).Compile(CnnObjective.OfClass("goldfish"), default);
        return new ClassImageSynthesis(_network, new ClassImageOptions { Method = ClassImageMethod.Yosinski, Steps = 5 }).Make([objective], [1], null, null, default)[0];
    }

    private static IReadOnlyList<CnnReconstruction> Inverted()
    {
        var inversion = new CodeInversion(_network, new InversionOptions { Steps = 5 });
        CnnLayer layer = _network.Layer("relu2");
        float[] picture = Read(batch => batch.Pixels!.cpu().data<float>().ToArray());
        return inversion.Invert(layer, [new InversionTarget(_photo, inversion.Codes([picture], [layer])[0][0], null, picture)], [1, 2], null, default);
    }

    private static CnnReconstructionSummary Summary()
    {
        var summary = new InversionSummary();
        foreach (CnnReconstruction item in Inverted()) summary.Add(item);
        return summary.Rows()[0];
    }

    private static AdversarialExample Example() => Read(batch =>
        new AttackRun(_network, new AttackQuery { Attacks = [new Fgsm(AttackOptions.Default)], Epsilons = [4 / 255.0] }).Add(batch, null, error => throw error)[0][0]);

    private static MaxActivatingImageSet Retrieved()
    {
        var query = new RetrievalQuery { Layers = [new LayerUnits(_network.Layer("relu3"), [1, 2], [], null)], Top = 3 };
        MaxActivatingImageSet found = RetrievalRun.Over(_network, query, Others);
        return found.With(new UnitPictures(_network.Input, _network, null, false), crop: true);
    }

    private static CnnCorrespondence Correspondence()
    {
        using var folder = new TempFolder();
        var search = new CorrespondenceSearch(_network, [_network.Layer("relu4")], new CorrespondenceOptions());
        ImageSource[] small = [.. Others.Take(2).Select(f => new ImageSource(folder.Add(Path.GetFileName(f), ImageCodec.Encode(Thumbnail.Load(f, null, 128, isFilled: true), ImageFormat.Png, 100))))];
        DescribedPicture[] pictures = [.. new TargetPictures(search, _network, small, 2).All(error => throw error, default)];
        return search.Between(pictures[0], pictures[1]).Single();
    }

    private static CnnNeighborImage Neighbors()
    {
        var reconstruction = new NeighborReconstruction(_network, [_network.Layer("relu2")], [.. Others.Select(f => new ImageSource(f))], _ => null, new NeighborOptions { Sizes = [2], BatchSize = 4 });
        using var stream = new ImageStream(_network, 1, default);
        return stream.Batches([new ImageSource(_photo)]).SelectMany(b => reconstruction.Reconstruct(b, error => throw error, _ => { })).SelectMany(m => m).Single();
    }

    /// <summary>Photos that stay when others come to the folder.</summary>
    private static IEnumerable<string> Others => new[] { "astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg" }.Select(name => Path.Combine(Path.GetDirectoryName(_photo)!, name));

    private static RobustnessPlot Robustness()
    {
        AttackedNetwork network = new(_network, new AttackQuery { Attacks = [new Fgsm(AttackOptions.Default), new Bim(AttackOptions.Default)], Epsilons = [1 / 255.0, 4 / 255.0, 8 / 255.0] }, null);
        var measurement = new RobustnessMeasurement([network]);
        using var stream = new ImageStream(_network, 4, default);
        foreach (ImageBatch batch in stream.Batches(Others.Select(f => new ImageSource(f))))
            foreach (FoundVerdicts found in measurement.Look(batch)) measurement.Add(found);
        measurement.Finish(default);
        return new RobustnessPlot { Measures = measurement.Measures };
    }
}
