using CnnVis.Engine.Accuracy;
using CnnVis.Engine.Accuracy.Labels;
using CnnVis.Engine.Activations;
using CnnVis.Engine.Adversarial;
using CnnVis.Engine.Attributes;
using CnnVis.Engine.Attribution.Metrics;
using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Codes;
using CnnVis.Engine.Correspondence.Measurement;
using CnnVis.Engine.Corruptions;
using CnnVis.Engine.Images;
using CnnVis.Engine.Merging;
using CnnVis.Engine.Models;
using CnnVis.Engine.Retrieval;
using CnnVis.Engine.Scans;
using CnnVis.Engine.Tests.Images;
using CnnVis.Engine.Tests.Retrieval;
using FsCheck;
using FsCheck.Fluent;

namespace CnnVis.Engine.Tests.Scans;

/// <summary>Whatever is looked for: shards merge to the bytes of the single run, however many they are, in whatever order and groups, and wherever runs were stopped.</summary>
public sealed class JobProperties : IDisposable
{
    private const int BatchSize = 4;

    private readonly TempFolder _folder = new();
    private readonly Network _network = RetrievalRun.Network();

    public void Dispose()
    {
        _network.Graph.Dispose();
        _folder.Dispose();
    }

    public static TheoryData<string> Jobs => ["Codes", "Activations", "SaliencyMeasures", "AttackVerdicts", "CorruptionAnswers", "PerturbationFlips", "Answers", "Attributes", "CorrespondenceScores", "MaxActivatingImages"];

    [Theory]
    [MemberData(nameof(Jobs))]
    public void ShardsMergeInAnySplitAndOrder(string job)
    {
        string[] files = [.. Enumerable.Range(0, 11).Select(i => i % 5 == 3 ? _folder.Add($"{i:00}.png", "broken"u8) : _folder.Add($"{i:00}.png", Pictures.Png(Pictures.Noise(16 + i % 3, 16 + 5 * (i % 2), seed: i))))];
        string whole = _folder["whole.json"];
        Run(job, files, Shard.Whole, whole, int.MaxValue);
        byte[] expected = File.ReadAllBytes(whole);
        int runs = 0;
        Prop.ForAll<byte, byte, int>((shards, stopAfter, seed) =>
        {
            int count = 1 + shards % 5;
            string folder = Directory.CreateDirectory(_folder[$"run{runs++}"]).FullName;
            var random = new Random(seed);
            var parts = new List<string>();
            for (int i = 1; i <= count; i++)
            {
                parts.Add(Path.Combine(folder, $"{i}.json"));
                Run(job, files, new Shard(i, count), parts[^1], 1 + stopAfter % 3);
                Run(job, files, new Shard(i, count), parts[^1], int.MaxValue);
            }
            for (int merges = 0; merges == 0 || parts.Count > 1; merges++)
            {
                string[] group = [.. parts.OrderBy(_ => random.Next()).Take(random.Next(Math.Min(2, parts.Count), parts.Count + 1))];
                parts.RemoveAll(group.Contains);
                parts.Add(Path.Combine(folder, $"merged{merges}.json"));
                ScanMerge merged = ScanMerge.Of(group);
                using FileStream stream = File.Create(parts[^1]);
                ScanKinds.Of(merged).Write(merged, stream);
            }
            ScanMerge all = ScanMerge.Of(parts);
            Assert.Equal(job, all.Question.Kind);
            Assert.Empty(all.Missing);
            Assert.NotEmpty(ScanKinds.Of(all).Results(all, null, _ => { }));
            Assert.Equal(expected, File.ReadAllBytes(parts[0]));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(6));
    }

    private void Run(string job, string[] files, Shard shard, string file, int stopAfter)
    {
        var checkpoint = new Checkpoint(file, TimeSpan.Zero);
        Dictionary<string, string> asked = [];
        CnnLayer relu2 = _network.Layer("relu2");
        switch (job)
        {
            case "Codes":
                var codes = new CodeReader(_network, [relu2, _network.Layer("relu3")], _ => null, BatchSize);
                Told(FoundCodes.Kind, new Dictionary<string, string>(), batch => [.. codes.Read(batch).Select(c => FoundCodes.Of(c))]);
                break;
            case "Activations":
                var activations = new ActivationMeasurement(_network, [relu2, _network.Layer("fc4")], BatchSize);
                using (var run = new SumRun<ActivationSums[]>(Question(ActivationMeasurement.Kind, new ActivationContext(null)), shard, checkpoint, () => activations.Sums, activations.Add))
                    Go(run, batch => run.Add(batch, _ => activations.Add(batch), _ => { }));
                break;
            case "SaliencyMeasures":
                var saliency = new SaliencyMeasurement(_network, new MetricQuery { Methods = [SaliencyMethods.Create("IntegratedGradients", SaliencyOptions.Default with { Steps = 5 })], Metrics = [SaliencyMetrics.Create("Deletion", MetricOptions.Default with { CurveSteps = 5 }), SaliencyMetrics.Create("Completeness", MetricOptions.Default)], Class = 1, BatchSize = BatchSize, IsEven = true });
                Told(FoundMeasures.Kind, new MetricContext(true, []), batch => [.. saliency.Measure(batch).Select(FoundMeasures.Of)]);
                break;
            case "AttackVerdicts":
                var attacks = new RobustnessMeasurement([new AttackedNetwork(_network, new AttackQuery { Attacks = [AttackMethods.Create("Pgd", AttackOptions.Default with { Steps = 5 })], Epsilons = [0.01, 0.1], BatchSize = BatchSize, FillsPasses = true }, null)]);
                Told(FoundVerdicts.Kind, new RobustnessContext(true), batch => attacks.Look(batch));
                break;
            case "CorruptionAnswers":
                var corruptions = new CorruptionMeasurement(_network, new CorruptionQuery { Corruptions = CorruptionMethods.Parse(["GaussianNoise", "Contrast"]), Severities = [1, 5] }, null, BatchSize);
                Told(FoundCorruptions.Kind, new CorruptionContext(corruptions.Context, null, false, 32, null), batch => [.. corruptions.Look(batch).Select(c => new FoundCorruptions(c.Found, null, null))]);
                break;
            case "PerturbationFlips":
                var perturbations = new PerturbationMeasurement(_network, Perturbations.Parse(["Brightness"]), 0);
                Told(FoundStability.Kind, perturbations.Context, batch => perturbations.Look(batch));
                break;
            case "Answers":
                var accuracy = new AccuracyScan(_network, new AccuracyQuery { Names = new ClassNames(_network, null), K = 2, Failed = error => throw error }, BatchSize);
                using (var run = new PictureRun<FoundAnswer>(Question(FoundAnswer.Kind, accuracy.Context), shard, checkpoint, (_, _) => { }, _ => { }))
                    Go(run, batch => run.Add(batch, images => accuracy.Look(batch, images, default)));
                break;
            case "Attributes":
                var context = new AttributeContext(HasBoxes: true, FindsDuplicates: true);
                var attributes = new AttributeScan(context);
                using (var run = new PictureRun<FoundAttributes>(Question(FoundAttributes.Kind, context), shard, checkpoint, (_, _) => { }, _ => { }))
                {
                    foreach (ImageSource[] some in files.Select(f => new ImageSource(f) { Label = "1" }).Where(run.List).Chunk(BatchSize))
                    {
                        var looked = attributes.Look(some, _ => [new PixelBox(1, 2, 3, 4)], default);
                        run.Add([.. looked.Select(l => l.Error)], _ => [.. looked.Select(l => l.Found).OfType<FoundAttributes>()]);
                        if (--stopAfter == 0) return;
                    }
                    run.End();
                }
                break;
            case "CorrespondenceScores":
                using (var correspondence = new CorrespondenceMeasurement(_network, [relu2], new MeasureOptions { Warps = [CnnWarp.Parse("flip"), CnnWarp.Parse("thinplate(0.04)")], ByWarp = true, BatchSize = BatchSize }))
                    Told(FoundScores.Kind, correspondence.Context(false), batch => correspondence.Look(batch, _ => { }));
                break;
            default:
                using (var retrieval = new ImageRetrieval(_network, new RetrievalQuery { Layers = [RetrievalRun.All(_network, "relu2")], Top = 3, BatchSize = BatchSize }))
                using (SumRun<FoundUnits> run = retrieval.Begin(shard, checkpoint))
                    Go(run, batch => run.Add(batch, images => retrieval.Look(batch, images, default), _ => { }));
                break;
        }

        ScanQuestion Question<T>(ScanKind kind, T context) => ScanQuestion.Of(kind.Name, _network.Name, NetworkHash.Of(_network), asked, context);

        void Told<T>(PictureKind<T> kind, object context, Func<ImageBatch, IReadOnlyList<T>> look) where T : class
        {
            using var run = new PictureRun<T>(Question(kind, context), shard, checkpoint, (_, _) => { }, _ => { });
            Go(run, batch => run.Add(batch, _ => look(batch)));
        }

        void Go(ScanRun run, Action<ImageBatch> look)
        {
            using var stream = new ImageStream(_network, BatchSize, default);
            foreach (ImageBatch batch in stream.Batches(files.Select(f => new ImageSource(f) { Label = "1" }).Where(run.List)))
            {
                look(batch);
                if (--stopAfter == 0) return;
            }
            run.End();
        }
    }
}
