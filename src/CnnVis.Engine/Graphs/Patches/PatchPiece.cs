using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Patches;

/// <summary>Patches of one size, one after another in memory.</summary>
/// <param name="Members">Whose they are: places in the run.</param>
/// <param name="Data">[n, h, w, C], contiguous.</param>
internal sealed record PatchPiece(int[] Members, Tensor Data)
{
    /// <summary>The same as operators take it: [n, C, h, w].</summary>
    public Tensor Map => Data.permute(0, 3, 1, 2);
}
