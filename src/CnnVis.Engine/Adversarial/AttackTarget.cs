using CnnVis.Engine.Models;
using CnnVis.Engine.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial;

/// <summary>Which class the network is to see.</summary>
/// <param name="Kind">How it is chosen.</param>
/// <param name="Index">The class; counts for <see cref="AttackTargetKind.Class"/>.</param>
public sealed record AttackTarget(AttackTargetKind Kind, int Index = -1)
{
    /// <summary>Whether a text means a class, and not another number of the network: it is one's name or index, a word for one, or no target by its form.</summary>
    public static bool IsClass(string text, Network network) =>
        Enum.TryParse(text, ignoreCase: true, out AttackTargetKind _) || network.Classes.Contains(text, StringComparer.OrdinalIgnoreCase)
        || text.IndexOfAny(['[', '(', '*']) < 0 && !network.Outputs.Any(o => o.Name == text);

    /// <summary>A class by name or index, <c>Random</c> or <c>LeastLikely</c>.</summary>
    /// <exception cref="CnnVisException">The network has no such class.</exception>
    public static AttackTarget Parse(string text, Network network)
    {
        foreach (AttackTargetKind kind in new[] { AttackTargetKind.Random, AttackTargetKind.LeastLikely })
            if (text.Equals(kind.ToString(), StringComparison.OrdinalIgnoreCase) && !network.Classes.Contains(text, StringComparer.OrdinalIgnoreCase)) return new AttackTarget(kind);
        return new AttackTarget(AttackTargetKind.Class, network.Class(text));
    }

    /// <summary>For each picture the class.</summary>
    /// <param name="logits">[N, classes], of the pictures as they are.</param>
    /// <param name="labels">What they show; never a random target, nor the least likely one where there is another.</param>
    /// <param name="seeds">The pictures' seeds.</param>
    internal long[] Choose(Tensor logits, IReadOnlyList<long> labels, IReadOnlyList<ulong> seeds)
    {
        int classes = (int)logits.shape[1];
        if (Kind == AttackTargetKind.Class) return [.. labels.Select(_ => (long)Index)];
        if (classes < 2) throw new CnnVisException(ErrorIds.InvalidArgument, "The network has one class, so that there is none to aim at.", Kind);
        if (Kind == AttackTargetKind.Random)
            return [.. labels.Select((label, i) => (label + 1 + (long)(PictureSeeds.Mix(seeds[i], -2) % (ulong)(classes - 1))) % classes)];
        using var scope = NewDisposeScope();
        Tensor own = tensor(labels.ToArray(), device: logits.device).unsqueeze(1);
        return LogitSeeds.With(logits, own, float.PositiveInfinity).argmin(1).cpu().data<long>().ToArray();
    }
}
