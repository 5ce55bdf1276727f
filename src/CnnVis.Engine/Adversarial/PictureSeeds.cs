using System.IO.Hashing;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial;

/// <summary>Random numbers of a picture: they come from the seed and from the picture's own values, so that a result depends neither on the batch nor on the order of the files.</summary>
internal static class PictureSeeds
{
    /// <summary>A seed for each picture.</summary>
    /// <param name="values">The pictures one after another.</param>
    /// <param name="length">Values of one.</param>
    /// <param name="seed">The user's seed.</param>
    public static ulong[] Of(ReadOnlySpan<float> values, int length, int seed)
    {
        var seeds = new ulong[values.Length / length];
        for (int i = 0; i < seeds.Length; i++) seeds[i] = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(values.Slice(i * length, length)), seed);
        return seeds;
    }

    /// <summary>Another seed for each number.</summary>
    public static ulong Mix(ulong seed, int number)
    {
        ulong z = seed + 0x9E3779B97F4A7C15UL * ((ulong)number + 1); // SplitMix64
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>A tensor of random numbers for each seed, [n, …].</summary>
    public static Tensor Draw(IReadOnlyList<ulong> seeds, int number, Device device, Func<Generator, Tensor> draw)
    {
        using var scope = NewDisposeScope();
        Tensor[] drawn = new Tensor[seeds.Count];
        for (int i = 0; i < drawn.Length; i++)
        {
            using var generator = new Generator(Mix(seeds[i], number));
            drawn[i] = draw(generator);
        }
        return stack(drawn).to(device).MoveToOuterDisposeScope();
    }
}
