using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>Rows of a matrix that are replaced by others, or combined with them, as ScatterElements and ScatterND do.</summary>
internal static class IndexedUpdates
{
    /// <summary>What ONNX calls the ways to combine.</summary>
    public static readonly string[] Reductions = ["none", "add", "mul", "max", "min"];

    /// <summary>The matrix with its rows changed, one change after the other. A new tensor.</summary>
    /// <param name="matrix">[R, S].</param>
    /// <param name="rows">[n], each below R.</param>
    /// <param name="changes">[n, S].</param>
    /// <param name="reduction">One of <see cref="Reductions"/>.</param>
    public static Tensor Apply(Tensor matrix, Tensor rows, Tensor changes, string reduction)
    {
        if (reduction == "add") return matrix.index_add(0, rows, changes, 1);
        using var scope = NewDisposeScope();
        Tensor result = matrix.clone();
        // Changes of one row follow one another: in each round every row is met once at most.
        foreach (long[] round in Rounds(rows))
        {
            Tensor places = tensor(round, device: matrix.device), at = rows.index_select(0, places), change = changes.index_select(0, places);
            if (reduction != "none")
            {
                Tensor old = result.index_select(0, at);
                change = reduction switch { "mul" => old * change, "max" => maximum(old, change), _ => minimum(old, change) };
            }
            result = result.index_copy(0, at, change);
        }
        return result.MoveToOuterDisposeScope();
    }

    private static List<long[]> Rounds(Tensor rows)
    {
        using Tensor local = rows.cpu().contiguous();
        var met = new Dictionary<long, int>();
        var rounds = new List<List<long>>();
        ReadOnlySpan<long> numbers = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(local.bytes);
        for (int i = 0; i < numbers.Length; i++)
        {
            int round = met[numbers[i]] = met.GetValueOrDefault(numbers[i], -1) + 1;
            if (rounds.Count == round) rounds.Add([]);
            rounds[round].Add(i);
        }
        return [.. rounds.Select(r => r.ToArray())];
    }
}
