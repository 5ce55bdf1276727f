using CnnVis.Engine.Adversarial;
using CnnVis.Engine.Models;
using static CnnVis.Engine.Tests.Adversarial.AttackNetworks;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Adversarial;

/// <summary>On linear networks the smallest perturbation is known.</summary>
public sealed class MinimalAttackTests : IDisposable
{
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    /// <summary>The distance to the boundary is the lead over the norm of the difference of weights.</summary>
    [Theory]
    [InlineData("DeepFool", 1e-3)]
    [InlineData("Lbfgs", 0.01)]
    [InlineData("CarliniWagner", 0.02)]
    [InlineData("Fab", 0.01)]
    public void TwoClasses(string method, double tolerance)
    {
        (Network network, Tensor pixels, double least) = TwoClassProblem(AttackNorm.L2);
        AdversarialExample example = Attack(method, network, pixels, new AttackOptions { Norm = AttackNorm.L2 }).Single();
        Assert.True(example.Success);
        Assert.InRange(example.L2, least * (1 - 1e-5), least * (1 + tolerance));
    }

    [Theory]
    [InlineData("DeepFool", AttackNorm.LInf)]
    [InlineData("DeepFool", AttackNorm.L1)]
    [InlineData("Fab", AttackNorm.LInf)]
    [InlineData("Fab", AttackNorm.L1)]
    public void OtherNorms(string method, AttackNorm norm)
    {
        (Network network, Tensor pixels, double least) = TwoClassProblem(norm);
        AdversarialExample example = Attack(method, network, pixels, new AttackOptions { Norm = norm }).Single();
        Assert.True(example.Success);
        Assert.InRange(example.Size(norm), least * (1 - 1e-4), least * (1 + 0.01));
    }

    /// <summary>With several classes it is the nearest boundary, or the target's; several may bind at once, so that the target's plane is a lower bound.</summary>
    [Theory]
    [InlineData("DeepFool", 0.01)]
    [InlineData("Lbfgs", 0.01)]
    [InlineData("CarliniWagner", 0.02)]
    [InlineData("Fab", 0.01)]
    public void SeveralClasses(string method, double tolerance)
    {
        var random = new Random(4);
        float[][] weights = [.. Enumerable.Range(0, 5).Select(_ => Enumerable.Range(0, 40).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray())];
        Network network = Linear(weights, new float[5]);
        Tensor pixels = 0.3 + 0.4 * rand([3, 1, 1, 40], generator: new Generator(2));
        IReadOnlyList<AdversarialExample> examples = Attack(method, network, pixels, new AttackOptions { Norm = AttackNorm.L2 });
        foreach (AdversarialExample example in examples)
        {
            double[] scores = [.. weights.Select(w => w.Zip(example.Original.ToArray(), (a, b) => (double)a * b).Sum())];
            double least = Enumerable.Range(0, 5).Where(k => k != example.Label.Index).Min(k => Distance(k, example.Label.Index));
            Assert.True(example.Success);
            Assert.InRange(example.L2, least * (1 - 1e-4), least * (1 + tolerance));

            double Distance(int k, int own) => (scores[own] - scores[k]) / Math.Sqrt(weights[own].Zip(weights[k], (a, b) => ((double)a - b) * (a - b)).Sum());
        }
        foreach (AdversarialExample example in Attack(method, network, pixels, new AttackOptions { Norm = AttackNorm.L2 }, target: new AttackTarget(AttackTargetKind.LeastLikely)))
        {
            Assert.True(example.Success, $"{method}: {example.Outcome}");
            Assert.Equal(example.Target!.Index, example.After.Index);
        }
    }

    /// <summary>Where pixels end at 0 and 1, the rest has to go further: the smallest perturbation of 3 pixels of which the first can do nothing more.</summary>
    [Theory]
    [InlineData("Lbfgs", 0.01)]
    [InlineData("Fab", 0.01)]
    [InlineData("DeepFool", 0.01)]
    public void Limits(string method, double tolerance)
    {
        Network network = Linear([[0, 0, 0], [4, 3, 4]], [6, 0]); // class 1 takes over where 4a + 3b + 4c exceeds 6
        AdversarialExample example = Attack(method, network, tensor([1f, 0.1f, 0.1f], [1, 1, 1, 3]), new AttackOptions { Norm = AttackNorm.L2 }).Single();
        double least = (6 - 4 - 0.3 - 0.4) / 5; // along (0, 3, 4)
        Assert.True(example.Success);
        Assert.InRange(example.L2, least * (1 - 1e-4), least * (1 + tolerance));
    }

    [Fact]
    public void ASweepJudgesOneSearch()
    {
        (Network network, Tensor pixels, double least) = TwoClassProblem(AttackNorm.L2);
        IReadOnlyList<AdversarialExample> examples = Attack("DeepFool", network, pixels, epsilons: [0, least / 2, least * 1.1]);
        Assert.Equal([AttackOutcome.Failed, AttackOutcome.Failed, AttackOutcome.Succeeded], examples.Select(e => e.Outcome));
        Assert.Equal(examples[0].Original, examples[1].Adversarial);
        Assert.Equal(examples[0].Gradients, examples[2].Gradients);
    }

    /// <summary>Whatever an attack is, it respects limits, fools a weak network, reaches targets, and does the same again.</summary>
    [Theory]
    [MemberData(nameof(AllAttacks))]
    public void EveryAttackFoolsAWeakNetwork(string method)
    {
        Network network = Weak();
        Tensor pixels = Pictures(network, 3);
        var options = new AttackOptions { Queries = 600, SearchSteps = 3, Steps = 20, Pixels = 20 };
        foreach (AttackTarget? target in new[] { null, new AttackTarget(AttackTargetKind.Random) })
        {
            double[] epsilons = options.Norm is null && AttackMethods.Create(method, options).IsMinimal ? [] : [0.3];
            IReadOnlyList<AdversarialExample> examples = Attack(method, network, pixels, options, epsilons, target), again = Attack(method, network, pixels, options, epsilons, target);
            Assert.All(examples.Zip(again), p => Assert.Equal(p.First.Adversarial, p.Second.Adversarial));
            if (target is null || method is not ("OnePixel" or "Fgsm" or "Universal" or "Jsma")) Assert.Contains(examples, e => e.Success);
            foreach (AdversarialExample example in examples)
            {
                Assert.All(example.Adversarial.ToArray(), v => Assert.InRange(v, 0, 1));
                if (example.Success) Assert.Equal(target is null, example.After.Index != example.Target?.Index);
                Assert.InRange(example.Queries, 1, 100_000);
                if (method is "Square" or "BoundaryAttack" or "OnePixel") Assert.Equal(0, example.Gradients);
            }
        }
    }

    [Theory]
    [MemberData(nameof(AllAttacks))]
    public void NothingIsFoundWithoutRoom(string method)
    {
        Network network = Weak();
        var limits = new PixelLimits(new PixelBounds(), new bool[network.Input.Length]);
        AdversarialExample example = Attack(method, network, Pictures(network, 1), new AttackOptions { Queries = 150, SearchSteps = 2, Steps = 4 }, [0.1], limits: limits).Single();
        Assert.Equal(example.Original, example.Adversarial);
        Assert.False(example.Success);
    }

    public static TheoryData<string> AllAttacks => [.. AttackMethods.Names];

    [Fact]
    public void OnePixelChangesOnePixel()
    {
        Network network = Linear([[0, 0, 0, 0], [0, 9, 1, 1]], [6, 0]);
        AdversarialExample example = Attack("OnePixel", network, tensor([0.2f, 0.2f, 0.2f, 0.2f], [1, 1, 1, 4])).Single();
        Assert.True(example.Success);
        Assert.Equal(1, example.ChangedPixels);
        Assert.NotEqual(0f, example.Perturbation[1]);
    }

    [Fact]
    public void JsmaTakesTheStrongestValues()
    {
        Network network = Linear([[0, 0, 0, 0], [0, 9, 1, 8]], [6, 0]);
        AdversarialExample example = Attack("Jsma", network, tensor([0.1f, 0.1f, 0.1f, 0.1f], [1, 1, 1, 4]), new AttackOptions { Steps = 5 }).Single();
        Assert.True(example.Success);
        Assert.Equal(0f, example.Perturbation[0]);
        Assert.Equal(0f, example.Perturbation[2]);
    }

    [Fact]
    public void UniversalIsOnePerturbation()
    {
        Network network = Weak();
        IReadOnlyList<AdversarialExample> examples = Attack("Universal", network, 0.3 + 0.4 * Pictures(network, 6), epsilons: [0.05], batchSize: 4);
        float[] first = examples[0].Perturbation;
        Assert.All(examples, e => Assert.All(e.Perturbation.ToArray().Zip(first), p => Assert.Equal(p.Second, p.First, 1e-5f)));
        Assert.True(examples[0].LInf > 0.005);
    }

    public void Dispose() => _scope.Dispose();

    private static (Network Network, Tensor Pixels, double Least) TwoClassProblem(AttackNorm norm)
    {
        var random = new Random(3);
        float[] weights = [.. Enumerable.Range(0, 30).Select(_ => (float)(random.NextDouble() - 0.5))];
        float[] pixels = [.. Enumerable.Range(0, 30).Select(_ => 0.3f + 0.4f * random.NextSingle())];
        double score = weights.Zip(pixels, (a, b) => (double)a * b).Sum();
        const double Lead = 0.3;
        double size = norm switch { AttackNorm.L2 => Math.Sqrt(weights.Sum(w => (double)w * w)), AttackNorm.LInf => weights.Sum(w => Math.Abs((double)w)), _ => weights.Max(Math.Abs) };
        return (Linear([weights, new float[30]], [(float)(Lead - score), 0]), tensor(pixels, [1, 1, 1, 30]), Lead / size);
    }
}
