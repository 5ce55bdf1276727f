using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models;
using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial;

/// <summary>The network under attack: logits, and gradients of functions of them with respect to pictures. Parameters get no gradient, and pictures are held channels last, which is faster.</summary>
/// <param name="network">The network.</param>
/// <param name="batchSize">Most pictures a pass.</param>
/// <param name="number">A number that is attacked in the place of the answer; null for the answer.</param>
/// <param name="fills">Fill every pass up to whole fours, among which a picture gets the same numbers to the last bit, however many they are.</param>
public sealed class Victim(Network network, int batchSize, NumberGoal? number = null, bool fills = false)
{
    private const int Fours = 4;

    private readonly string _logits = number?.Value ?? Logit(network);
    private readonly BackwardWalk _walk = new(network.Graph, [number?.Value ?? Logit(network)], [network.Graph.Input]);

    /// <summary>A number that is attacked in the place of the answer.</summary>
    public NumberGoal? Number => number;

    /// <summary>The network.</summary>
    public Network Network => network;

    /// <summary>Most pictures a pass.</summary>
    public int BatchSize => batchSize;

    /// <summary>The logits, or the number that is attacked.</summary>
    /// <param name="x">[n, C, H, W].</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    /// <returns>[n, classes].</returns>
    public Tensor Logits(Tensor x, CancellationToken cancellation = default)
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        Tensor[] parts = [.. x.split(batchSize).Select(p => network.Forward(ChannelsLast(Filled(p)), [_logits], cancellation)[0].flatten(1).narrow(0, 0, p.shape[0]))];
        return (parts.Length == 1 ? parts[0].alias() : cat(parts)).MoveToOuterDisposeScope();
    }

    /// <summary>How probable it finds classes; of a number that is attacked the number itself.</summary>
    /// <param name="x">[n, C, H, W].</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    /// <returns>[n, classes].</returns>
    public Tensor Probabilities(Tensor x, CancellationToken cancellation = default)
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        string value = number?.Value ?? network.Answers.Probabilities;
        return cat([.. x.split(batchSize).Select(p => network.Forward(ChannelsLast(Filled(p)), [value], cancellation)[0].flatten(1).narrow(0, 0, p.shape[0]))]).MoveToOuterDisposeScope();
    }

    /// <summary>Whether so many pictures make a pass as they are, without being filled up.</summary>
    internal bool IsFull(long count) => !fills || count % Fours == 0;

    /// <summary>A forward pass that remembers what gradients need; for at most <see cref="BatchSize"/> pictures, where memory matters, and as they are.</summary>
    internal BackwardPass Remember(Tensor x, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        return _walk.Run(ChannelsLast(x), cancellation);
    }

    /// <summary>Gradients of several functions of the logits.</summary>
    /// <param name="x">[n, C, H, W].</param>
    /// <param name="seeds">Gets the logits, [n, classes], gives the functions' derivatives with respect to them; none, and there is no backward pass.</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    /// <returns>The logits, and a gradient of the pictures' shape for each function.</returns>
    public (Tensor Logits, Tensor[] Gradients) Differentiate(Tensor x, Func<Tensor, IReadOnlyList<Tensor>> seeds, CancellationToken cancellation = default)
    {
        using var scope = NewDisposeScope();
        using BackwardPass pass = Remember(Filled(x), cancellation);
        long count = x.shape[0];
        Tensor head = pass.Head(0), logits = head.detach().flatten(1).narrow(0, 0, count).clone();
        IReadOnlyList<Tensor> wanted;
        using (no_grad()) wanted = seeds(logits);
        Tensor[] gradients = [.. wanted.Select((seed, i) => pass.Backward([Filled(seed).reshape(head.shape)], keep: i < wanted.Count - 1, cancellation)[0].narrow(0, 0, count).MoveToOuterDisposeScope())];
        return (logits.MoveToOuterDisposeScope(), gradients);
    }

    private static string Logit(Network network)
    {
        network.Answers.NeedClasses(network.Name, "an attack");
        return network.Answers.Deciding;
    }

    /// <summary>Rows, and zeros behind them so that there are whole fours.</summary>
    private Tensor Filled(Tensor rows) => IsFull(rows.shape[0]) ? rows : cat([rows, zeros([Fours - rows.shape[0] % Fours, .. rows.shape[1..]], device: rows.device)]);

    private static Tensor ChannelsLast(Tensor x)
    {
        using Tensor rows = x.permute(0, 2, 3, 1), held = rows.contiguous();
        return held.permute(0, 3, 1, 2);
    }
}
