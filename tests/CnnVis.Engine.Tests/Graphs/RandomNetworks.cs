using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;
using CnnVis.Engine.Graphs.Operators.Pooling;
using CnnVis.Engine.Graphs.Operators.Shapes;
using FsCheck;
using FsCheck.Fluent;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Graphs;

/// <summary>A small network that FsCheck made up: layers, sizes and weights.</summary>
/// <param name="Seed">Of the weights.</param>
/// <param name="Height">Of the picture.</param>
/// <param name="Width">Of the picture.</param>
/// <param name="Layers">What each does.</param>
public sealed record RandomNetwork(int Seed, int Height, int Width, RandomLayer[] Layers)
{
    /// <summary>The network. Layers for which nothing is left of the picture are left out.</summary>
    /// <param name="linear">Whether rectifiers and maxima are left out, and biases zero.</param>
    /// <param name="biased">Whether there are biases.</param>
    public Graph Build(bool linear = false, bool biased = true)
    {
        var chain = new TestNetworks.Chain(Seed, 1, 3, Height, Width);
        long channels = 3, height = Height, width = Width;
        for (int i = 0; i < Layers.Length; i++)
        {
            RandomLayer layer = Layers[i];
            long kernel = Math.Min(layer.Kernel, Math.Min(height, width)), padding = Math.Min(layer.Padding, (kernel - 1) / 2), stride = layer.Stride;
            string before = chain.Value;
            switch (layer.Kind)
            {
                case RandomLayerKind.Convolution:
                    chain.Conv($"conv{i}", channels, layer.Channels, kernel, stride, padding);
                    if (!biased || linear) chain.Given($"conv{i}.b", zeros(layer.Channels));
                    channels = layer.Channels;
                    (height, width) = (Left(height), Left(width));
                    if (!linear) chain.Relu($"relu{i}");
                    break;
                case RandomLayerKind.Maximum when !linear:
                    chain.MaxPool($"pool{i}", kernel, stride, Math.Min(padding, kernel / 2));
                    (height, width) = (Left(height), Left(width));
                    break;
                case RandomLayerKind.Mean:
                    chain.Add($"mean{i}", new AveragePool(TestNetworks.Chain.Window(kernel, stride, padding)));
                    (height, width) = (Left(height), Left(width));
                    break;
                case RandomLayerKind.Residual:
                    chain.Conv($"a{i}", channels, channels, 3, 1, 1);
                    if (!biased || linear) chain.Given($"a{i}.b", zeros(channels));
                    chain.Add($"add{i}", OperatorCatalog.Create("Add"), before);
                    break;
            }

            long Left(long extent) => (extent + 2 * padding - kernel) / stride + 1;
        }
        chain.Add("flatten", new Flatten(OperatorAttributes.None)).Fc("fc", channels * height * width, 4);
        if (!biased || linear) chain.Given("fc.b", zeros(4));
        return chain.Build();
    }

    /// <inheritdoc/>
    public override string ToString() => $"seed {Seed}, {Height}x{Width}: {string.Join(", ", Layers.AsEnumerable())}";
}

public sealed record RandomLayer(RandomLayerKind Kind, int Channels, int Kernel, int Stride, int Padding);

public enum RandomLayerKind { Convolution, Maximum, Mean, Residual }

/// <summary>How FsCheck makes networks up, and smaller ones of those that fail.</summary>
public static class RandomNetworks
{
    public static Arbitrary<RandomNetwork> Networks()
    {
        Gen<RandomLayer> layers =
            from kind in Gen.Elements(Enum.GetValues<RandomLayerKind>())
            from channels in Gen.Choose(1, 6)
            from kernel in Gen.Choose(1, 5)
            from stride in Gen.Choose(1, 3)
            from padding in Gen.Choose(0, 2)
            select new RandomLayer(kind, channels, kernel, stride, padding);
        Gen<RandomNetwork> networks =
            from seed in Gen.Choose(1, 1000)
            from height in Gen.Choose(5, 24)
            from width in Gen.Choose(5, 24)
            from count in Gen.Choose(1, 5)
            from list in layers.ArrayOf(count)
            select new RandomNetwork(seed, height, width, list);
        return Arb.From(networks, Smaller);
    }

    private static IEnumerable<RandomNetwork> Smaller(RandomNetwork network)
    {
        for (int i = 0; i < network.Layers.Length; i++) yield return network with { Layers = [.. network.Layers[..i], .. network.Layers[(i + 1)..]] };
        if (network.Height > 5) yield return network with { Height = network.Height - 1 };
        if (network.Width > 5) yield return network with { Width = network.Width - 1 };
    }
}
