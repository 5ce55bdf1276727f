using CnnVis.Engine.Accuracy;
using CnnVis.Engine.Accuracy.Effects;
using CnnVis.Engine.Corruptions;
using CnnVis.Engine.Humans;
using CnnVis.Engine.Statistics;
using CnnVis.Engine.Tests.Humans;
using CnnVis.Engine.Tests.Images;
using Trials = CnnVis.Engine.Tests.Accuracy.Trials;

namespace CnnVis.Engine.Tests.Drawing;

/// <summary>What is drawn of networks' and people's answers, from answers that follow a rule.</summary>
internal static class JudgementSamples
{
    private const string Photo = "chelsea.png";

    /// <summary>Six labels that hold together, some of which are told well.</summary>
    public static MultiLabelAccuracy Labels() => (MultiLabelAccuracy)AccuracySummary.Of(new("net", ["dog", "cat", "lamp", "bicycle", "tree", "cup"], 1, 60, 0, 0, [Trials.Of(0, 0, 0)],
        [.. Enumerable.Range(0, 60).Select(i => new JudgedLabels([.. Enumerable.Range(0, 6).Where(c => (i + c) % (c + 2) == 0)], [.. Enumerable.Range(0, 6).Select(c => (i + c) % (c + 2) == 0 ? 0.4f + i * 13 % 60 / 100f : i * (c + 7) % 60 / 75f)]))]));

    /// <summary>Six classes, of which neighbours are mistaken for each other; the surer, the more often right.</summary>
    public static CnnAccuracy Accuracy() => Trials.Summary([.. Enumerable.Range(0, 120).Select(i => Trials.Of(i, i % 6, i * 7 % 120 < i ? i % 6 : (i + 2) % 6, (i + 0.5) / 120, null, ("Scale", i / 120.0), ("Texture", i * 31 % 120 / 120.0)))], classes: 6);

    public static AttributeEffect Effect() => EffectAnalysis.Analyze(Accuracy(), ["Scale"], new EffectOptions { MatchBy = "Texture" }).Attributes[0];

    public static CorruptionRobustness Corruptions() => CorruptionSummaries.Of(
        [.. CorruptionMethods.Everything.SelectMany((c, k) => Enumerable.Range(1, 5).Select(s => new CorruptionMeasure
        {
            Model = "net",
            Corruption = c.Name,
            Family = c.Family,
            Severity = s,
            Accuracy = BinomialBound.Rate(90 - 3 * s - k % 5 * s, 100),
            CleanAccuracy = BinomialBound.Rate(92, 100),
        }))], AlexNetErrors.Baseline, 224, 85);

    public static CorruptedImage Corrupted()
    {
        PixelImage image = Pictures.Of(48, 32, (x, y) => new Rgb((byte)(5 * x), (byte)(8 * y), (byte)(x * y % 256)));
        return new CorruptedImage { Path = Photo, Corruption = "Pixelate", Severity = 4, Original = image, Image = Corruptor.Apply(image, CorruptionMethods.Parse(["Pixelate"])[0], 4, 0) };
    }

    /// <summary>Three labelers who err in steps of 3, 4 and 5; two of them are people, whose times grow.</summary>
    public static HumanComparison Humans() => LabelerComparison.Compare("animals",
        [.. new[] { ("Ann", LabelerKind.Person, 3), ("Ben", LabelerKind.Person, 4), ("net", LabelerKind.Network, 5) }.SelectMany(l => Enumerable.Range(0, 120).Select(i => LabelerComparisonTests.Answer(l.Item1, l.Item2, i, (i * 7 % 120 < 20 || i % l.Item3 == 0) ? "dog" : "cat", "cat") with
        {
            Path = Path.Combine(Repository.Root, "examples", "photos", Photo),
            Seconds = l.Item2 == LabelerKind.Person ? 1 + (double)i * l.Item3 / 20 : null,
        }))], [], new ComparisonOptions { Samples = 200, Seed = 1, Files = PictureFiles.Instance });

    public static SeparabilityPlot Separability()
    {
        SeparabilityMeasure Measure(SeparabilityBase kind, int layer, double accuracy) => new()
        {
            Model = "net",
            Layer = layer < 0 ? "pixels" : $"conv{layer + 1}",
            Index = layer,
            Base = kind,
            CodeLength = 64,
            ClassCount = 10,
            TrainingCount = 800,
            Count = 200,
            Accuracy = accuracy,
            Lower = accuracy - 0.06,
            Upper = accuracy + 0.06,
            WeightDecay = 1e-3,
        };
        return new() { Measures = [Measure(SeparabilityBase.Pixels, -1, 0.2), .. Enumerable.Range(0, 4).SelectMany(i => new[] { Measure(SeparabilityBase.Trained, i, 0.3 + 0.15 * i), Measure(SeparabilityBase.Random, i, 0.28 - 0.02 * i) })] };
    }

    public static CorrespondencePlot Correspondence()
    {
        CorrespondenceMeasure Measure(CorrespondenceFeatures kind, int layer, double share) => new()
        {
            Model = "net",
            Layer = $"conv{layer + 1}",
            Features = kind,
            Warp = "all",
            Grid = new UnitGrid(8, 8, 3.5, 3.5, 8, 8),
            FieldSize = 11 + 16 * layer,
            Count = 20,
            Points = 640,
            MedianError = 9 * (1 - share),
            MedianErrorLower = 8 * (1 - share),
            MedianErrorUpper = 10 * (1 - share),
            Pck10 = share,
            Pck10Lower = share - 0.05,
            Pck10Upper = share + 0.05,
            Pck05 = 0.8 * share,
            Pck05Lower = 0.8 * share - 0.05,
            Pck05Upper = 0.8 * share + 0.05,
            Pck025 = 0.5 * share,
            Pck025Lower = 0.5 * share - 0.05,
            Pck025Upper = 0.5 * share + 0.05,
        };
        return new() { Measures = [.. Enumerable.Range(0, 4).SelectMany(i => Enum.GetValues<CorrespondenceFeatures>().Select((kind, k) => Measure(kind, i, 0.75 - 0.14 * k - 0.05 * Math.Abs(i - 1))))] };
    }
}
