using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial;

/// <summary>Shows examples that were made for one network to another. Where that takes other pictures, they go there as photos of 8 bits.</summary>
/// <param name="source">What the network takes that was attacked.</param>
/// <param name="network">Who is asked.</param>
internal sealed class Transfer(CnnInput source, AttackedNetwork network)
{
    private readonly Victim _victim = new(network.Network, network.Query.BatchSize, fills: network.Query.FillsPasses);

    /// <summary>What the network says of examples.</summary>
    public RobustnessVerdict[] Judge(IReadOnlyList<AdversarialExample> examples, CancellationToken cancellation)
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        float[][] before = Said(examples, e => e.Original, rounded: false, cancellation), after = Said(examples, e => e.Adversarial, rounded: false, cancellation), rounded = Said(examples, e => e.Adversarial, rounded: true, cancellation);
        return [.. examples.Select((example, i) =>
        {
            int label = network.Labels?.Of(example.Path) ?? Largest(before[i]);
            bool holds = network.Labels is not null || network.Network.Answer != AnswerKind.Labels || before[i][label] >= 0; // a label that it does not say itself stays unsaid where it is right
            return RobustnessVerdict.Of(example, network.Network.Name, Says(before[i], label) == holds, Says(after[i], label) == holds, Says(rounded[i], label) == holds);
        })];
    }

    private bool Says(float[] logits, int label) => network.Network.Answer == AnswerKind.Labels ? logits[label] >= 0 : Largest(logits) == label;

    private static int Largest(float[] logits) => logits.AsSpan().PlaceOfLargest();

    private float[][] Said(IReadOnlyList<AdversarialExample> examples, Func<AdversarialExample, float[]> values, bool rounded, CancellationToken cancellation)
    {
        CnnInput input = network.Network.Input;
        float[] all = new float[examples.Count * input.Length];
        for (int i = 0; i < examples.Count; i++)
        {
            Span<float> place = all.AsSpan(i * input.Length, input.Length);
            if (input == source) values(examples[i]).CopyTo(place);
            else Preprocessor.Prepare(examples[i].Picture(values(examples[i])), input, place);
        }
        Tensor pixels = tensor(all, [examples.Count, input.Channels, input.Height, input.Width]).to(network.Network.TorchDevice);
        using Tensor logits = _victim.Logits(rounded ? Rounding.Nearest(pixels) : pixels, cancellation); // [n, classes]
        return [.. logits.ToFloats().Chunk((int)logits.shape[1])];
    }
}
