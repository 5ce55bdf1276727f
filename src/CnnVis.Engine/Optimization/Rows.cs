using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace CnnVis.Engine.Optimization;

/// <summary>Some pictures' rows of what is remembered of all.</summary>
internal static class Rows
{
    /// <summary>The rows, outside any scope; the whole is disposed.</summary>
    /// <param name="all">[N, …]; null for nothing.</param>
    /// <param name="rows">int64 [M].</param>
    [return: NotNullIfNotNull(nameof(all))]
    public static Tensor? Of(Tensor? all, Tensor rows)
    {
        if (all is null) return null;
        Tensor some = all.index_select(0, rows).DetachFromDisposeScope();
        all.Dispose();
        return some;
    }

    /// <summary>Of each row one of two.</summary>
    /// <param name="chosen">Where the first: bool, [N, 1].</param>
    /// <param name="these">[N, …].</param>
    /// <param name="others">[N, …].</param>
    public static Tensor Where(Tensor chosen, Tensor these, Tensor others) => where(chosen.reshape([-1, .. Enumerable.Repeat(1L, (int)these.dim() - 1)]), these, others);
}
