using CnnVis.Engine.Adversarial;
using CnnVis.Engine.Models;
using CnnVis.Engine.Targets;
using CnnVis.Engine.Tensors;
using static CnnVis.Engine.Tests.Adversarial.AttackNetworks;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Adversarial;

/// <summary>Steps along gradients that are known, and what all attacks keep.</summary>
public sealed class SteepestAscentTests : IDisposable
{
    private static readonly string[] _methods = ["Fgsm", "Bim", "Pgd", "MomentumIterative"];
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    /// <summary>Class 0 leads by 3x₁ − 4x₂ + 1, so that the loss rises along (−3, 4).</summary>
    private readonly Network _two = Linear([[3, -4], [0, 0]], [1, 0]);

    [Theory]
    [InlineData(AttackNorm.LInf, -0.1, 0.1)]
    [InlineData(AttackNorm.L2, -0.06, 0.08)]
    [InlineData(AttackNorm.L1, 0, 0.1)]
    public void FgsmGoesTheWholeSizeAlongTheSteepestStep(AttackNorm norm, double first, double second)
    {
        AdversarialExample example = Attack("Fgsm", _two, Row(0.5f, 0.5f), new AttackOptions { Norm = norm }, [0.1]).Single();
        Assert.Equal(first, example.Perturbation[0], 1e-6);
        Assert.Equal(second, example.Perturbation[1], 1e-6);
        Assert.Equal(0.1, example.Size(norm), 1e-6);
        Assert.Equal((2L, 1L), (example.Queries, example.Gradients));
    }

    /// <summary>The second pixel can rise by 0.02 only; the rest of the length goes to the first.</summary>
    [Fact]
    public void AnL1StepGoesOnWhereALimitIsReached()
    {
        AdversarialExample example = Attack("Fgsm", _two, Row(0.5f, 0.98f), new AttackOptions { Norm = AttackNorm.L1 }, [0.1], labels: [1], target: new AttackTarget(AttackTargetKind.Class, 0)).Single();
        Assert.Equal(0f, example.Perturbation[0]); // towards class 0 the second goes down, as far as it likes
        Assert.Equal(-0.1f, example.Perturbation[1], 1e-6f);
        example = Attack("Fgsm", Linear([[3, -4], [0, 0]], [5, 0]), Row(0.5f, 0.98f), new AttackOptions { Norm = AttackNorm.L1 }, [0.1]).Single();
        Assert.Equal(-0.08f, example.Perturbation[0], 1e-6f);
        Assert.Equal(0.02f, example.Perturbation[1], 1e-6f);
    }

    [Fact]
    public void TheGradientIsThatOfTheLoss()
    {
        Network network = Weak();
        Tensor pixels = Pictures(network, 1);
        using var pictures = new AttackedPictures(new Victim(network, 4), pixels, remember: true);
        float[] gradient = pictures.Gradient(CancellationToken.None).ToFloats();
        Tensor goals = tensor(pictures.Labels);
        int strongest = Array.IndexOf(gradient, gradient.MaxBy(Math.Abs)), another = gradient.Length / 2;
        double Slope(int at)
        {
            float[] values = [.. pictures.Values];
            values[at] += 1e-2f;
            double up = Loss(values);
            values[at] -= 2e-2f;
            return (up - Loss(values)) / 2e-2;
        }
        double Loss(float[] values) => LogitSeeds.CrossEntropyOf(pictures.Victim.Logits(tensor(values, pixels.shape)), goals).item<float>();
        // Known up to a positive factor.
        Assert.True(Slope(strongest) * gradient[strongest] > 0);
        Assert.Equal(gradient[another] / gradient[strongest], Slope(another) / Slope(strongest), 0.05);
    }

    [Fact]
    public void ASureNetworkHidesNoGradient()
    {
        AdversarialExample example = Attack("Fgsm", Linear([[300, -400], [0, 0]], [10, 0]), Row(0.9f, 0.1f), epsilons: [0.5]).Single();
        Assert.Equal(-0.5f, example.Perturbation[0], 1e-6f);
        Assert.True(example.Success);
    }

    [Fact]
    public void EverythingStaysWithinTheLimits()
    {
        Network network = Weak();
        Tensor pixels = Pictures(network, 3);
        foreach (string method in _methods)
        {
            foreach (AttackNorm norm in new[] { AttackNorm.LInf, AttackNorm.L2, AttackNorm.L1 })
            {
                foreach (double epsilon in new[] { 0, 0.01, 0.4 })
                {
                    foreach (AdversarialExample example in Attack(method, network, pixels, new AttackOptions { Norm = norm, Steps = 4, AllSteps = true }, [epsilon]))
                    {
                        Assert.All(example.Adversarial.ToArray(), v => Assert.InRange(v, 0, 1));
                        Assert.True(example.Size(norm) <= epsilon * (1 + 1e-6), $"{method} {norm} {epsilon}: {example.Size(norm)}");
                        if (epsilon == 0) Assert.Equal(example.Original, example.Adversarial);
                    }
                }
            }
        }
    }

    [Fact]
    public void BoundsAndMaskHold()
    {
        Network network = Weak();
        Tensor pixels = Pictures(network, 2);
        bool[] mask = [.. Enumerable.Range(0, network.Input.Length).Select(i => i % 7 == 0)];
        foreach (AdversarialExample example in Attack("Pgd", network, pixels, new AttackOptions { AllSteps = true }, [0.2], limits: new PixelLimits(new PixelBounds(0.25, 0.75), mask)))
        {
            Assert.All(Enumerable.Range(0, mask.Length), i =>
            {
                if (!mask[i]) Assert.Equal(example.Original[i], example.Adversarial[i]);
                Assert.InRange(example.Adversarial[i], Math.Min(0.25f, example.Original[i]), Math.Max(0.75f, example.Original[i]));
            });
            Assert.NotEqual(example.Original, example.Adversarial);
        }
    }

    [Fact]
    public void TheSameSeedGivesTheSameAndTheBatchDoesNotMatter()
    {
        Network network = Weak();
        Tensor pixels = Pictures(network, 5);
        var options = new AttackOptions { Seed = 7, Restarts = 2, Steps = 3 };
        IReadOnlyList<AdversarialExample> first = Attack("Pgd", network, pixels, options, [0.01]), again = Attack("Pgd", network, pixels, options, [0.01]);
        Assert.All(first.Zip(again), p => Assert.Equal(p.First.Adversarial, p.Second.Adversarial));
        AdversarialExample alone = Attack("Pgd", network, pixels.narrow(0, 3, 1), options, [0.01]).Single();
        Assert.InRange(alone.Adversarial.ToArray().Zip(first[3].Adversarial.ToArray(), (a, b) => Math.Abs(a - b)).Count(d => d > 1e-6), 0, alone.Adversarial.Length / 50);
        Assert.Equal(first[3].Outcome, alone.Outcome);
        Assert.NotEqual(first[3].Adversarial, Attack("Pgd", network, pixels, options with { Seed = 8 }, [0.01])[3].Adversarial);
        IReadOnlyList<AdversarialExample> chunks = Attack("Pgd", network, pixels, options, [0.01], batchSize: 2);
        Assert.All(first.Zip(chunks), p => Assert.Equal(p.First.Outcome, p.Second.Outcome));
    }

    [Fact]
    public void WhatIsWrongBeforeIsLeft()
    {
        AdversarialExample example = Attack("Bim", _two, Row(0.5f, 0.5f), epsilons: [0.3], labels: [1]).Single();
        Assert.Equal(AttackOutcome.AlreadyMisclassified, example.Outcome);
        Assert.True(example.AlreadyMisclassified);
        Assert.False(example.Success);
        Assert.Equal(example.Original, example.Adversarial);
        example = Attack("Bim", _two, Row(0.5f, 0.5f), epsilons: [0.3], target: new AttackTarget(AttackTargetKind.Class, 0)).Single();
        Assert.Equal(AttackOutcome.AlreadyTarget, example.Outcome);
    }

    [Fact]
    public void TargetsAreReached()
    {
        Network network = Weak();
        Tensor pixels = Pictures(network, 4);
        foreach (AttackTargetKind kind in new[] { AttackTargetKind.Random, AttackTargetKind.LeastLikely })
        {
            foreach (AdversarialExample example in Attack("Bim", network, pixels, epsilons: [0.5], target: new AttackTarget(kind)))
            {
                Assert.NotEqual(example.Label.Index, example.Target!.Index);
                if (example.Success) Assert.Equal(example.Target.Index, example.After.Index);
            }
        }
    }

    [Fact]
    public void WithQuantizeItSurvivesRounding()
    {
        AdversarialExample example = Attack("Bim", _two, Row(100 / 255f, 101 / 255f), new AttackOptions { Quantize = true }, [60 / 255.0]).Single();
        Assert.True(example.Success);
        Assert.True(example.SuccessAfterRounding);
        Assert.All(example.Adversarial.ToArray(), v => Assert.Equal(Math.Round(v * 255), v * 255, 1e-3));
        Assert.True(example.LInf <= 60 / 255.0 + 1e-6);
    }

    [Theory]
    [InlineData("Fgsmm")]
    [InlineData("")]
    public void UnknownAttacksAreErrors(string name) =>
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<CnnVisException>(() => AttackMethods.Create(name, AttackOptions.Default)).ErrorId);

    [Theory]
    [InlineData("8/255", 8.0 / 255)]
    [InlineData("0.03", 0.03)]
    [InlineData(" 1e-2 ", 0.01)]
    [InlineData("0", 0)]
    public void SizesAreNumbersOrFractions(string text, double value) => Assert.Equal(value, AttackSize.Parse(text, "-Epsilon"));

    [Theory]
    [InlineData("-0.1")]
    [InlineData("8/0")]
    [InlineData("NaN")]
    [InlineData("1/2/3")]
    [InlineData("x")]
    [InlineData("-1/255")]
    public void WrongSizesAreErrors(string text) => Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<CnnVisException>(() => AttackSize.Parse(text, "-Epsilon")).ErrorId);

    [Fact]
    public void LimitsHoldInExactArithmetic()
    {
        var random = new Random(5);
        float[] values = [.. Enumerable.Range(0, 2000).Select(_ => random.NextSingle())], low = new float[2000], high = new float[2000];
        new PixelBounds().Write(values, null, 8.0 / 255, low, high);
        for (int i = 0; i < values.Length; i++)
        {
            Assert.InRange((double)high[i] - values[i], 0, 8.0 / 255);
            Assert.InRange((double)values[i] - low[i], 0, 8.0 / 255);
        }
    }

    public void Dispose() => _scope.Dispose();

    private static Tensor Row(params float[] pixels) => tensor(pixels, [1, 1, 1, pixels.Length]);
}
