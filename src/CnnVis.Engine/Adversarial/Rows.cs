using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial;

/// <summary>Rows of tensors that have one a picture.</summary>
internal static class Rows
{
    /// <summary>The rows of that places.</summary>
    public static Tensor Select(Tensor all, IReadOnlyList<int> index)
    {
        using Tensor places = tensor(index.Select(i => (long)i).ToArray(), device: all.device);
        return all.index_select(0, places);
    }

    /// <summary>The rows with a flag.</summary>
    public static Tensor Select(Tensor all, bool[] chosen) => Array.TrueForAll(chosen, c => c) ? all.alias() : Select(all, [.. Enumerable.Range(0, chosen.Length).Where(i => chosen[i])]);

    /// <summary>The rows without a flag.</summary>
    public static Tensor Without(Tensor all, bool[] done) => Select(all, Array.ConvertAll(done, d => !d));

    /// <summary>The flags of a boolean tensor.</summary>
    public static bool[] Flags(Tensor flags)
    {
        using Tensor bytes = flags.to(ScalarType.Byte).cpu().contiguous();
        return [.. bytes.data<byte>().ToArray().Select(b => b != 0)];
    }

    /// <summary>A number a row, shaped so that it multiplies pictures: [n, 1, 1, 1].</summary>
    public static Tensor Wide(Tensor each) => each.reshape(-1, 1, 1, 1);

    /// <summary>Puts a new value in a variable's place: the new one leaves this scope for the outer one, the old one is freed.</summary>
    public static void Replace(ref Tensor variable, Tensor value)
    {
        Tensor moved = value.MoveToOuterDisposeScope();
        if (!ReferenceEquals(variable, moved)) variable.Dispose();
        variable = moved;
    }
}
