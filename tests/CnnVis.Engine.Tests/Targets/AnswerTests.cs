using CnnVis.Engine.Adversarial;
using CnnVis.Engine.Attribution.Occlusion;
using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Onnx;
using CnnVis.Engine.Synthesis.Fooling;
using CnnVis.Engine.Targets;
using CnnVis.Engine.Tests.Graphs;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Targets;

/// <summary>What a network's answer is taken for, and that everything that asks for it gets the same.</summary>
public sealed class AnswerTests : IDisposable
{
    /// <summary>Ends that say the same probabilities; "half" alone has no logits of its own.</summary>
    private static readonly Dictionary<string, Func<OnnxGraph, string, string>> _classes = new()
    {
        ["bare"] = (_, z) => z,
        ["softmax"] = (g, z) => g.Node("Softmax", [z], ("axis", 1L)),
        ["identity"] = (g, z) => g.Node("Identity", [g.Node("Softmax", [z], ("axis", -1L))]),
        ["reshape flatten"] = (g, z) => g.Node("Flatten", [g.Node("Reshape", [g.Node("Softmax", [z], ("axis", 1L)), g.Integers(-1, 5, 1, 1)])]),
        ["clip"] = (g, z) => g.Node("Clip", [g.Node("Softmax", [z], ("axis", 1L)), g.Number(1e-7f), g.Number(1 - 1e-7f)]),
        ["times one"] = (g, z) => g.Node("Mul", [g.Node("Softmax", [z], ("axis", 1L)), g.Number(1)]),
        ["cast"] = (g, z) => g.Node("Cast", [g.Node("Softmax", [z], ("axis", 1L))], ("to", 1L)),
        ["two halves"] = (g, z) => g.Node("Mul", [g.Node("Add", [g.Node("Softmax", [z], ("axis", 1L)), g.Node("Softmax", [g.Node("Identity", [z])], ("axis", 1L))]), g.Number(0.5f)]),
        ["mean"] = (g, z) => g.Node("Mean", [g.Node("Softmax", [z], ("axis", 1L)), g.Node("Softmax", [z], ("axis", 1L))]),
        ["spelled"] = (g, z) => Spelled(g, z),
        ["spelled, shifted"] = (g, z) => Spelled(g, g.Node("Sub", [z, g.Node("ReduceMax", [z], ("axes", new[] { 1L }))])),
        ["at least a little"] = (g, z) => g.Node("Max", [g.Node("Softmax", [z], ("axis", 1L)), g.Number(1e-7f)]),
        ["plus a little"] = (g, z) => g.Node("Add", [g.Node("Softmax", [z], ("axis", 1L)), g.Number(1e-8f)]),
        ["percent"] = (g, z) => g.Node("Mul", [g.Node("Softmax", [z], ("axis", 1L)), g.Number(100)]),
        ["pieces"] = (g, z) => g.Node("Concat", g.Nodes("Split", [g.Node("Softmax", [z], ("axis", 1L)), g.Integers(2, 3)], 2, ("axis", 1L)), ("axis", 1L)),
        ["by its first norm"] = (g, z) => g.Node("LpNormalization", [g.Node("Exp", [z])], ("axis", 1L), ("p", 1L)),
        ["log"] = (g, z) => g.Node("LogSoftmax", [z], ("axis", 1L)),
        ["log of softmax"] = (g, z) => g.Node("Log", [g.Node("Softmax", [z], ("axis", 1L))]),
        ["log spelled"] = (g, z) => g.Node("Sub", [z, g.Node("ReduceLogSumExp", [z], ("axes", new[] { 1L }))]),
        ["[N, 1, K]"] = (g, z) => g.Node("Unsqueeze", [z, g.Integers(1)]),
        ["[N, K, 1, 1]"] = (g, z) => g.Node("Reshape", [z, g.Integers(-1, 5, 1, 1)]),
        ["softmax [N, 1, K]"] = (g, z) => g.Node("Softmax", [g.Node("Unsqueeze", [z, g.Integers(1)])], ("axis", 2L)),
        ["softmax [N, K, 1, 1]"] = (g, z) => g.Node("Softmax", [g.Node("Reshape", [z, g.Integers(-1, 5, 1, 1)])], ("axis", 1L)),
    };

    private readonly AnswerNetworks _networks = new();

    public static TheoryData<string> ClassEnds => [.. _classes.Keys];

    public void Dispose() => _networks.Dispose();

    [Theory, MemberData(nameof(ClassEnds))]
    public void ClassesAreFoundBehindAnyEnd(string end)
    {
        string below = "";
        Network network = _networks.Linear(5, (g, z) => _classes[end](g, below = z));
        Assert.Equal(AnswerKind.Classes, network.Answer);
        Assert.Equal(5, network.Classes.Count);
        using var scope = NewDisposeScope();
        Tensor pictures = AnswerNetworks.Pictures();
        Tensor z = network.Forward(pictures, [below])[0], p = z.softmax(1); // [2, 5]
        float[] logits = AnswerNetworks.Numbers(network, network.Answers.Logits, pictures), probabilities = AnswerNetworks.Numbers(network, network.Answers.Probabilities, pictures);
        float[] wanted = end == "two halves" ? p.log().data<float>().ToArray() : z.data<float>().ToArray();
        Assert.All(logits.Zip(wanted), pair => Assert.Equal(pair.Second, pair.First, 1e-4f));
        Assert.All(probabilities.Zip(p.data<float>().ToArray()), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));

        int top = (int)p[0].argmax().item<long>();
        SaliencyResult map = Gradient(network, pictures.narrow(0, 0, 1), null);
        Assert.Equal(wanted[top], map.Target.Scores[0], 1e-4f);
        Assert.True(map.Map.abs().max().item<float>() > 1e-3f);
        Assert.Equal(p[0, top].item<float>(), Occluded(network, pictures.narrow(0, 0, 1), top).Score, 1e-5f);
        AdversarialExample example = Attacked(network, pictures.narrow(0, 0, 1), "Pgd", 0.5);
        Assert.Equal(top, example.Before.Index);
        Assert.Equal(p[0, top].item<float>(), example.Before.Probability, 1e-5);
        Assert.NotEqual(top, example.After.Index);
        Assert.True(example.Success && example.SaysLabelBefore && !example.SaysLabelAfter);
    }

    /// <summary>Classes that are put in another order, or left out, behind the Softmax: their logits are, too.</summary>
    [Fact]
    public void ClassesArePickedBehindTheSoftmax()
    {
        using var scope = NewDisposeScope();
        int[] order = [3, 1, 4, 0, 2], kept = [1, 2, 3, 4];
        string below = "";
        foreach (var (name, end, places) in new (string, Func<OnnxGraph, string, string>, int[])[]
        {
            ("ordered", (g, p) => g.Node("Gather", [p, g.Integers(3, 1, 4, 0, 2)], ("axis", 1L)), order),
            ("no background", (g, p) => g.Node("Slice", [p, g.Integers(1), g.Integers(5), g.Integers(1)]), kept),
            ("no background, cut, laid out", (g, p) => g.Node("Clip", [g.Node("Flatten", [g.Node("Slice", [g.Node("Reshape", [p, g.Integers(-1, 5, 1, 1)]), g.Integers(1), g.Integers(5), g.Integers(1)])]), g.Number(1e-7f), g.Number(1)]), kept),
        })
        {
            Network network = _networks.Linear(5, (g, z) => end(g, g.Node("Softmax", [below = z], ("axis", 1L))));
            Assert.True(network.Answer == AnswerKind.Classes, name);
            Tensor pictures = AnswerNetworks.Pictures(), z = network.Forward(pictures, [below])[0], picked = tensor(places.Select(p => (long)p).ToArray());
            Assert.Equal(z.index_select(1, picked).data<float>().ToArray(), AnswerNetworks.Numbers(network, network.Answers.Logits, pictures));
            Assert.All(z.softmax(1).index_select(1, picked).contiguous().data<float>().ToArray().Zip(AnswerNetworks.Numbers(network, network.Answers.Probabilities, pictures)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
    }

    /// <summary>Sigmoids of several heads are labels; p and 1 − p two classes; one probability of a Softmax yes or no.</summary>
    [Fact]
    public void HeadsArePutTogether()
    {
        using var scope = NewDisposeScope();
        string below = "";
        Tensor pictures = AnswerNetworks.Pictures();
        Network labels = _networks.Linear(3, (g, z) => g.Node("Concat", [.. g.Nodes("Split", [below = z], 3, ("axis", 1L)).Select(p => g.Node("Sigmoid", [p]))], ("axis", 1L)));
        Assert.Equal(AnswerKind.Labels, labels.Answer);
        Tensor own = labels.Forward(pictures, [below])[0];
        Assert.Equal(own.data<float>().ToArray(), AnswerNetworks.Numbers(labels, labels.Answers.Logits, pictures));

        Network two = _networks.Linear(1, (g, z) =>
        {
            string p = g.Node("Sigmoid", [below = z]);
            return g.Node("Concat", [g.Node("Sub", [g.Number(1), p]), p], ("axis", 1L));
        });
        Assert.Equal(AnswerKind.Classes, two.Answer);
        Tensor one = two.Forward(pictures, [below])[0];
        float[] said = AnswerNetworks.Numbers(two, two.Answers.Logits, pictures);
        for (int i = 0; i < 2; i++) Assert.Equal(one[i, 0].item<float>(), said[2 * i + 1] - said[2 * i], 1e-3f); // log-odds

        Network second = _networks.Linear(2, (g, z) => g.Node("Slice", [g.Node("Softmax", [below = z], ("axis", 1L)), g.Integers(1), g.Integers(2), g.Integers(1)]));
        Assert.Equal(AnswerKind.Binary, second.Answer);
        Tensor both = second.Forward(pictures, [below])[0];
        float[] odds = AnswerNetworks.Numbers(second, second.Answers.Logits, pictures);
        for (int i = 0; i < 2; i++) Assert.Equal((both[i, 1] - both[i, 0]).item<float>(), odds[2 * i], 1e-3f);

        Network mean = _networks.Linear(3, (g, z) => g.Node("ReduceMean", [g.Node("Concat", [g.Node("Unsqueeze", [g.Node("Softmax", [below = z], ("axis", 1L)), g.Integers(2)]), g.Node("Unsqueeze", [g.Node("Softmax", [g.Node("Mul", [z, g.Number(2)])], ("axis", 1L)), g.Integers(2)])], ("axis", 2L))], ("axes", new[] { 2L }), ("keepdims", 0L)));
        Assert.Equal(AnswerKind.Classes, mean.Answer);
        Tensor single = mean.Forward(pictures, [below])[0];
        Assert.All(((single.softmax(1) + (2 * single).softmax(1)) / 2).data<float>().ToArray().Zip(AnswerNetworks.Numbers(mean, mean.Answers.Probabilities, pictures)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    /// <summary>Sigmoids, however they are spelled: the same labels, log-odds and probabilities. "clipped" are piecewise linear, with thresholds at the same place.</summary>
    [Theory]
    [InlineData("tanh of half, plus one, halved", 1)]
    [InlineData("half of tanh of half, plus half", 1)]
    [InlineData("halved by division", 1)]
    [InlineData("tanh", 2)]
    [InlineData("less tanh", -2)]
    [InlineData("one less", -1)]
    [InlineData("exp over one plus exp", 1)]
    [InlineData("to the power of minus one", 1)]
    [InlineData("exp of a product", -3)]
    [InlineData("clipped", 0)]
    [InlineData("clipped at six", 0)]
    [InlineData("a ReLU clipped at six", 0)]
    public void SigmoidsAreFoundHoweverSpelled(string spelling, int factor)
    {
        using var scope = NewDisposeScope();
        Tensor pictures = AnswerNetworks.Pictures();
        foreach (int count in new[] { 1, 4 })
        {
            string below = "";
            Network network = _networks.Linear(count, (g, z) =>
            {
                below = z;
                string Half(string x) => g.Node("Mul", [x, g.Number(0.5f)]);
                string Exp(string x) => g.Node("Exp", [x]);
                string PlusOne(string x) => g.Node("Add", [g.Number(1), x]);
                return spelling switch
                {
                    "tanh of half, plus one, halved" => Half(PlusOne(g.Node("Tanh", [Half(z)]))),
                    "half of tanh of half, plus half" => g.Node("Add", [Half(g.Node("Tanh", [Half(z)])), g.Number(0.5f)]),
                    "halved by division" => g.Node("Div", [PlusOne(g.Node("Tanh", [g.Node("Div", [z, g.Number(2)])])), g.Number(2)]),
                    "tanh" => Half(PlusOne(g.Node("Tanh", [z]))),
                    "less tanh" => Half(g.Node("Sub", [g.Number(1), g.Node("Tanh", [z])])),
                    "one less" => g.Node("Sub", [g.Number(1), g.Node("Sigmoid", [z])]),
                    "exp over one plus exp" => Exp(z) is var e ? g.Node("Div", [e, PlusOne(e)]) : "",
                    "to the power of minus one" => g.Node("Pow", [PlusOne(Exp(g.Node("Neg", [z]))), g.Number(-1)]),
                    "exp of a product" => g.Node("Reciprocal", [PlusOne(Exp(g.Node("Mul", [z, g.Number(3)])))]),
                    "clipped" => g.Node("Clip", [g.Node("Add", [g.Node("Mul", [z, g.Number(0.2f)]), g.Number(0.5f)]), g.Number(0), g.Number(1)]),
                    "clipped at six" => g.Node("Div", [g.Node("Clip", [g.Node("Add", [z, g.Number(3)]), g.Number(0), g.Number(6)]), g.Number(6)]),
                    _ => g.Node("Div", [g.Node("Clip", [g.Node("Relu", [g.Node("Add", [z, g.Number(3)])]), g.Number(0), g.Number(6)]), g.Number(6)]),
                };
            });
            Assert.Equal(count == 1 ? AnswerKind.Binary : AnswerKind.Labels, network.Answer);
            Tensor z = network.Forward(pictures, [below])[0], logits = factor == 0 ? z : z * factor; // [2, count]
            Tensor p = spelling switch { "clipped" => (0.2 * z + 0.5).clamp(0, 1), "clipped at six" or "a ReLU clipped at six" => ((z + 3) / 6).clamp(0, 1), _ => logits.sigmoid() };
            if (count == 1) (logits, p) = (cat([logits, -logits], 1), cat([p, 1 - p], 1));
            Same(logits, AnswerNetworks.Numbers(network, network.Answers.Logits, pictures), 1e-4f);
            Same(p, AnswerNetworks.Numbers(network, network.Answers.Probabilities, pictures), 1e-5f);
        }
    }

    /// <summary>Softmaxes side by side are no distribution: each of their classes is a label, with log-odds; numbers of several heads are numbers.</summary>
    [Theory]
    [InlineData("two softmaxes")]
    [InlineData("one over rows")]
    [InlineData("a softmax and sigmoids")]
    public void HeadsSideBySideDoNotCompete(string end)
    {
        using var scope = NewDisposeScope();
        string below = "";
        Tensor pictures = AnswerNetworks.Pictures();
        Network network = _networks.Linear(6, (g, z) =>
        {
            below = z;
            if (end == "one over rows") return g.Node("Reshape", [g.Node("Softmax", [g.Node("Reshape", [z, g.Integers(-1, 2, 3)])], ("axis", 2L)), g.Integers(-1, 6)]);
            string[] parts = g.Nodes("Split", [z, g.Integers(3, 3)], 2, ("axis", 1L));
            return g.Node("Concat", [g.Node("Softmax", [parts[0]], ("axis", 1L)), end == "two softmaxes" ? g.Node("Softmax", [parts[1]], ("axis", 1L)) : g.Node("Sigmoid", [parts[1]])], ("axis", 1L));
        });
        Assert.Equal(AnswerKind.Labels, network.Answer);
        Assert.Contains("heads", network.AnswerReason);
        Tensor z = network.Forward(pictures, [below])[0], second = z.narrow(1, 3, 3), p = cat([z.narrow(1, 0, 3).softmax(1), end == "a softmax and sigmoids" ? second.sigmoid() : second.softmax(1)], 1);
        Same(p, AnswerNetworks.Numbers(network, network.Answers.Probabilities, pictures), 1e-5f);
        Same(p.log() - (1 - p).log(), AnswerNetworks.Numbers(network, network.Answers.Logits, pictures), 1e-2f);
        AdversarialExample example = Attacked(network, pictures.narrow(0, 0, 1), "Pgd", 0.5);
        Assert.Equal(p[0].argmax().item<long>(), example.Before.Index);
        Assert.Equal(p[0].max().item<float>(), example.Before.Probability, 1e-5);
    }

    /// <summary>What no classifier ends in is what it is, and logits of several heads are no classes of one; what a user names by labels is what they say.</summary>
    [Fact]
    public void NumbersOfHeadsAndCurvesAreNumbers()
    {
        foreach (Func<OnnxGraph, string, string> end in new Func<OnnxGraph, string, string>[]
        {
            (g, z) => g.Node("Softplus", [z]),
            (g, z) => g.Node("Exp", [z]),
            (g, z) => g.Node("Concat", [g.Node("Gemm", [z, g.Weight(ones([4, 2]))]), g.Node("Gemm", [z, g.Weight(ones([4, 3]))])], ("axis", 1L)),
            (g, z) => g.Node("Concat", [g.Node("Softmax", [z], ("axis", 1L)), g.Node("Tanh", [z])], ("axis", 1L)),
            (g, z) => g.Node("Softmax", [g.Node("Unsqueeze", [z, g.Integers(2)])], ("axis", 2L)), // over one number each: all ones
        })
        {
            using var scope = NewDisposeScope();
            string answer = "";
            Network network = _networks.Linear(4, (g, z) => answer = end(g, z));
            Assert.Equal(AnswerKind.Numbers, network.Answer);
            Assert.Equal(AnswerNetworks.Numbers(network, answer, AnswerNetworks.Pictures()), AnswerNetworks.Numbers(network, network.Answers.Probabilities, AnswerNetworks.Pictures()));
        }
        Assert.Equal(AnswerKind.Codes, _networks.Spatial((g, m) => g.Node("Flatten", [g.Node("Concat", [g.Node("GlobalAveragePool", [m]), g.Node("GlobalMaxPool", [m])], ("axis", 1L))])).Answer);
        Assert.Equal(AnswerKind.Classes, _networks.Linear(4, (g, z) => g.Node("Concat", g.Nodes("Split", [g.Node("Relu", [z]), g.Integers(2, 2)], 2, ("axis", 1L)), ("axis", 1L)), new ImportOptions { Classes = ["a", "b", "c", "d"] }).Answer);
    }

    /// <summary>What is not negative over its sum, and probabilities that a matrix gives away whole, are probabilities; the number of the best class beside them is not the answer.</summary>
    [Theory]
    [InlineData("exp over its sum and a little")]
    [InlineData("a power of two")]
    [InlineData("evidence")]
    [InlineData("weighted again")]
    [InlineData("two and two put together")]
    [InlineData("pooled by pairs")]
    [InlineData("behind the best")]
    [InlineData("the mean with itself turned round")]
    [InlineData("the sum of two")]
    [InlineData("logits of three put together")]
    public void ProbabilitiesOfAnyMaking(string end)
    {
        using var scope = NewDisposeScope();
        Tensor pictures = AnswerNetworks.Pictures(), weights = tensor(new float[] { 1, 2, 0.5f, 3 }, [1, 4]), pairs = tensor(new float[] { 1, 0, 0, 1, 1, 0, 0, 1 }, [4, 2]);
        string below = "";
        Network network = _networks.Linear(4, (g, z) =>
        {
            below = z;
            string Over(string e, float more = 0) => g.Node("Div", [e, more == 0 ? g.Node("ReduceSum", [e, g.Integers(1)]) : g.Node("Add", [g.Node("ReduceSum", [e, g.Integers(1)]), g.Number(more)])]);
            string p = end is "weighted again" or "two and two put together" or "behind the best" ? g.Node("Softmax", [z], ("axis", 1L)) : "";
            if (end == "behind the best")
            {
                ValueInfoProto best = OnnxWriter.Value(g.Node("ArgMax", [p], ("axis", 1L)), [-1, 1]);
                best.Type.TensorType.ElemType = 7;
                g.Proto.Output.Add([best, OnnxWriter.Value(p, [-1, 4])]);
            }
            return end switch
            {
                "exp over its sum and a little" => Over(g.Node("Exp", [z]), 1e-9f),
                "a power of two" => Over(g.Node("Pow", [g.Number(2), z])),
                "evidence" => Over(g.Node("Add", [g.Node("Softplus", [z]), g.Number(1)])),
                "weighted again" => Over(g.Node("Mul", [p, g.Weight(weights)])),
                "two and two put together" => g.Node("MatMul", [p, g.Weight(pairs)]),
                "the mean with itself turned round" => g.Node("Mul", [g.Node("Add", [g.Node("Softmax", [z], ("axis", 1L)), Turned(g, g.Node("Softmax", [z], ("axis", 1L)))]), g.Number(0.5f)]),
                "the sum of two" => g.Node("Add", [g.Node("Softmax", [z], ("axis", 1L)), g.Node("Softmax", [g.Node("Mul", [z, g.Number(2)])], ("axis", 1L))]),
                "logits of three put together" => g.Node("ReduceMean", [g.Node("Concat", [g.Node("Unsqueeze", [z, g.Integers(0)]), g.Node("Unsqueeze", [g.Node("Mul", [z, g.Number(0.5f)]), g.Integers(0)]), g.Node("Unsqueeze", [z, g.Integers(0)])], ("axis", 0L))], ("axes", new[] { 0L }), ("keepdims", 0L)),
                "pooled by pairs" => g.Node("ReduceMax", [g.Node("Reshape", [z, g.Integers(-1, 2, 2)])], ("axes", new[] { 2L }), ("keepdims", 0L)),
                _ => p,
            };
        });
        Assert.Equal(AnswerKind.Classes, network.Answer);
        Tensor z = network.Forward(pictures, [below])[0];
        Tensor evidence = nn.functional.softplus(z) + 1, weighted = z.softmax(1) * weights;
        Tensor p = end switch
        {
            "a power of two" => (z * Math.Log(2)).softmax(1),
            "evidence" => evidence / evidence.sum(1, keepdim: true),
            "weighted again" => weighted / weighted.sum(1, keepdim: true),
            "two and two put together" => z.softmax(1).matmul(pairs),
            "pooled by pairs" => z.reshape(-1, 2, 2).amax([2L]).softmax(1),
            "the mean with itself turned round" => (z.softmax(1) + z.softmax(1).flip(1)) / 2,
            "the sum of two" => (z.softmax(1) + (2 * z).softmax(1)) / 2,
            "logits of three put together" => (z * (2.5 / 3)).softmax(1),
            _ => z.softmax(1),
        };
        Same(p, AnswerNetworks.Numbers(network, network.Answers.Probabilities, pictures), 1e-5f);
        if (end is not ("exp over its sum and a little" or "behind the best" or "pooled by pairs" or "logits of three put together")) Same(p.log(), AnswerNetworks.Numbers(network, network.Answers.Logits, pictures), 1e-4f);
    }

    private static string Turned(OnnxGraph graph, string value) => graph.Node("Slice", [value, graph.Integers(-1), graph.Integers(long.MinValue), graph.Integers(1), graph.Integers(-1)]);

    /// <summary>One place picked out of a Softmax by its number, and a mean weighted by probabilities.</summary>
    [Fact]
    public void OneNumberOfASoftmax()
    {
        using var scope = NewDisposeScope();
        Tensor pictures = AnswerNetworks.Pictures();
        string below = "";
        Network picked = _networks.Linear(2, (g, z) => g.Node("Gather", [g.Node("Softmax", [below = z], ("axis", 1L)), g.Integer(1)], ("axis", 1L)));
        Assert.Equal(AnswerKind.Binary, picked.Answer);
        Tensor p = picked.Forward(pictures, [below])[0].softmax(1);
        Same(cat([p.narrow(1, 1, 1), p.narrow(1, 0, 1)], 1), AnswerNetworks.Numbers(picked, picked.Answers.Probabilities, pictures), 1e-5f);
        Network head = _networks.Linear(6, (g, z) => g.Node("Gather", [g.Node("Softmax", [g.Node("Reshape", [below = z, g.Integers(-1, 2, 3)])], ("axis", 2L)), g.Integer(1)], ("axis", 1L)));
        Assert.Equal(AnswerKind.Classes, head.Answer);
        Tensor second = head.Forward(pictures, [below])[0].narrow(1, 3, 3);
        Same(second, AnswerNetworks.Numbers(head, head.Answers.Logits, pictures), 1e-5f);
        Same(second.softmax(1), AnswerNetworks.Numbers(head, head.Answers.Probabilities, pictures), 1e-5f);
        Network mean = _networks.Linear(5, (g, z) => g.Node("MatMul", [g.Node("Softmax", [below = z], ("axis", 1L)), g.Weight(arange(0f, 5, 1).reshape(5, 1))]));
        Assert.Equal(AnswerKind.Numbers, mean.Answer);
        Same((mean.Forward(pictures, [below])[0].softmax(1) * arange(0f, 5, 1)).sum(1), AnswerNetworks.Numbers(mean, mean.Answers.Probabilities, pictures), 1e-5f);
    }

    /// <summary>Probabilities of places that are enlarged, or averaged, stay probabilities; of turned maps, logits are turned too.</summary>
    [Fact]
    public void ProbabilitiesOfPlacesAreEnlargedAveragedAndTurned()
    {
        using var scope = NewDisposeScope();
        Tensor pictures = AnswerNetworks.Pictures(), weight = randn([3, 4, 1, 1], generator: new Generator(9));
        string below = "";
        string Logits(OnnxGraph g, string m) => below = g.Node("Conv", [m, g.Weight(weight)]);

        Network enlarged = _networks.Spatial((g, m) => g.Node("Resize", [g.Node("Softmax", [Logits(g, m)], ("axis", 1L)), "", "", g.Integers(1, 3, 12, 12)], ("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor")));
        Assert.Equal(AnswerKind.Maps, enlarged.Answer);
        Tensor z = enlarged.Forward(pictures, [below])[0]; // [2, 3, 6, 6]
        Same(z.softmax(1).mean([2L, 3]), AnswerNetworks.Numbers(enlarged, enlarged.Answers.Probabilities, pictures), 1e-5f);

        foreach (bool pooled in new[] { true, false })
        {
            Network averaged = _networks.Spatial((g, m) => g.Node("Softmax", [Logits(g, m)], ("axis", 1L)) is var p && pooled ? g.Node("Flatten", [g.Node("GlobalAveragePool", [p])]) : g.Node("ReduceMean", [p], ("axes", new[] { 2L, 3 }), ("keepdims", 0L)));
            Assert.Equal(AnswerKind.Classes, averaged.Answer);
            z = averaged.Forward(pictures, [below])[0];
            Same(z.softmax(1).mean([2L, 3]), AnswerNetworks.Numbers(averaged, averaged.Answers.Probabilities, pictures), 1e-5f);
            Same(z.softmax(1).mean([2L, 3]).log(), AnswerNetworks.Numbers(averaged, averaged.Answers.Logits, pictures), 1e-4f);
        }

        foreach (string type in new[] { "Sigmoid", "Softmax", "LogSoftmax" })
        {
            Network turned = _networks.Spatial((g, m) => g.Node("Transpose", [type == "Sigmoid" ? g.Node(type, [Logits(g, m)]) : g.Node(type, [Logits(g, m)], ("axis", 1L))], ("perm", new long[] { 0, 2, 3, 1 })));
            Assert.Equal((AnswerKind.Maps, 3), (turned.Answer, turned.Classes.Count));
            z = turned.Forward(pictures, [below])[0];
            Tensor p = type == "Sigmoid" ? z.sigmoid() : z.softmax(1);
            Same(p.mean([2L, 3]), AnswerNetworks.Numbers(turned, turned.Answers.Probabilities, pictures), 1e-5f);
            Same(z.mean([2L, 3]), AnswerNetworks.Numbers(turned, turned.Answers.Logits, pictures), 1e-4f);
            Same(z.permute(0, 2, 3, 1), AnswerNetworks.Numbers(turned, turned.Answers.PixelLogits!, pictures), 1e-5f);
        }

        // With an auxiliary head beside it, of the same shape; of another one they are a detector's.
        foreach (bool same in new[] { true, false })
        {
            Network two = _networks.Spatial((g, m) =>
            {
                string first = Logits(g, m), second = g.Node("Conv", [same ? m : g.Node("MaxPool", [m], ("kernel_shape", new[] { 2L, 2 }), ("strides", new[] { 2L, 2 })), g.Weight(weight)]);
                g.Output(first, second);
                return first;
            });
            Assert.Equal(same ? AnswerKind.Maps : AnswerKind.Outputs, two.Answer);
            if (same) Same(two.Forward(pictures, [below])[0].softmax(1).mean([2L, 3]), AnswerNetworks.Numbers(two, two.Answers.Probabilities, pictures), 1e-5f);
        }

        // Over everything at once, and of numbers: no classes of places.
        Assert.Equal(AnswerKind.Outputs, _networks.Spatial((g, m) => g.Node("Reshape", [g.Node("Softmax", [g.Node("Flatten", [Logits(g, m)])], ("axis", 1L)), g.Integers(-1, 3, 6, 6)])).Answer);
        Assert.Equal(AnswerKind.Outputs, _networks.Spatial((g, m) => g.Node("Tanh", [Logits(g, m)])).Answer);
    }

    private static void Same(Tensor expected, float[] actual, float tolerance)
    {
        float[] numbers = expected.contiguous().data<float>().ToArray();
        Assert.Equal(numbers.Length, actual.Length);
        Assert.All(numbers.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }

    /// <summary>What has no gradient anywhere, and numbers of another range, are not taken for logits.</summary>
    [Fact]
    public void ThresholdsAndScaledSigmoidsAreNoLogits()
    {
        foreach (Func<OnnxGraph, string, string> end in new Func<OnnxGraph, string, string>[]
        {
            (g, z) => g.Node("Where", [g.Node("Greater", [z, g.Number(0.5f)]), g.Number(1), g.Number(0)]),
            (g, z) => g.Node("Cast", [g.Node("Greater", [z, g.Number(0.5f)])], ("to", 1L)),
            (g, z) => g.Node("Hardmax", [z], ("axis", 1L)),
            (g, z) => g.Node("Cast", [g.Node("ArgMax", [z], ("axis", 1L))], ("to", 1L)),
        })
            Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<CnnVisException>(() => _networks.Linear(4, end)).ErrorId);
        Assert.Equal(AnswerKind.Numbers, _networks.Linear(4, (g, z) => g.Node("Mul", [g.Node("Sigmoid", [z]), g.Number(30)])).Answer);
    }

    [Theory]
    [InlineData("log")]
    [InlineData("identity")]
    [InlineData("softmax [N, 1, K]")]
    public void RelevanceStartsFromTheLogit(string end)
    {
        using var scope = NewDisposeScope();
        Tensor pictures = AnswerNetworks.Pictures();
        Network bare = new AnswerNetworks().Linear(5, _classes["bare"]), other = new AnswerNetworks().Linear(5, _classes[end]); // the same weights
        SaliencyResult[] maps = [.. new[] { bare, other }.Select(n => new LayerwiseRelevance(SaliencyOptions.Default).Attribute(new SaliencyRequest(n, pictures, [ClassTarget.Of(n, 2, ClassScore.Logit)]))[0])];
        Assert.True(maps[0].Map.allclose(maps[1].Map, 1e-4, 1e-5));
    }

    [Theory]
    [InlineData("bare")]
    [InlineData("sigmoid")]
    [InlineData("squeezed")]
    [InlineData("spelled")]
    [InlineData("[N, 1, 1, 1]")]
    public void OneLogitIsYesOrNo(string end)
    {
        string below = "";
        Network network = _networks.Linear(1, (g, z) => (below = z) is var _ ? end switch
        {
            "sigmoid" => g.Node("Sigmoid", [z]),
            "squeezed" => g.Node("Squeeze", [g.Node("Sigmoid", [z]), g.Integers(1)]),
            "spelled" => g.Node("Div", [g.Number(1), g.Node("Add", [g.Node("Exp", [g.Node("Neg", [z])]), g.Number(1)])]),
            "[N, 1, 1, 1]" => g.Node("Reshape", [g.Node("Sigmoid", [z]), g.Integers(-1, 1, 1, 1)]),
            _ => z,
        } : "");
        Assert.Equal(AnswerKind.Binary, network.Answer);
        Assert.Equal(["class 0", "not class 0"], network.Classes);
        using var scope = NewDisposeScope();
        Tensor pictures = AnswerNetworks.Pictures();
        float[] z = AnswerNetworks.Numbers(network, below, pictures), p = [.. z.Select(v => 1 / (1 + MathF.Exp(-v)))];
        Assert.All(AnswerNetworks.Numbers(network, network.Answers.Logits, pictures).Zip(z.SelectMany(v => new[] { v, -v })), pair => Assert.Equal(pair.Second, pair.First, 1e-4f));
        Assert.All(AnswerNetworks.Numbers(network, network.Answers.Probabilities, pictures).Zip(p.SelectMany(v => new[] { v, 1 - v })), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));

        Tensor picture = pictures.narrow(0, 0, 1);
        int said = z[0] > 0 ? 0 : 1;
        Assert.Equal(MathF.Abs(z[0]), Gradient(network, picture, null).Target.Scores[0], 1e-4f);
        Assert.Equal(MathF.Max(p[0], 1 - p[0]), Occluded(network, picture, said).Score, 1e-5f);
        AdversarialExample example = Attacked(network, picture, "Pgd", 0.9);
        Assert.Equal((said, 1 - said), (example.Before.Index, example.After.Index));
        Assert.Equal(MathF.Max(p[0], 1 - p[0]), example.Before.Probability, 1e-5);
        Assert.True(example.After.Probability > 0.5);
        CnnFoolingImage fooled = new FoolingSynthesis(network, new FoolingOptions { Method = FoolingMethod.Gradient, Confidence = 0.6, Steps = 60 }).Make([1 - said], [0], null, default)[0];
        Assert.InRange(fooled.Confidence, 0, 1);
    }

    [Fact]
    public void LabelsHaveThresholdsOfTheirOwn()
    {
        string below = "";
        Network network = _networks.Linear(5, (g, z) => g.Node("Sigmoid", [below = z]));
        Assert.Equal(AnswerKind.Labels, network.Answer);
        using var scope = NewDisposeScope();
        Tensor picture = AnswerNetworks.Pictures().narrow(0, 0, 1);
        float[] z = AnswerNetworks.Numbers(network, below, picture), p = [.. z.Select(v => 1 / (1 + MathF.Exp(-v)))];
        int top = Array.IndexOf(z, z.Max());
        foreach (string attack in new[] { "Fgsm", "Pgd", "DeepFool", "CarliniWagner", "AutoAttack" })
        {
            AdversarialExample example = Attacked(network, picture, attack, attack is "DeepFool" or "CarliniWagner" ? null : 0.9);
            Assert.Equal(top, example.Before.Index);
            Assert.Equal(p[top], example.Before.Probability, 1e-5);
            Assert.Equal(example.Success, z[top] > 0 == example.LabelProbabilityAfter < 0.5);
            if (attack is not "Fgsm") Assert.True(example.Success, attack);
        }
        // A label that the network does not say: wrong from the start; and to be reached as a target.
        int low = Array.IndexOf(z, z.Min());
        Assert.True(z[low] < 0);
        Assert.Equal(AttackOutcome.AlreadyMisclassified, Attacked(network, picture, "Pgd", 0.9, labels: [low]).Outcome);
        AdversarialExample reached = Attacked(network, picture, "Pgd", 0.9, target: new AttackTarget(AttackTargetKind.Class, low));
        Assert.Equal(reached.Success, reached.Target!.Probability >= 0.5);
    }

    [Fact]
    public void ASegmentationIsTheMeanOverItsPlaces()
    {
        string below = "";
        Network network = _networks.Spatial((g, m) => below = g.Node("Conv", [m, g.Weight(randn([3, 4, 1, 1], generator: new Generator(9)))]));
        Network turned = _networks.Spatial((g, m) => g.Node("Softmax", [g.Node("Transpose", [g.Node("Conv", [m, g.Weight(randn([3, 4, 1, 1], generator: new Generator(9)))]),], ("perm", new long[] { 0, 2, 3, 1 }))], ("axis", 3L)));
        Assert.Equal((AnswerKind.Maps, AnswerKind.Maps), (network.Answer, turned.Answer));
        Assert.Equal((3, 3), (network.Classes.Count, turned.Classes.Count));
        using var scope = NewDisposeScope();
        Tensor pictures = AnswerNetworks.Pictures(), z = network.Forward(pictures, [below])[0]; // [2, 3, 6, 6]
        float[] p = z.softmax(1).mean([2, 3]).data<float>().ToArray();
        Assert.All(AnswerNetworks.Numbers(network, network.Answers.Probabilities, pictures).Zip(p), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
        Assert.All(AnswerNetworks.Numbers(network, network.Answers.Logits, pictures).Zip(z.mean([2, 3]).data<float>().ToArray()), pair => Assert.Equal(pair.Second, pair.First, 1e-4f));
        AdversarialExample example = Attacked(network, pictures.narrow(0, 0, 1), "Pgd", 0.5);
        Assert.Equal(Array.IndexOf(p, p.Take(3).Max()), example.Before.Index);
        Assert.Equal(p.Take(3).Max(), example.Before.Probability, 1e-5);
        Assert.Equal(example.Success, example.After.Index != example.Before.Index);
    }

    [Fact]
    public void FeaturesAreCodesAndNumbersNumbers()
    {
        Assert.Equal(AnswerKind.Codes, _networks.Spatial((g, m) => g.Node("Flatten", [g.Node("GlobalAveragePool", [m])])).Answer);
        Assert.Equal(AnswerKind.Codes, _networks.Linear(6, (g, z) => g.Node("Relu", [z])).Answer);
        Assert.Equal(AnswerKind.Codes, _networks.Linear(6, (g, z) => g.Node("Div", [z, g.Node("ReduceL2", [z], ("axes", new[] { 1L }))])).Answer);
        Assert.Equal(AnswerKind.Codes, _networks.Spatial((_, m) => m).Answer);
        Assert.Equal(AnswerKind.Classes, _networks.Linear(6, (g, z) => g.Node("Relu", [z]), new ImportOptions { Classes = ["a", "b", "c", "d", "e", "f"] }).Answer);
        Assert.Equal(AnswerKind.Classes, _networks.Spatial((g, m) => g.Node("GlobalAveragePool", [g.Node("Conv", [m, g.Weight(randn([7, 4, 1, 1]))])])).Answer);
        Assert.Equal(AnswerKind.Numbers, _networks.Linear(1, (g, z) => g.Node("Mul", [z, g.Number(30)])).Answer);
        Assert.Equal(AnswerKind.Numbers, _networks.Linear(3, (g, z) => g.Node("Tanh", [z])).Answer);
        Network asked = _networks.Linear(3, (_, z) => z, new ImportOptions { Answer = AnswerKind.Numbers });
        Assert.Equal(["number 0", "number 1", "number 2"], asked.Classes);
        Network code = _networks.Spatial((g, m) => g.Node("Flatten", [g.Node("GlobalAveragePool", [m])]));
        Assert.Equal("Flatten", Engine.Codes.CodeLayer.Of(code).Operator);
        Assert.Contains("codes", Assert.Throws<CnnVisException>(() => new Engine.Predictions.Predictor(code, 5)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatCannotBeUsedIsRefusedByItsShape()
    {
        Assert.Contains("[1, 4, 6, 6]", Refused((g, m) => g.Node("Greater", [m, g.Number(0.1f)])), StringComparison.Ordinal);
        Assert.Contains("whole numbers", Refused((g, m) => g.Node("Cast", [m], ("to", 7L))), StringComparison.Ordinal);
        Assert.Contains("number of a class", Refused((g, m) => g.Node("ArgMax", [m], ("axis", 1L))), StringComparison.Ordinal);
        Network detector = _networks.Spatial((g, m) => g.Node("Reshape", [m, g.Integers(-1, 4, 36)]));
        Assert.Equal(AnswerKind.Outputs, detector.Answer);
        Assert.Contains("[4, 36]", Assert.Throws<CnnVisException>(() => new Engine.Predictions.Predictor(detector, 5)).Message, StringComparison.Ordinal);

        string Refused(Func<OnnxGraph, string, string> end) => Assert.Throws<CnnVisException>(() => _networks.Spatial(end)).Message;
    }

    [Fact]
    public void WhatIsWrittenIsTheNetworkAsItWas()
    {
        Network network = _networks.Linear(1, (g, z) => g.Node("Sigmoid", [z]), new ImportOptions { Classes = ["cat"] });
        using var stream = new MemoryStream();
        network.Save(stream, ModelFormat.Onnx, halfPrecision: false);
        using var folder = new TempFolder();
        Network again = Network.Load(folder.Add("again.onnx", stream.ToArray()));
        Assert.Equal((AnswerKind.Binary, "not cat"), (again.Answer, again.Classes[1]));
        Assert.Equal(network.Layers.Select(l => l.Name), again.Layers.Select(l => l.Name));
    }

    private static string Spelled(OnnxGraph graph, string z)
    {
        string powers = graph.Node("Exp", [z]);
        return graph.Node("Div", [powers, graph.Node("ReduceSum", [powers, graph.Integers(1)])]);
    }

    internal static SaliencyResult Gradient(Network network, Tensor picture, int? index) =>
        new Gradient(SaliencyOptions.Default).Attribute(new SaliencyRequest(network, picture, [ClassTarget.Of(network, index, ClassScore.Logit)]))[0];

    internal static OcclusionMap Occluded(Network network, Tensor picture, int index)
    {
        using var occluder = new Occluder(network, new OcclusionOptions { WindowSize = [2], Stride = [2], Classes = [index] });
        return occluder.Occlude(new ImageSource("picture"), picture, new PixelImage(1, 1, new byte[3]), null, default)[0];
    }

    internal static AdversarialExample Attacked(Network network, Tensor picture, string attack, double? epsilon, int[]? labels = null, AttackTarget? target = null, NumberGoal? number = null)
    {
        var query = new AttackQuery { Attacks = [AttackMethods.Create(attack, AttackOptions.Default)], Epsilons = epsilon is { } e ? [e] : [], Target = target, Number = number };
        return new AdversarialAnalysis(network, query).Analyze([new ImageSource("picture")], picture, labels, default)[0][0];
    }
}
