using System.Numerics;
using System.Runtime.InteropServices;
using CnnVis.Engine.Graphs;
using static TorchSharp.torch;

namespace CnnVis.Engine.Models;

/// <summary>
/// Refuses networks whose numbers are not finite, from whatever format they come: every answer of theirs would be none. Only what a node takes counts.
/// Not-a-number is refused anywhere; infinity where it is a factor or a weight, since masks and bounds may well be infinite.
/// </summary>
internal static class FiniteWeights
{
    /// <summary>Bits of a float32 without its sign; of infinity, above which only not-a-number is.</summary>
    private const uint Magnitude = 0x7FFFFFFF, Infinity = 0x7F800000;

    /// <summary>Operators that multiply by a parameter, or add it to what they multiplied.</summary>
    private static readonly HashSet<string> _weighing = new(
        ["Conv", "ConvTranspose", "Gemm", "MatMul", "Einsum", "Mul", "BatchNormalization", "InstanceNormalization", "GroupNormalization", "LayerNormalization", "PRelu", "QuantizeLinear", "DequantizeLinear"],
        StringComparer.Ordinal);

    /// <exception cref="CnnVisException">A parameter that a node takes holds what is no finite number (ModelUnreadable).</exception>
    public static void Check(Graph graph, string source)
    {
        var used = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (Node node in graph.Nodes)
            foreach (string value in node.Inputs)
                if (graph.Parameters.ContainsKey(value)) used[value] = used.GetValueOrDefault(value) || _weighing.Contains(node.Operator.Type);
        // Largest first, so that the threads end together; the first in the graph's order is the one told.
        uint[] largest = new uint[used.Count];
        KeyValuePair<string, bool>[] all = [.. used];
        int[] order = [.. Enumerable.Range(0, all.Length).OrderByDescending(i => graph.Parameters[all[i].Key].NumberOfElements)];
        Parallel.For(0, order.Length, i => largest[order[i]] = Largest(graph.Parameters[all[order[i]].Key]));
        for (int i = 0; i < all.Length; i++)
        {
            var (name, weighs) = all[i];
            string? what = largest[i] > Infinity ? "values that are not numbers (NaN)" : largest[i] == Infinity && weighs ? "infinite values" : null;
            if (what is not null) throw new CnnVisException(ErrorIds.ModelUnreadable, $"'{source}' cannot be used: its parameter '{name}' holds {what}; the network is damaged or its training diverged.", name);
        }
    }

    /// <summary>The largest magnitude's bits; 0 where the tensor holds no fractions.</summary>
    private static uint Largest(Tensor tensor)
    {
        if (tensor.dtype != ScalarType.Float32 || tensor.NumberOfElements == 0) return 0;
        using var scope = NewDisposeScope();
        Tensor seen = tensor.detach();
        for (int d = 0; d < seen.dim(); d++)
            if (seen.stride(d) == 0) seen = seen.narrow(d, 0, 1); // one number seen many times
        return Largest(MemoryMarshal.Cast<byte, uint>(seen.cpu().contiguous().bytes));
    }

    private static uint Largest(ReadOnlySpan<uint> bits)
    {
        ReadOnlySpan<Vector<uint>> vectors = MemoryMarshal.Cast<uint, Vector<uint>>(bits);
        var sign = new Vector<uint>(Magnitude);
        Vector<uint> most = default;
        foreach (Vector<uint> vector in vectors) most = Vector.Max(most, vector & sign);
        uint largest = 0;
        for (int i = 0; i < Vector<uint>.Count; i++) largest = Math.Max(largest, most[i]);
        foreach (uint value in bits[(vectors.Length * Vector<uint>.Count)..]) largest = Math.Max(largest, value & Magnitude);
        return largest;
    }
}
