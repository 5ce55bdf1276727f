using CnnVis.Engine.Images;
using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial;

/// <summary>Shows examples that were made for one network to another. Where that takes other pictures, they go there as photos of 8 bits.</summary>
/// <param name="source">What the network takes that was attacked.</param>
/// <param name="network">Who is asked.</param>
internal sealed class Transfer(CnnInput source, AttackedNetwork network)
{
    private readonly Victim _victim = new(network.Network, network.Query.BatchSize);

    /// <summary>Counts what the network says of examples.</summary>
    public void Judge(IReadOnlyList<AdversarialExample> examples, RobustnessTally tally, CancellationToken cancellation)
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        long[] before = Classes(examples, e => e.Original, rounded: false, cancellation), after = Classes(examples, e => e.Adversarial, rounded: false, cancellation), rounded = Classes(examples, e => e.Adversarial, rounded: true, cancellation);
        for (int i = 0; i < examples.Count; i++)
        {
            long label = network.Labels?.Of(examples[i].Path) ?? before[i];
            tally.Add(examples[i], network.Network.Name, before[i] == label, after[i] == label, rounded[i] == label);
        }
    }

    private long[] Classes(IReadOnlyList<AdversarialExample> examples, Func<AdversarialExample, float[]> values, bool rounded, CancellationToken cancellation)
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
        return _victim.Logits(rounded ? Rounding.Nearest(pixels) : pixels, cancellation).argmax(1).cpu().data<long>().ToArray();
    }
}
