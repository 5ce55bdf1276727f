using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Patches;

/// <summary>The patches of one value in a run.</summary>
/// <param name="map">Where they lie.</param>
/// <param name="members">Positions in the run.</param>
internal sealed class PatchValue(PatchMap map, int members) : IDisposable
{
    private readonly List<PatchPiece> _pieces = [];

    public PatchMap Map { get; } = map;

    /// <summary>Patches by size.</summary>
    public IReadOnlyList<PatchPiece> Pieces => _pieces;

    /// <summary>Address of each member's patch, [h, w, C].</summary>
    public nint[] Addresses { get; } = new nint[members];

    /// <summary>Takes the patches of some members.</summary>
    /// <param name="of">The members.</param>
    /// <param name="patches">[n, C, h, w].</param>
    public void Add(int[] of, Tensor patches)
    {
        Tensor data = patches.permute(0, 2, 3, 1).contiguous().DetachFromDisposeScope(); // [n, h, w, C]
        _pieces.Add(new PatchPiece(of, data));
        nint first = TensorMemory.Address(data), size = (nint)(data.NumberOfElements / of.Length * sizeof(float));
        for (int i = 0; i < of.Length; i++) Addresses[of[i]] = first + i * size;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PatchPiece piece in _pieces) piece.Data.Dispose();
    }
}
