using CnnVis.Engine.Adversarial;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using static CnnVis.Engine.Tests.Adversarial.AttackNetworks;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Adversarial;

/// <summary>Grey pictures and such of four channels: every attack, masks, rounding, files.</summary>
public sealed class ChannelTests : IDisposable
{
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    public static TheoryData<string, long> Cases
    {
        get
        {
            var cases = new TheoryData<string, long>();
            foreach (string method in AttackMethods.Names)
                foreach (long channels in new[] { 1L, 4L }) cases.Add(method, channels);
            return cases;
        }
    }

    /// <summary>Only the upper half may change; what survives rounding is kept rounded, and nothing leaves [0, 1].</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void EveryAttackTakesPicturesOfAnyChannels(string method, long channels)
    {
        Network network = Weak(channels);
        bool[] mask = [.. Enumerable.Range(0, network.Input.Length).Select(i => i % 256 < 128)];
        var options = new AttackOptions { Quantize = true, Queries = 400, SearchSteps = 4, Steps = 40, Pixels = 40 };
        double[] sizes = AttackMethods.Create(method, options).IsMinimal ? [] : [80 / 255.0];
        IReadOnlyList<AdversarialExample> examples = Attack(method, network, EightBits(network, 4), options, sizes, limits: new PixelLimits(new PixelBounds(), mask));
        Assert.Contains(examples, e => e.SuccessAfterRounding);
        foreach (AdversarialExample example in examples)
        {
            Assert.All(example.Adversarial.ToArray(), v => Assert.InRange(v, 0f, 1f));
            for (int i = 0; i < mask.Length; i++)
                if (!mask[i]) Assert.Equal(example.Original[i], example.Adversarial[i]);
            if (example.SuccessAfterRounding) Assert.All(example.Adversarial.ToArray(), v => Assert.Equal(Math.Round(v * 255.0), v * 255.0, 1e-4));
        }
    }

    /// <summary>What the network says of a file is what it said of the picture of 8 bits.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void FilesAreSeenAsTheyAre(long channels)
    {
        Network network = Weak(channels);
        string folder = Directory.CreateTempSubdirectory("cnnvis-").FullName;
        try
        {
            foreach (AdversarialExample example in Attack("Pgd", network, EightBits(network, 4), new AttackOptions { Quantize = true }, [16 / 255.0]))
            {
                string file = Path.Combine(folder, example.Path);
                File.WriteAllBytes(file, ImageCodec.Encode(AdversarialFile.Picture(example, network), ImageFormat.Png, 100));
                ClassProbability said = AdversarialFile.Classify(file, network);
                Assert.Equal(example.AfterRounding.Index, said.Index);
                Assert.Equal(example.AfterRounding.Probability, said.Probability, 1e-5);
            }
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Fact]
    public void NoFileHoldsFourChannels()
    {
        Network network = Weak(4);
        AdversarialExample example = Attack("Fgsm", network, EightBits(network, 1)).Single();
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<CnnVisException>(() => AdversarialFile.Picture(example, network)).ErrorId);
    }

    public void Dispose() => _scope.Dispose();

    private static Tensor EightBits(Network network, int count) => (Pictures(network, count) * 255).round() / 255;
}
