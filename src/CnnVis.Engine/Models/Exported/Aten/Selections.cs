using static CnnVis.Engine.Models.Exported.Aten.Activations;

namespace CnnVis.Engine.Models.Exported.Aten;

/// <summary>Parts of values.</summary>
internal static class Selections
{
    /// <summary>More pieces than a value is split into.</summary>
    private const int PieceLimit = 10_000;

    public static Dictionary<string, Action<AtenCall>> Rules { get; } = AtenOperators.Table(
        ("slice slice_copy", Slice), ("narrow", Narrow), ("select select_copy", Select),
        ("split split_with_sizes split_copy split_with_sizes_copy", Split), ("chunk", Chunk), ("unbind", Unbind),
        ("index_select", call => call.Give("Gather", [X(call), call.Tensor("index")], ("axis", call.Int("dim", 0)))),
        ("index _unsafe_index", Index),
        ("embedding", call => call.Give("Gather", [call.Tensor("weight"), call.Tensor("indices")], ("axis", 0L))),
        ("gather", call => call.Give("GatherElements", [X(call), call.Tensor("index")], ("axis", call.Int("dim", 0)))),
        ("flip", Flip), ("roll", Roll),
        ("tril", call => call.Give("Trilu", [X(call), Diagonal(call)], ("upper", 0L))), ("triu", call => call.Give("Trilu", [X(call), Diagonal(call)], ("upper", 1L))),
        ("topk", call => { for (int i = 0; i < call.OutputCount; i++) if (call.Call.Outputs[i].Length > 0) call.Give(i, "Identity", [TopK(call, i)]); }
    ));

    private static void Slice(AtenCall call)
    {
        string Bound(string name, long otherwise) => call.Call[name] is { IsNone: false } ? call.Shape(name) : call.Integers(otherwise);
        call.Give("Slice", [X(call), Bound("start", 0), Bound("end", long.MaxValue), call.Integers(call.Axis("dim", 0, call.Rank("self"))), call.Integers(call.Int("step", 1))]);
    }

    private static void Narrow(AtenCall call)
    {
        long start = call.Int("start", 0);
        call.Give("Slice", [X(call), call.Integers(start), call.Integers(start + call.Int("length", 0)), call.Integers(call.Axis("dim", 0, call.Rank("self")))]);
    }

    private static void Select(AtenCall call) =>
        call.Give("Gather", [X(call), call.Call["index"].Name is null ? call.Operand("index", new TensorMeta(5, [], null, 0)) : call.Operand("index")], ("axis", (long)call.Axis("dim", 0, call.Rank("self"))));

    private static void Split(AtenCall call)
    {
        int axis = call.Axis("dim", 0, call.Rank("self"));
        string name = call.Has("split_sizes") ? "split_sizes" : "split_size";
        long[] sizes = call.Call[name].Items is not null ? call.Ints(name) : Pieces(call, call.Extent("self", axis), call.Int(name, 1));
        Give(call, axis, sizes);
    }

    private static void Chunk(AtenCall call)
    {
        int axis = call.Axis("dim", 0, call.Rank("self"));
        long extent = call.Extent("self", axis), chunks = Math.Max(1, call.Int("chunks", 1));
        Give(call, axis, Pieces(call, extent, Math.Max(1, (extent + chunks - 1) / chunks)));
    }

    private static long[] Pieces(AtenCall call, long extent, long size)
    {
        if (size <= 0 || (extent + size - 1) / size > PieceLimit) throw call.Wrong($"splits {extent} positions into pieces of {size}");
        return [.. Enumerable.Range(0, (int)((extent + size - 1) / size)).Select(i => Math.Min(size, extent - i * size))];
    }

    private static void Give(AtenCall call, int axis, long[] sizes)
    {
        if (sizes.Length != call.OutputCount) throw call.Wrong($"gives {call.OutputCount} pieces where there are {sizes.Length}");
        if (sizes.Length == 1) call.Same(X(call));
        else call.GiveAll("Split", [X(call), call.Integers(sizes)], ("axis", (long)axis));
    }

    private static void Unbind(AtenCall call)
    {
        int axis = call.Axis("dim", 0, call.Rank("self"));
        for (int i = 0; i < Math.Min(call.OutputCount, PieceLimit); i++)
            call.Give(i, "Gather", [X(call), call.Operand(i)], ("axis", (long)axis));
    }

    /// <summary>By one tensor of whole numbers in one dimension.</summary>
    private static void Index(AtenCall call)
    {
        string?[] indices = call.OptionalTensors("indices");
        if (indices.Count(i => i is not null) != 1) throw call.Wrong($"takes {indices.Count(i => i is not null)} tensors of positions");
        int axis = Array.FindIndex(indices, i => i is not null);
        call.Give("Gather", [X(call), indices[axis]!], ("axis", (long)axis));
    }

    private static void Flip(AtenCall call)
    {
        long[] axes = [.. call.Ints("dims").Select(d => (long)AtenCall.Axis(d, call.Rank("self")))];
        call.Give("Slice", [X(call), call.Integers([.. axes.Select(_ => -1L)]), call.Integers([.. axes.Select(_ => long.MinValue / 2)]), call.Integers(axes), call.Integers([.. axes.Select(_ => -1L)])]);
    }

    /// <summary>The end of each dimension goes before its beginning.</summary>
    private static void Roll(AtenCall call)
    {
        long[] shifts = call.Ints("shifts"), axes = call.Ints("dims");
        if (axes.Length != shifts.Length || axes.Length == 0) throw call.Wrong("rolls what is flattened");
        string x = X(call);
        for (int i = 0; i < axes.Length; i++)
        {
            long axis = AtenCall.Axis(axes[i], call.Rank("self"));
            string[] parts = [call.Emit("Slice", [x, call.Integers(-shifts[i]), call.Integers(long.MaxValue), call.Integers(axis)]), call.Emit("Slice", [x, call.Integers(0), call.Integers(-shifts[i]), call.Integers(axis)])];
            bool last = i == axes.Length - 1;
            if (shifts[i] == 0) { if (last) call.Give("Identity", [x]); }
            else if (last) call.Give("Concat", parts, ("axis", axis));
            else x = call.Emit("Concat", parts, ("axis", axis));
        }
    }

    private static string Diagonal(AtenCall call) => call.Operand(call.Int("diagonal", 0));

    private static string TopK(AtenCall call, int output)
    {
        if (output > 1) throw call.Wrong("gives more than values and positions");
        string k = call.Integers(call.Int("k", 1));
        string[] both = call.EmitTwo("TopK", [X(call), k], ("axis", call.Int("dim", -1)), ("largest", call.Bool("largest", true) ? 1L : 0L), ("sorted", 1L));
        return both[output];
    }
}
