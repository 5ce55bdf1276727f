using CnnVis.Engine.Adversarial;
using CnnVis.Engine.Models;
using static CnnVis.Engine.Tests.Adversarial.AttackNetworks;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Adversarial;

/// <summary>Several sizes at once.</summary>
public sealed class SweepTests : IDisposable
{
    private static readonly double[] _sizes = [0.1, 0, 0.002, 0.02, 0.005, 0.02]; // as users may give them
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    public static TheoryData<string> Nesting => [.. AttackMethods.Names.Where(n => AttackMethods.Create(n, AttackOptions.Default).Nests)];

    /// <summary>A picture's example is that of a run of the smallest size that fools the network; sizes below that, too, are as if they were alone.</summary>
    [Theory]
    [MemberData(nameof(Nesting))]
    public void WhatIsFoundForASizeStandsForLargerOnes(string method)
    {
        Network network = Weak();
        var options = new AttackOptions { Steps = 6, Queries = 60 };
        int found = 0, kept = 0;
        for (int p = 0; p < 4; p++)
        {
            Tensor picture = Pictures(network, 4).narrow(0, p, 1);
            IReadOnlyList<AdversarialExample> sweep = Attack(method, network, picture, options, _sizes);
            Assert.Equal(_sizes, sweep.Select(e => e.Epsilon!.Value));
            AdversarialExample? first = null;
            foreach (AdversarialExample example in sweep.OrderBy(e => e.Epsilon))
            {
                AdversarialExample expected = first ?? Attack(method, network, picture, options, [example.Epsilon!.Value]).Single();
                Assert.Equal(expected.Adversarial, example.Adversarial);
                Assert.Equal((expected.Outcome, expected.Queries, expected.Gradients, expected.After.Index), (example.Outcome, example.Queries, example.Gradients, example.After.Index));
                if (first is not null) kept++;
                if (expected.Success) first = expected;
            }
            if (first is not null) found++;
        }
        Assert.True(found > 0 && kept > 0);
    }

    [Theory]
    [InlineData("Fgsm", false)]
    [InlineData("Universal", false)]
    [InlineData("Bim", true)]
    public void OtherSizesAreAsIfTheyWereAlone(string method, bool all)
    {
        Network network = Weak();
        Tensor pixels = Pictures(network, 4);
        var options = new AttackOptions { Steps = 4, AllSteps = all };
        IReadOnlyList<AdversarialExample> sweep = Attack(method, network, pixels, options, _sizes);
        for (int s = 0; s < _sizes.Length; s++)
        {
            IReadOnlyList<AdversarialExample> alone = Attack(method, network, pixels, options, [_sizes[s]]);
            for (int p = 0; p < 4; p++)
            {
                Assert.Equal(alone[p].Adversarial, sweep[p * _sizes.Length + s].Adversarial);
                Assert.Equal((alone[p].Outcome, alone[p].Queries), (sweep[p * _sizes.Length + s].Outcome, sweep[p * _sizes.Length + s].Queries));
            }
        }
    }

    [Fact]
    public void ASizeOfNothingCostsNothing()
    {
        Network network = Weak();
        foreach (string method in AttackMethods.Names.Where(n => !AttackMethods.Create(n, AttackOptions.Default).IsMinimal))
        {
            AdversarialExample example = Attack(method, network, Pictures(network, 1), epsilons: [0]).Single();
            Assert.Equal(example.Original, example.Adversarial);
            Assert.Equal((AttackOutcome.Failed, 1L, 0L), (example.Outcome, example.Queries, example.Gradients));
        }
    }

    [Fact]
    public void RoundedExamplesAreKeptWhereTheySurvive()
    {
        Network network = Weak();
        IReadOnlyList<AdversarialExample> sweep = Attack("Bim", network, Pictures(network, 4), new AttackOptions { Quantize = true }, [2 / 255.0, 16 / 255.0, 64 / 255.0]);
        Assert.Contains(sweep, e => e.SuccessAfterRounding);
        Assert.All(sweep.Chunk(3), sizes =>
        {
            for (int s = 1; s < 3; s++)
                if (sizes[s - 1].SuccessAfterRounding) Assert.Equal(sizes[s - 1].Adversarial, sizes[s].Adversarial);
        });
    }

    [Theory]
    [InlineData("DeepFool", AttackNorm.L2, 8 / 255.0, true)]
    [InlineData("DeepFool", AttackNorm.LInf, 8 / 255.0, false)]
    [InlineData("CarliniWagner", AttackNorm.L2, 1, false)]
    [InlineData("CarliniWagner", AttackNorm.L2, 0, false)]
    [InlineData("Fgsm", AttackNorm.L1, 8 / 255.0, true)]
    [InlineData("OnePixel", AttackNorm.L0, 8 / 255.0, true)]
    [InlineData("OnePixel", AttackNorm.L0, 1, false)]
    public void SizesThatLookLikeLInfOnesAreWarnedOf(string method, AttackNorm norm, double size, bool warns)
    {
        string? warning = AttackSize.Warning(AttackMethods.Create(method, AttackOptions.Default), norm, [0, size], 12288);
        Assert.Equal(warns, warning is not null);
        if (warns) Assert.Contains($"{method} measures by {norm}", warning);
    }

    [Fact]
    public void WithoutASizeThereIsNoWarning() => Assert.Null(AttackSize.Warning(AttackMethods.Create("DeepFool", AttackOptions.Default), AttackNorm.L2, [], 12288));

    public void Dispose() => _scope.Dispose();
}
