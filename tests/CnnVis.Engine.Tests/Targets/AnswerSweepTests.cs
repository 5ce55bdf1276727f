using CnnVis.Engine.Accuracy;
using CnnVis.Engine.Accuracy.Labels;
using CnnVis.Engine.Adversarial;
using CnnVis.Engine.Attribution.Metrics;
using CnnVis.Engine.Attribution.Occlusion;
using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Corruptions;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Predictions;
using CnnVis.Engine.Scans;
using CnnVis.Engine.Synthesis.ClassImages;
using CnnVis.Engine.Synthesis.Fooling;
using CnnVis.Engine.Targets;
using CnnVis.Engine.Targets.Objectives;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Targets;

/// <summary>
/// Whatever explains, changes or judges pictures, for every kind of answer: on networks that are linear in the picture, so that what is right is plain arithmetic. What a kind has
/// no answer for is refused in one sentence.
/// </summary>
public sealed class AnswerSweepTests : IDisposable
{
    private const int Side = 6, Length = 3 * Side * Side, Pictures = 3;

    private readonly AnswerNetworks _networks = new();

    public void Dispose() => _networks.Dispose();

    /// <summary>The kinds that have scores.</summary>
    public static TheoryData<string> Scored => ["classes", "softmax", "labels", "logit", "sigmoid", "numbers", "maps", "softmax maps"];

    /// <summary>Those, and those that have none.</summary>
    public static TheoryData<string> Unscored => ["codes", "outputs"];

    [Theory]
    [MemberData(nameof(Scored))]
    public void Predictions(string kind)
    {
        using var scope = NewDisposeScope();
        Subject s = Of(kind);
        using ImageStream stream = Stream(s.Network, out ImageSource[] sources);
        foreach (ImageBatch batch in stream.Batches(sources))
        {
            IReadOnlyList<CnnPrediction> predictions = new Predictor(s.Network, s.Count).Predict(batch);
            float[][] expected = Rows(s.Probabilities(s.Pixels));
            for (int i = 0; i < Pictures; i++)
            {
                int[] order = [.. Enumerable.Range(0, s.Count).OrderByDescending(c => kind == "numbers" ? -c : expected[i][c])];
                Assert.Equal(order, predictions[i].Top.Select(c => c.Index));
                Close([.. order.Select(c => expected[i][c])], [.. predictions[i].Top.Select(c => (float)c.Probability)]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Scored))]
    public void SaliencyMethodsExplainTheRightNumber(string kind)
    {
        using var scope = NewDisposeScope();
        Subject s = Of(kind);
        float[] reference = [.. Enumerable.Repeat(0.25f, Length)];
        var options = new SaliencyOptions { Steps = 4, Samples = 3, References = [reference], Baseline = Baseline.Zero, TargetLayer = "image" };
        foreach (string name in SaliencyMethods.Names)
            foreach (ClassScore? asked in new ClassScore?[] { null, ClassScore.Logit, ClassScore.Probability })
                foreach (int? index in new int?[] { null, 0, s.Count - 1 })
                {
                    ISaliencyMethod method = SaliencyMethods.Create(name, options);
                    ClassScore score;
                    try
                    {
                        score = method.Score(asked);
                    }
                    catch (CnnVisException e) when (asked == ClassScore.Probability)
                    {
                        Assert.Equal(ErrorIds.InvalidArgument, e.ErrorId); // it explains logits alone
                        continue;
                    }
                    string what = $"{name} of {kind}, {score} {index}";
                    SaliencyResult result = Assert.Single(method.Attribute(new SaliencyRequest(s.Network, s.Pixels, [ClassTarget.Of(s.Network, index, score)])));
                    Tensor leaf = s.Pixels.clone().requires_grad_(true), scores = score == ClassScore.Probability ? s.Probabilities(leaf) : s.Logits(leaf); // [N, classes]
                    long[] chosen = index is { } c ? [c, c, c] : scores.argmax(1).data<long>().ToArray();
                    Tensor own = scores.gather(1, tensor(chosen).unsqueeze(1)).squeeze(1);
                    Assert.Equal(chosen, result.Target.Index);
                    Close(own.detach().ToFloats(), result.Target.Scores, 1e-4, what);
                    own.sum().backward();
                    Tensor gradient = leaf.grad!.detach(), x = s.Pixels;
                    bool isLinear = score == ClassScore.Logit && kind != "numbers" && kind != "softmax maps";
                    Tensor? expected = name switch
                    {
                        "Gradient" or "DeconvNet" or "GuidedBackprop" => gradient,
                        "GradientTimesInput" => gradient * x,
                        "SmoothGrad" when isLinear => gradient,
                        "SmoothGradSquared" when isLinear => gradient.square(),
                        "VarGrad" when isLinear => zeros_like(gradient),
                        "IntegratedGradients" when isLinear => gradient * x,
                        "ExpectedGradients" when isLinear => gradient * (x - 0.25f),
                        "GradCam" => (gradient.mean([2L, 3], keepdim: true) * x).sum(1, keepdim: true).relu(),
                        "LayerCam" => (gradient.relu() * x).sum(1, keepdim: true).relu(),
                        _ => null,
                    };
                    if (expected is not null) Assert.True(result.Map.allclose(expected, 1e-3, 1e-5), what);
                    Assert.True(result.Map.isfinite().all().item<bool>(), what);
                }
    }

    [Theory]
    [MemberData(nameof(Scored))]
    public void OcclusionAsksTheRightNumber(string kind)
    {
        using var scope = NewDisposeScope();
        Subject s = Of(kind);
        Tensor picture = s.Pixels.narrow(0, 0, 1);
        foreach (bool all in new[] { true, false })
            foreach (ClassScore score in Enum.GetValues<ClassScore>())
            {
                using var occluder = new Occluder(s.Network, new OcclusionOptions { WindowSize = [3], Stride = [3], Baseline = Baseline.Zero, Classes = [0, s.Count - 1, null], Score = score, RecomputeAll = all });
                IReadOnlyList<OcclusionMap> maps = occluder.Occlude(new ImageSource("photo"), picture, new PixelImage(1, 1, [0, 0, 0]), null, default);
                Tensor occluded = picture.repeat(4, 1, 1, 1);
                for (int i = 0; i < 4; i++) occluded[i].narrow(1, i / 2 * 3, 3).narrow(2, i % 2 * 3, 3).zero_();
                Tensor now = score == ClassScore.Probability ? s.Probabilities(occluded) : s.Logits(occluded);
                Tensor before = score == ClassScore.Probability ? s.Probabilities(picture) : s.Logits(picture);
                int best = (int)s.Probabilities(picture).argmax().item<long>();
                foreach (var (map, index) in maps.Zip([0, s.Count - 1, best]))
                {
                    Assert.Equal(index, map.ClassIndex);
                    Close(now.select(1, index).ToFloats(), map.Scores, 1e-4);
                    Assert.Equal(before[0, index].item<float>(), map.Score, 1e-4);
                    if (kind != "numbers") Assert.Equal(s.Probabilities(occluded).argmax(1).data<long>().ToArray(), map.MostProbable.ToArray().Select(m => (long)m));
                }
            }
    }

    [Theory]
    [MemberData(nameof(Scored))]
    public void MetricsBeginAndEndAtTheRightNumber(string kind)
    {
        using var scope = NewDisposeScope();
        Subject s = Of(kind);
        string[] names = [.. SaliencyMetrics.Names.Where(n => n is not (nameof(PointingGame) or nameof(EnergyInBox)))]; // these ask for boxes
        var options = new MetricOptions { CurveSteps = 4, Perturbations = 3, Baseline = Baseline.Zero, PerturbationBaseline = Baseline.Zero };
        foreach (ClassScore score in Enum.GetValues<ClassScore>())
        {
            using ImageStream stream = Stream(s.Network, out ImageSource[] sources);
            var measurement = new SaliencyMeasurement(s.Network, new MetricQuery { Methods = [SaliencyMethods.Create("Gradient", SaliencyOptions.Default)], Metrics = [.. names.Select(n => SaliencyMetrics.Create(n, options))], Class = s.Count - 1, Score = score });
            foreach (ImageBatch batch in stream.Batches(sources))
            {
                IReadOnlyList<MeasuredPicture> measured = measurement.Measure(batch);
                float[] whole = (score == ClassScore.Probability ? s.Probabilities(s.Pixels) : s.Logits(s.Pixels)).select(1, s.Count - 1).ToFloats();
                float nothing = (score == ClassScore.Probability ? s.Probabilities(zeros_like(s.Pixels)) : s.Logits(zeros_like(s.Pixels)))[0, s.Count - 1].item<float>();
                for (int i = 0; i < Pictures; i++)
                {
                    Assert.Null(measured[i].Problem);
                    foreach (SaliencyMeasure measure in measured[i].Measures)
                    {
                        Assert.True(double.IsFinite(measure.Value), measure.Metric);
                        if (measure.Metric == nameof(Deletion)) Assert.Equal((whole[i], nothing), ((float)measure.Points[0].Score, (float)measure.Points[^1].Score), Near);
                        if (measure.Metric == nameof(Insertion)) Assert.Equal(whole[i], (float)measure.Points[^1].Score, 1e-4);
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Scored))]
    public void ClassImagesRaiseTheRightNumber(string kind)
    {
        using var scope = NewDisposeScope();
        Subject s = Of(kind);
        CompiledObjective objective = new ObjectiveCompiler(s.Network, 1).Compile(CnnObjective.OfClass($"{s.Count - 1}"));
        foreach (ClassImageMethod method in Enum.GetValues<ClassImageMethod>())
        {
            CnnClassImage image = Assert.Single(new ClassImageSynthesis(s.Network, new ClassImageOptions { Method = method, Steps = 12 }).Make([objective], [1], null, null, default));
            Tensor made = tensor(image.Values.ToArray(), [1, 3, Side, Side]);
            Assert.Equal(s.Logits(made)[0, s.Count - 1].item<float>(), image.Score, 1e-3);
            Assert.True(image.Score > image.StartScore, $"{method} of {kind}: {image.StartScore} to {image.Score}");
            if (kind == "numbers") continue;
            Assert.Equal(s.Probabilities(made)[0, s.Count - 1].item<float>(), image.Probability!.Value, 1e-4);
            Assert.Equal(s.Network.Classes[(int)s.Probabilities(made).argmax().item<long>()], image.Predicted);
        }
    }

    [Theory]
    [MemberData(nameof(Scored))]
    public void FoolingImagesAreSureOfTheRightClass(string kind)
    {
        using var scope = NewDisposeScope();
        Subject s = Of(kind);
        foreach (FoolingMethod method in Enum.GetValues<FoolingMethod>())
        {
            IReadOnlyList<CnnFoolingImage> Make() => new FoolingSynthesis(s.Network, new FoolingOptions { Method = method, Steps = 10, BatchSize = 4 }).Make([s.Count - 1], [1], null, default);
            if (kind == "numbers")
            {
                Refused(() => Make(), "numbers");
                continue;
            }
            CnnFoolingImage image = Assert.Single(Make());
            Assert.Equal(s.Count - 1, image.ClassIndex);
            Assert.Equal(s.Probabilities(tensor(image.Values.ToArray(), [1, 3, Side, Side]))[0, s.Count - 1].item<float>(), image.Confidence, 1e-4);
        }
    }

    [Theory]
    [MemberData(nameof(Scored))]
    public void AttacksAreJudgedByTheRightNumber(string kind)
    {
        using var scope = NewDisposeScope();
        Subject s = Of(kind);
        foreach (string name in AttackMethods.Names)
        {
            var how = new AttackOptions { Steps = 6, Queries = 60, SearchSteps = 3, Restarts = 1 };
            IReadOnlyList<AdversarialExample> Attack()
            {
                var run = new AttackRun(s.Network, new AttackQuery { Attacks = [AttackMethods.Create(name, how)], Options = how, Epsilons = [0.5] });
                ImageSource[] sources = [.. Enumerable.Range(0, Pictures).Select(i => new ImageSource($"{i}"))];
                IReadOnlyList<IReadOnlyList<AdversarialExample>> found = run.Add(sources, s.Pixels, null);
                return [.. (found.Count > 0 ? found : run.Finish()).SelectMany(f => f)];
            }
            if (kind == "numbers")
            {
                Refused(() => Attack(), "numbers");
                continue;
            }
            IReadOnlyList<AdversarialExample> examples = Attack();
            Assert.Equal(Pictures, examples.Count);
            for (int i = 0; i < Pictures; i++)
            {
                AdversarialExample example = examples[i];
                string what = $"{name} of {kind}, picture {i}";
                Tensor before = s.Pixels.narrow(0, i, 1), after = tensor(example.Adversarial, [1, 3, Side, Side]);
                Close(before.ToFloats(), example.Original, 1e-6, what);
                int label = s.Verdict(before);
                Assert.True(label == example.Label.Index, what);
                Assert.Equal(s.Probabilities(before)[0, example.Before.Index].item<float>(), example.Before.Probability, 1e-4);
                Assert.Equal(s.Probabilities(after)[0, example.After.Index].item<float>(), example.After.Probability, 1e-4);
                Assert.Equal(s.Probabilities(after)[0, label].item<float>(), example.LabelProbabilityAfter, 1e-4);
                // A label is judged by its own threshold, whichever side of it the picture was on.
                bool changed = kind == "labels" ? s.Logits(before)[0, label].item<float>() > 0 != s.Logits(after)[0, label].item<float>() > 0 : s.Verdict(after) != label;
                Assert.True(changed == (example.Outcome == AttackOutcome.Succeeded), $"{what}: {example.Outcome}");
            }
        }
    }

    /// <summary>Accuracy under attack, clean and carried over to another network, of labels that are given and of the network's own.</summary>
    [Theory]
    [MemberData(nameof(Scored))]
    public void RobustnessCountsTheRightVerdicts(string kind)
    {
        using var scope = NewDisposeScope();
        Subject s = Of(kind), other = Of(kind, seed: 23);
        var query = new AttackQuery { Attacks = [AttackMethods.Create("Fgsm", AttackOptions.Default), AttackMethods.Create("Pgd", new AttackOptions { Steps = 4 })], Epsilons = [0.05, 0.3] };
        foreach (int? given in new int?[] { null, 0, s.Count - 1 })
        {
            AttackedNetwork Attacked(Network network) => new(network, query, given is { } label ? PictureLabels.One($"{label}", network) : null);
            IReadOnlyList<FoundVerdicts> Look(RobustnessMeasurement measurement)
            {
                using ImageStream stream = Stream(s.Network, out ImageSource[] sources);
                List<FoundVerdicts> all = [];
                foreach (ImageBatch batch in stream.Batches(sources)) all.AddRange(measurement.Look(batch));
                foreach (FoundVerdicts found in all) measurement.Add(found);
                return all;
            }
            if (kind == "numbers")
            {
                Refused(() => Look(new RobustnessMeasurement([new AttackedNetwork(s.Network, query, null)])), "numbers");
                return;
            }
            var both = new RobustnessMeasurement([Attacked(s.Network), Attacked(other.Network)]);
            Look(both);
            Assert.Equal(16, both.Measures.Length); // two attacks, two sizes, two networks asked about the examples of either
            // The examples themselves, judged by plain arithmetic.
            foreach (var (made, source) in new[] { s, other }.Select(m => (m, m.Network.Name)))
            {
                var run = new AttackRun(made.Network, query with { KeepsExamples = false });
                int[]? labels = given is { } label ? [.. Enumerable.Repeat(label, Pictures)] : null;
                AdversarialExample[] examples = [.. run.Add([.. Enumerable.Range(0, Pictures).Select(i => new ImageSource($"{i}"))], s.Pixels, labels).SelectMany(e => e)];
                foreach (Subject asked in new[] { s, other })
                    foreach (var group in examples.GroupBy(e => (e.Method, e.Epsilon)))
                    {
                        RobustnessMeasure measure = Assert.Single(both.Measures, m => (m.Model, m.Source, m.Method, m.Epsilon) == (asked.Network.Name, source, group.Key.Method, group.Key.Epsilon));
                        int before = 0, after = 0;
                        foreach (AdversarialExample e in group)
                        {
                            Tensor clean = tensor(e.Original, [1, 3, Side, Side]), changed = tensor(e.Adversarial, [1, 3, Side, Side]);
                            int shown = given ?? asked.Verdict(clean);
                            if (asked.IsRight(clean, clean, shown, given is not null)) before++;
                            if (asked.IsRight(changed, clean, shown, given is not null)) after++;
                        }
                        Assert.Equal(Pictures, measure.Count);
                        Assert.Equal((double)before / Pictures, measure.CleanAccuracy);
                        Assert.Equal((double)after / Pictures, measure.Accuracy);
                        if (given is null) Assert.Equal(1, measure.CleanAccuracy);
                    }
            }
        }
    }

    /// <summary>Accuracy under corruption, and flips under perturbation.</summary>
    [Theory]
    [MemberData(nameof(Scored))]
    public void CorruptionsAndPerturbationsCountTheRightVerdicts(string kind)
    {
        using var scope = NewDisposeScope();
        Subject s = Of(kind);
        var query = new CorruptionQuery { Corruptions = CorruptionMethods.Parse(["GaussianNoise", "Contrast"]), Severities = [1, 5], Seed = 3 };
        Perturbation brightness = Assert.Single(Perturbations.Parse(["Brightness"]));
        if (kind == "numbers")
        {
            Refused(() => new CorruptionMeasurement(s.Network, query, null), "numbers");
            Refused(() => new PerturbationMeasurement(s.Network, [brightness], 3), "numbers");
            return;
        }
        PixelImage[] images = InputPixels.Of(s.Pixels, s.Network.Input, [0, 1, 2]);
        foreach (int? given in new int?[] { null, 0, s.Count - 1 })
        {
            using ImageStream stream = Stream(s.Network, out ImageSource[] sources);
            var measurement = new CorruptionMeasurement(s.Network, query, given is { } label ? _ => label : null);
            foreach (ImageBatch batch in stream.Batches(sources))
            {
                var found = measurement.Look(batch);
                for (int i = 0; i < Pictures; i++)
                {
                    Tensor clean = s.Pixels.narrow(0, i, 1);
                    int shown = given ?? s.Verdict(clean);
                    string expected = string.Concat(query.Corruptions.SelectMany(c => query.Severities.Select(v =>
                        s.IsRight(InputPixels.ToTensor([Corruptor.Apply(images[i], c, v, query.Seed, null)], s.Pixels, s.Network.Input, [i]), clean, shown, given is not null) ? '1' : '0')));
                    Assert.Equal((s.IsRight(clean, clean, shown, given is not null), expected), (found[i].Found!.Clean, found[i].Found!.Answers));
                }
            }
        }
        using ImageStream again = Stream(s.Network, out ImageSource[] pictures);
        foreach (ImageBatch batch in again.Batches(pictures))
        {
            IReadOnlyList<FoundStability> found = new PerturbationMeasurement(s.Network, [brightness], 3).Look(batch);
            for (int i = 0; i < Pictures; i++)
            {
                PixelImage[] frames = [.. Perturbations.Frames(images[i], brightness, 3)];
                string[] answers = [.. frames.Select(f => InputPixels.ToTensor([f], s.Pixels, s.Network.Input, [i])).Select(x => kind == "labels" ? string.Join(",", s.Logits(x).ge(0).data<bool>().ToArray()) : $"{s.Verdict(x)}")];
                Assert.Equal(answers.Zip(answers.Skip(1)).Count(a => a.First != a.Second) / (frames.Length - 1.0), found[i].Flips[0], 1e-9);
            }
        }
    }

    /// <summary>Numbers of the file's output that are asked for by place, of networks that have no scores too: their values, gradients, occlusion maps and attacks.</summary>
    [Theory]
    [MemberData(nameof(Scored))]
    [MemberData(nameof(Unscored))]
    public void AnyNumberOfTheOutputIsTheRightOne(string kind)
    {
        using var scope = NewDisposeScope();
        Subject s = Of(kind);
        string output = s.Network.Outputs[0].Name;
        int[] shape = [.. s.Network.Outputs[0].Shape];
        string first = string.Join(",", shape.Select(_ => "0")), last = string.Join(",", shape.Select(d => d - 1)), all = string.Join(",", shape.Select(_ => ":"));
        Network asked = s.Network.Asking([CnnTarget.Parse($"{output}[{last}]"), CnnTarget.Parse($"mean({output}[{all}])"), CnnTarget.Parse($"{output}[{first}] - 0.5*{output}[{last}]")]);
        Tensor Numbers(Tensor x) => s.Raw(x).flatten(1) is var y ? stack([y.select(1, -1), y.mean([1L]), y.select(1, 0) - 0.5 * y.select(1, -1)], 1) : y; // [N, 3]
        Tensor leaf = s.Pixels.clone().requires_grad_(true), numbers = Numbers(leaf);
        Close(numbers.detach().ToFloats(), asked.Forward(s.Pixels, [asked.Answers.Logits])[0].ToFloats(), 1e-5, kind);
        NumberTarget[] targets = [.. asked.Answers.Named!.Select((v, i) => new NumberTarget(v, i))];
        var maps = SaliencyMethods.Create("Gradient", SaliencyOptions.Default).Attribute(new SaliencyRequest(asked, s.Pixels, targets));
        for (int i = 0; i < 3; i++)
        {
            leaf.grad?.zero_();
            numbers.select(1, i).sum().backward(retain_graph: true);
            Assert.True(maps[i].Map.allclose(leaf.grad!, 1e-4, 1e-6), $"{kind} {i}");
            Close(numbers.select(1, i).detach().contiguous().ToFloats(), maps[i].Target.Scores, 1e-5, kind);
        }
        Tensor picture = s.Pixels.narrow(0, 0, 1);
        foreach (bool whole in new[] { true, false })
        {
            using var occluder = new Occluder(asked, new OcclusionOptions { WindowSize = [3], Stride = [3], Baseline = Baseline.Zero, Classes = [0, 1, 2], RecomputeAll = whole });
            Tensor occluded = picture.repeat(4, 1, 1, 1);
            for (int i = 0; i < 4; i++) occluded[i].narrow(1, i / 2 * 3, 3).narrow(2, i % 2 * 3, 3).zero_();
            Tensor now = Numbers(occluded);
            foreach (var (map, i) in occluder.Occlude(new ImageSource("photo"), picture, new PixelImage(1, 1, [0, 0, 0]), null, default).Select((m, i) => (m, i)))
                Close(now.select(1, i).contiguous().ToFloats(), map.Scores, 1e-4, $"{kind} {i}");
        }
        float number = Numbers(picture)[0, 1].item<float>();
        foreach (double threshold in new[] { number - 0.02, number + 0.02 })
        {
            Network one = s.Network.Asking([CnnTarget.Parse($"mean({output}[{all}])")]);
            AdversarialExample example = AnswerTests.Attacked(one, picture, "Pgd", 0.5, number: new NumberGoal(one.Answers.Logits, "mean", threshold));
            float after = Numbers(tensor(example.Adversarial, [1, 3, Side, Side]))[0, 1].item<float>();
            Assert.Equal(number, example.Before.Probability, 1e-5);
            Assert.Equal(after, example.After.Probability, 1e-5);
            Assert.Equal(after >= threshold != number >= threshold, example.Success);
            if (kind is not ("softmax" or "softmax maps")) Assert.True(example.Success, kind); // the mean of these is fixed
        }
    }

    [Theory]
    [MemberData(nameof(Scored))]
    public void AccuracyAndCalibrationTakeTheRightProbability(string kind)
    {
        using var scope = NewDisposeScope();
        Subject s = Of(kind);
        AccuracyQuery Query() => new() { Names = new ClassNames(s.Network), Failed = error => throw error };
        if (kind == "numbers")
        {
            Refused(() => new AccuracyScan(s.Network, Query()), "numbers");
            return;
        }
        using ImageStream stream = Stream(s.Network, out ImageSource[] sources);
        float[][] probabilities = Rows(s.Probabilities(s.Pixels));
        foreach (ImageBatch batch in stream.Batches(sources))
        {
            IReadOnlyList<FoundAnswer> found = new AccuracyScan(s.Network, Query()).Look(batch, [.. batch.Readable.Select((p, i) => new ListedImage(i, p.Path, $"{s.Count - 1}"))], default);
            for (int i = 0; i < Pictures; i++)
            {
                int best = Array.IndexOf(probabilities[i], probabilities[i].Max());
                Assert.Equal(best, found[i].Predicted);
                Assert.Equal(probabilities[i][best], found[i].Probability, 1e-5);
                Assert.Equal(1 + probabilities[i].Count(p => p > probabilities[i][^1]), found[i].Rank);
            }
            ClassifiedImage[] images = [.. found.Select((f, i) => f.ToImage(new ListedImage(i, $"{i}", null), s.Network.Classes))];
            CnnCalibration calibration = Calibrations.Of(images);
            double confidence = probabilities.Average(p => p.Max()), right = probabilities.Average(p => p.Max() == p[^1] ? 1.0 : 0);
            Assert.Equal(confidence - right, calibration.Overconfidence, 1e-5);
            Assert.Equal(Math.Abs(confidence - right), calibration.ExpectedError, 1e-5); // three pictures are one bin
        }
    }

    [Theory]
    [MemberData(nameof(Unscored))]
    public void WhatHasNoScoresIsRefusedInOneSentence(string kind)
    {
        using var scope = NewDisposeScope();
        Subject s = Of(kind);
        Refused(() => new Predictor(s.Network, 1), kind);
        Refused(() => ClassTarget.Of(s.Network, 0, ClassScore.Logit), kind);
        Refused(() => new Occluder(s.Network, new OcclusionOptions()), kind);
        Refused(() => new AccuracyScan(s.Network, new AccuracyQuery { Names = new ClassNames(s.Network), Failed = error => throw error }), kind);
        foreach (FoolingMethod method in Enum.GetValues<FoolingMethod>())
            Refused(() => new FoolingSynthesis(s.Network, new FoolingOptions { Method = method, Steps = 2 }).Make([null], [1], null, default), kind);
        foreach (string attack in AttackMethods.Names)
            Refused(() =>
            {
                var run = new AttackRun(s.Network, new AttackQuery { Attacks = [AttackMethods.Create(attack, AttackOptions.Default)], Epsilons = [0.1] });
                run.Add([new ImageSource("0")], s.Pixels.narrow(0, 0, 1), null);
                run.Finish();
            }, kind);
        Refused(() => Measured(s), kind);
        Refused(() => new ObjectiveCompiler(s.Network, 1).Compile(CnnObjective.OfClass("0")), kind);
    }

    private void Measured(Subject s)
    {
        using ImageStream stream = Stream(s.Network, out ImageSource[] sources);
        var measurement = new SaliencyMeasurement(s.Network, new MetricQuery { Methods = [SaliencyMethods.Create("Gradient", SaliencyOptions.Default)], Metrics = [SaliencyMetrics.Create(nameof(Deletion), new MetricOptions())] });
        foreach (ImageBatch batch in stream.Batches(sources))
            if (measurement.Measure(batch)[0].Problem is { } problem) throw problem;
    }

    private static void Refused(Action action, string word)
    {
        CnnVisException error = Assert.Throws<CnnVisException>(action);
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains($"answers with {word}", error.Message); // "outputs of its own"
        Assert.Contains("not with classes", error.Message);
    }

    private Subject Of(string kind, ulong seed = 11)
    {
        var random = new Generator(seed);
        int count = kind switch { "classes" or "softmax" => 4, "logit" or "sigmoid" => 1, _ => 3 };
        bool isMap = kind is "maps" or "softmax maps";
        if (kind is "codes" or "outputs") count = 12;
        Tensor weight = isMap ? randn([count, 3, 1, 1], generator: random) : randn([count, Length], generator: random) * 0.3, bias = randn([count], generator: random) * 0.1;
        Network network = _networks.Read(graph =>
        {
            if (isMap)
            {
                string pixels = graph.Node("Conv", ["x", graph.Weight(weight), graph.Weight(bias)]);
                return kind == "maps" ? pixels : graph.Node("Softmax", [pixels], ("axis", 1L));
            }
            string z = graph.Node("Gemm", [graph.Node("Flatten", ["x"]), graph.Weight(weight), graph.Weight(bias)], ("transB", 1L));
            return kind switch
            {
                "softmax" => graph.Node("Identity", [graph.Node("Softmax", [z], ("axis", 1L))]),
                "labels" or "sigmoid" => graph.Node("Sigmoid", [z]),
                "numbers" => graph.Node("Tanh", [z]),
                "codes" => graph.Node("Relu", [z]),
                "outputs" => graph.Node("Reshape", [z, graph.Integers(0, 3, 4)]),
                _ => z,
            };
        });
        Tensor Plain(Tensor x) => isMap ? nn.functional.conv2d(x, weight, bias) : nn.functional.linear(x.flatten(1), weight, bias);
        Tensor pictures = rand([Pictures, 3, Side, Side], generator: new Generator(5));
        Func<Tensor, Tensor> raw = kind switch
        {
            "softmax" or "softmax maps" => x => Plain(x).softmax(1),
            "labels" or "sigmoid" => x => Plain(x).sigmoid(),
            "numbers" => x => Plain(x).tanh(),
            "codes" => x => Plain(x).relu(),
            "outputs" => x => Plain(x).reshape(-1, 3, 4),
            _ => Plain,
        };
        Func<Tensor, Tensor> logits = kind switch
        {
            "logit" or "sigmoid" => x => cat([Plain(x), -Plain(x)], 1),
            "numbers" => x => Plain(x).tanh(),
            "maps" or "softmax maps" => x => Plain(x).mean([2L, 3]),
            _ => Plain,
        };
        Func<Tensor, Tensor> probabilities = kind switch
        {
            "classes" or "softmax" => x => Plain(x).softmax(1),
            "numbers" => logits,
            "maps" or "softmax maps" => x => Plain(x).softmax(1).mean([2L, 3]),
            _ => x => logits(x).sigmoid(),
        };
        return new Subject(kind, network, pictures, raw, logits, probabilities);
    }

    private ImageStream Stream(Network network, out ImageSource[] sources)
    {
        Tensor pixels = rand([Pictures, 3, Side, Side], generator: new Generator(5));
        sources = [.. Enumerable.Range(0, Pictures).Select(i => ImageSource.Of(CnnPicture.Of($"{i}", pixels[i].ToFloats(), 3, Side, Side)))];
        return new ImageStream(network, Pictures, CancellationToken.None);
    }

    private static float[][] Rows(Tensor values) => [.. values.ToFloats().Chunk((int)values.shape[1])];

    private static bool Near((float A, float B) a, (float A, float B) b) => Math.Abs(a.A - b.A) < 1e-4 && Math.Abs(a.B - b.B) < 1e-4;

    private static void Close(float[] expected, float[] actual, double tolerance = 1e-5, string what = "")
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"{what}: {actual[i]} instead of {expected[i]}");
    }

    /// <summary>A network, and the same by plain arithmetic.</summary>
    private sealed record Subject(string Kind, Network Network, Tensor Pixels, Func<Tensor, Tensor> Raw, Func<Tensor, Tensor> Logits, Func<Tensor, Tensor> Probabilities)
    {
        /// <summary>Classes, labels or numbers.</summary>
        public int Count => Network.Classes.Count;

        /// <summary>The class that a picture [1, 3, H, W] shows: of a segmentation the one with the largest share.</summary>
        public int Verdict(Tensor picture) => (int)(Kind is "maps" or "softmax maps" ? Probabilities(picture) : Logits(picture)).argmax().item<long>();

        /// <summary>Whether it is right about a picture: labels by their own threshold, and one that nobody gave as in the picture before.</summary>
        public bool IsRight(Tensor picture, Tensor before, int label, bool given) => Kind != "labels" ? Verdict(picture) == label
            : Logits(picture)[0, label].item<float>() >= 0 == (given || Logits(before)[0, label].item<float>() >= 0);
    }
}
