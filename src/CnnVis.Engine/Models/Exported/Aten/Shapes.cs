using static CnnVis.Engine.Models.Exported.Aten.Activations;

namespace CnnVis.Engine.Models.Exported.Aten;

/// <summary>What lays values out anew, joins them, or only passes them on.</summary>
internal static class Shapes
{
    public static Dictionary<string, Action<AtenCall>> Rules { get; } = AtenOperators.Table(
        ("view reshape _unsafe_view _reshape_alias", call => call.Give("Reshape", [X(call), call.Has("size") ? call.Shape("size") : call.Shape("shape")])),
        ("view_as reshape_as", call => call.Give("Reshape", [X(call), call.Emit("Shape", [call.Tensor("other")])])),
        ("flatten", Flatten), ("unflatten", Unflatten),
        ("permute", call => Turn(call, [.. call.Ints("dims").Select(d => (long)AtenCall.Axis(d, call.Rank("self")))])),
        ("transpose swapaxes swapdims", call => Swap(call, call.Axis(call.Has("dim0") ? "dim0" : "axis0", 0, call.Rank("self")), call.Axis(call.Has("dim1") ? "dim1" : "axis1", 1, call.Rank("self")))),
        ("t", call => Swap(call, 0, call.Rank("self") - 1)), ("numpy_T", call => Turn(call, [.. Enumerable.Range(0, call.Rank("self")).Reverse().Select(i => (long)i)])),
        ("movedim moveaxis", Move),
        ("unsqueeze", call => call.Give("Unsqueeze", [X(call), call.Integers(call.Axis("dim", 0, call.Rank("self") + 1))])),
        ("squeeze", Squeeze),
        ("expand", Expand), ("expand_as", call => call.Give("Expand", [X(call), call.Emit("Shape", [call.Tensor("other")])])), ("broadcast_to", Expand),
        ("repeat tile", Repeat),
        ("cat concat concatenate", call => call.Give("Concat", Joined(call), ("axis", call.Int(call.Has("axis") ? "axis" : "dim", 0)))),
        ("stack", Stack), ("hstack", call => call.Give("Concat", call.Tensors("tensors"), ("axis", 1L))),
        ("clone contiguous detach alias lift_fresh lift_fresh_copy lift detach_copy", call => call.Same(X(call))),
        ("_to_copy to type_as float", Convert),
        ("pixel_shuffle", call => call.Give("DepthToSpace", [X(call)], ("blocksize", call.Int("upscale_factor", 1)), ("mode", "CRD"))),
        ("pixel_unshuffle", PixelUnshuffle),
        ("channel_shuffle native_channel_shuffle", ChannelShuffle));

    private static void Flatten(AtenCall call)
    {
        int rank = call.Rank("self"), start = call.Axis("start_dim", 0, rank), end = call.Axis("end_dim", -1, rank);
        if (start == 1 && end == rank - 1) call.Give("Flatten", [X(call)], ("axis", 1L));
        else if (start == 0 && end == rank - 1) call.Give("Reshape", [X(call), call.Integers(-1)]);
        else call.Give("Reshape", [X(call), call.Integers([.. Enumerable.Repeat(0L, start), -1, .. call.Meta("self").Sizes[(Math.Min(end, rank - 1) + 1)..].Select((e, i) => e >= 0 ? e : throw call.Wrong("flattens dimensions before open ones"))])]);
    }

    private static void Unflatten(AtenCall call)
    {
        int rank = call.Rank("self"), axis = call.Axis("dim", 0, rank);
        call.Give("Reshape", [X(call), call.Integers([.. Enumerable.Repeat(0L, axis), .. call.Ints("sizes"), .. Enumerable.Range(axis + 1, rank - axis - 1).Select(i => call.Extent("self", i))])]);
    }

    private static void Turn(AtenCall call, long[] order)
    {
        call.Give("Transpose", [X(call)], ("perm", order));
        if (order is [1, 0]) call.Transposes(X(call));
    }

    private static void Swap(AtenCall call, int first, int second)
    {
        long[] order = [.. Enumerable.Range(0, call.Rank("self")).Select(i => (long)i)];
        if (first >= order.Length || second >= order.Length || second < 0) throw call.Wrong("swaps dimensions that are not there");
        (order[first], order[second]) = (order[second], order[first]);
        Turn(call, order);
    }

    private static void Move(AtenCall call)
    {
        int rank = call.Rank("self");
        int[] from = [.. call.Ints("source").Select(d => AtenCall.Axis(d, rank))], to = [.. call.Ints("destination").Select(d => AtenCall.Axis(d, rank))];
        if (from.Length != to.Length || from.Concat(to).Any(d => d >= rank) || from.Distinct().Count() < from.Length || to.Distinct().Count() < to.Length) throw call.Wrong("moves dimensions that are not there");
        long[] order = [.. Enumerable.Repeat(-1L, rank)];
        for (int i = 0; i < from.Length; i++) order[to[i]] = from[i];
        var rest = new Queue<int>(Enumerable.Range(0, rank).Except(from));
        for (int i = 0; i < rank; i++)
            if (order[i] < 0) order[i] = rest.Dequeue();
        Turn(call, order);
    }

    /// <summary>Without the dimensions named that have one position; those that have more stay, as PyTorch has it.</summary>
    private static void Squeeze(AtenCall call)
    {
        long[] sizes = call.Meta("self").Sizes;
        long[] axes = call.Has("dim") ? [.. call.Ints("dim").Select(d => (long)AtenCall.Axis(d, sizes.Length)).Where(d => d < sizes.Length && sizes[d] == 1)]
            : [.. Enumerable.Range(0, sizes.Length).Where(i => sizes[i] == 1).Select(i => (long)i)];
        if (axes.Length == 0) call.Same(X(call));
        else call.Give("Squeeze", [X(call), call.Integers(axes)]);
    }

    /// <summary>−1 leaves an extent, as 1 does in ONNX.</summary>
    private static void Expand(AtenCall call)
    {
        AtenArgument[] items = call.Call["size"].Items ?? throw call.Wrong("lacks its size");
        if (items.All(i => i.Name is null)) call.Give("Expand", [X(call), call.Integers([.. items.Select(i => i.Number is >= 0 and var n ? (long)n : 1)])]);
        else
        {
            string size = call.Shape("size");
            call.Give("Expand", [X(call), call.Emit("Max", [size, call.Integers(1)])]);
        }
    }

    private static void Repeat(AtenCall call)
    {
        string name = call.Has("repeats") ? "repeats" : "dims";
        int count = call.Call[name].Items?.Length ?? 1, rank = call.Rank("self");
        string x = X(call);
        if (count > rank) x = call.Emit("Unsqueeze", [x, call.Integers([.. Enumerable.Range(0, count - rank).Select(i => (long)i)])]);
        call.Give("Tile", [x, count >= rank ? call.Shape(name) : call.Integers([.. Enumerable.Repeat(1L, rank - count), .. call.Ints(name)])]);
    }

    private static string[] Joined(AtenCall call) => call.Tensors("tensors");

    private static void Stack(AtenCall call)
    {
        int rank = call.Call["tensors"].Items is [{ Name: { } first }, ..] && call.Result().Sizes.Length > 0 ? call.Result().Sizes.Length : throw call.Wrong($"has nothing to stack");
        long axis = call.Axis("dim", 0, rank);
        call.Give("Concat", [.. call.Tensors("tensors").Select(t => call.Emit("Unsqueeze", [t, call.Integers(axis)]))], ("axis", axis));
    }

    /// <summary>Between fractions nothing changes: all are float32 here.</summary>
    private static void Convert(AtenCall call)
    {
        TensorMeta from = call.Meta("self"), to = call.Result();
        if (from.IsFraction == to.IsFraction && (from.Type == 12) == (to.Type == 12)) call.Same(X(call));
        else call.Give("Cast", [X(call)], ("to", to.IsFraction ? 1L : to.Type == 12 ? 9L : 7L));
    }

    private static void PixelUnshuffle(AtenCall call)
    {
        // [N, C, H·r, W·r] to [N, C·r², H, W], the channels outermost.
        long r = call.Int("downscale_factor", 1), channels = call.Extent("self", 1), rows = call.Extent("self", 2), columns = call.Extent("self", 3);
        if (r <= 0 || rows % r != 0 || columns % r != 0) throw call.Wrong("does not divide its maps");
        string cut = call.Emit("Reshape", [X(call), call.Integers(-1, channels, rows / r, r, columns / r, r)]);
        string turned = call.Emit("Transpose", [cut], ("perm", new long[] { 0, 1, 3, 5, 2, 4 }));
        call.Give("Reshape", [turned, call.Integers(-1, channels * r * r, rows / r, columns / r)]);
    }

    private static void ChannelShuffle(AtenCall call)
    {
        long groups = call.Int("groups", 1), channels = call.Extent("self", 1);
        if (groups <= 0 || channels % groups != 0 || channels > 1 << 20) throw call.Wrong("does not divide its channels");
        call.Give("Gather", [X(call), call.Integers([.. Enumerable.Range(0, (int)channels).Select(i => i % groups * (channels / groups) + i / groups)])], ("axis", 1L));
    }
}
