using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace CnnVis.Engine.Synthesis.Optimizers;

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
}
