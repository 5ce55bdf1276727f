using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Onnx;
using CnnVis.Engine.Targets;
using CnnVis.Engine.Tests.Graphs;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Attribution.Saliency;

/// <summary>Relevance goes through a normalisation alike, fused or spelled out in whatever way.</summary>
public sealed class SpelledNormalizationTests
{
    private const long Channels = 6;

    /// <summary>Convolution, normalisation, ReLU, convolution, pooling, a fully connected layer; no biases.</summary>
    private static Network Of(Func<OnnxGraph, string, string> normalize)
    {
        var random = new Generator(21);
        Tensor Random(params long[] shape) => randn(shape, generator: random) * 0.5;
        var g = new OnnxGraph(1, 3, 9, 7);
        string first = g.Node("Conv", ["x", g.Weight(Random(Channels, 3, 3, 3))]);
        string second = g.Node("Conv", [g.Node("Relu", [normalize(g, first)]), g.Weight(Random(5, Channels, 1, 1))]);
        string pooled = g.Node("Flatten", [g.Node("GlobalAveragePool", [g.Node("Relu", [second])])]);
        g.Output(g.Node("Gemm", [pooled, g.Weight(Random(5, 4))]));
        return Network.Create("normalised", "test", OnnxReader.Convert(ShapeOperatorTests.Model(g, 18)).Graph, new Dictionary<string, string>(), new ImportOptions());
    }

    /// <summary>Over the channels, which come last meanwhile.</summary>
    private static string ChannelsLast(OnnxGraph g, string x, Func<string, string> normalize) =>
        g.Node("Transpose", [normalize(g.Node("Transpose", [x], ("perm", new long[] { 0, 2, 3, 1 })))], ("perm", new long[] { 0, 3, 1, 2 }));

    private static string FusedLayerNorm(OnnxGraph g, string x) => ChannelsLast(g, x, last => g.Node("LayerNormalization", [last, g.Weight(ones(Channels)), g.Weight(zeros(Channels))], ("axis", -1L)));

    private static string Mean(OnnxGraph g, string x, params long[] axes) => g.Node("ReduceMean", [x, g.Integers(axes)], ("keepdims", 1L));

    private static string Spelled(OnnxGraph g, string x, string form, long[] axes)
    {
        string centred = g.Node("Sub", [x, Mean(g, x, axes)]);
        string Epsilon(string value) => g.Node("Add", [value, g.Number(1e-5f)]);
        switch (form)
        {
            case "div": return g.Node("Div", [centred, g.Node("Sqrt", [Epsilon(Mean(g, g.Node("Pow", [centred, g.Number(2)]), axes))])]);
            case "second difference": // the mean is taken off twice, once for the variance
                string again = g.Node("Sub", [x, Mean(g, x, axes)]);
                return g.Node("Div", [centred, g.Node("Sqrt", [Epsilon(Mean(g, g.Node("Mul", [again, again]), axes))])]);
            case "reciprocal": return g.Node("Mul", [g.Node("Reciprocal", [g.Node("Sqrt", [Epsilon(Mean(g, g.Node("Mul", [centred, centred]), axes))])]), centred]);
            case "power": return g.Node("Mul", [centred, g.Node("Pow", [Epsilon(Mean(g, g.Node("Mul", [centred, centred]), axes)), g.Number(-0.5f)])]);
            case "shifted": // x · s + (0 − mean(x) · s), as TensorFlow's graphs have it
                string scale = g.Node("Reciprocal", [g.Node("Sqrt", [Epsilon(Mean(g, g.Node("Mul", [centred, centred]), axes))])]);
                return g.Node("Add", [g.Node("Mul", [x, scale]), g.Node("Sub", [g.Number(0), g.Node("Mul", [Mean(g, x, axes), scale])])]);
            default: // E[x²] − E[x]²
                string mean = Mean(g, x, axes), variance = g.Node("Sub", [Mean(g, g.Node("Mul", [x, x]), axes), g.Node("Mul", [mean, mean])]);
                return g.Node("Div", [centred, g.Node("Sqrt", [Epsilon(variance)])]);
        }
    }

    private static float[] Relevance(Network network, Tensor pixels, RelevanceRuleKind rule)
    {
        SaliencyResult result = Assert.Single(new LayerwiseRelevance(SaliencyOptions.Default with { Rule = rule }).Attribute(new SaliencyRequest(network, pixels, [ClassTarget.Of(network, 2, ClassScore.Logit)])));
        return result.Map.data<float>().ToArray();
    }

    public static TheoryData<string, RelevanceRuleKind> Forms
    {
        get
        {
            var data = new TheoryData<string, RelevanceRuleKind>();
            foreach (string form in new[] { "div", "second difference", "reciprocal", "power", "shifted", "moments" })
                foreach (RelevanceRuleKind rule in Enum.GetValues<RelevanceRuleKind>()) data.Add(form, rule);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void LayerNormalizationSpelledOutIsTheFusedOne(string form, RelevanceRuleKind rule)
    {
        using var scope = NewDisposeScope();
        Tensor pixels = rand([2, 3, 9, 7], generator: new Generator(2));
        float[] fused = Relevance(Of(FusedLayerNorm), pixels, rule);
        float[] spelled = Relevance(Of((g, x) => ChannelsLast(g, x, last => Spelled(g, last, form, [-1]))), pixels, rule);
        Assert.Contains(fused, v => v != 0);
        Assert.All(fused.Zip(spelled), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void InstanceNormalizationSpelledOutIsTheFusedOne(string form, RelevanceRuleKind rule)
    {
        using var scope = NewDisposeScope();
        Tensor pixels = rand([2, 3, 9, 7], generator: new Generator(2));
        float[] fused = Relevance(Of((g, x) => g.Node("InstanceNormalization", [x, g.Weight(ones(Channels)), g.Weight(zeros(Channels))])), pixels, rule);
        float[] spelled = Relevance(Of((g, x) => Spelled(g, x, form, [2, 3])), pixels, rule);
        Assert.All(fused.Zip(spelled), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    /// <summary>Without a fused operator: what goes in at the score comes out at the pixels, and nothing of it is lost in the statistics.</summary>
    [Theory]
    [InlineData("RMS")]
    [InlineData("L2")]
    [InlineData("GRN")]
    public void RelevanceIsWholeBehindOtherNormalizations(string kind)
    {
        using var scope = NewDisposeScope();
        Network network = Of((g, x) => kind switch
        {
            "RMS" => g.Node("Mul", [x, g.Node("Reciprocal", [g.Node("Sqrt", [g.Node("Add", [Mean(g, g.Node("Mul", [x, x]), 1), g.Number(1e-6f)])])])]),
            "L2" => g.Node("Div", [x, g.Node("Expand", [g.Node("Clip", [g.Node("ReduceL2", [x, g.Integers(1)], ("keepdims", 1L)), g.Number(1e-12f)]), g.Node("Shape", [x])])]),
            _ => Grn(g, x),
        });
        Tensor pixels = rand([2, 3, 9, 7], generator: new Generator(2));
        foreach (RelevanceRuleKind rule in Enum.GetValues<RelevanceRuleKind>())
        {
            SaliencyResult result = Assert.Single(new LayerwiseRelevance(SaliencyOptions.Default with { Rule = rule }).Attribute(new SaliencyRequest(network, pixels, [ClassTarget.Of(network, 2, ClassScore.Logit)])));
            Assert.All(result.Map.data<float>().ToArray(), v => Assert.True(float.IsFinite(v)));
            Assert.All(result.ConvergenceDelta!, delta => Assert.InRange(delta, -1e-2, 1e-2));
        }
    }

    /// <summary>ConvNeXt V2 (Woo et al. 2023, section 3.2): x + x · (‖x‖ / mean ‖x‖), norms over the places, the mean over the channels.</summary>
    private static string Grn(OnnxGraph g, string x)
    {
        string norm = g.Node("ReduceL2", [x, g.Integers(2, 3)], ("keepdims", 1L));
        string ratio = g.Node("Div", [norm, g.Node("Add", [Mean(g, norm, 1), g.Number(1e-6f)])]);
        return g.Node("Add", [x, g.Node("Mul", [x, ratio])]);
    }
}
