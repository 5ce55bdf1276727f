using static CnnVis.Engine.Models.Exported.Aten.Activations;

namespace CnnVis.Engine.Models.Exported.Aten;

/// <summary>Values made of nothing, and borders.</summary>
internal static class Creations
{
    public static Dictionary<string, Action<AtenCall>> Rules { get; } = AtenOperators.Table(
        ("full new_full", call => Full(call, Value(call, "fill_value"), call.Shape("size"))),
        ("zeros new_zeros empty new_empty", call => Full(call, Constant(call, 0), call.Shape("size"))), ("ones new_ones", call => Full(call, Constant(call, 1), call.Shape("size"))),
        ("full_like", call => Full(call, Value(call, "fill_value"), call.Emit("Shape", [X(call)]))), ("zeros_like empty_like", call => Full(call, Constant(call, 0), call.Emit("Shape", [X(call)]))), ("ones_like", call => Full(call, Constant(call, 1), call.Emit("Shape", [X(call)]))),
        ("scalar_tensor", call => call.Give("Identity", [call.Operand("s", call.Result())])),
        ("arange", Range),
        ("constant_pad_nd", call => Pad(call, "constant")), ("pad", call => Pad(call, call.Text("mode", "constant"))),
        ("reflection_pad1d reflection_pad2d", call => Pad(call, "reflect")), ("replication_pad1d replication_pad2d", call => Pad(call, "replicate")),
        ("zero_pad2d", call => Pad(call, "constant")));

    private static string Value(AtenCall call, string name) => call.Operand(name, call.Result());

    private static string Constant(AtenCall call, int value) => call.Result() switch
    {
        { IsFraction: true } => call.Number(value),
        { Type: 12 } => call.Emit("Cast", [call.Operand(value)], ("to", 9L)),
        _ => call.Operand(value),
    };

    private static void Full(AtenCall call, string value, string size) => call.Give("Expand", [value, size]);

    private static void Range(AtenCall call)
    {
        var like = call.Result();
        string Bound(string name, int otherwise) => call.Has(name) ? call.Operand(name, like) : like.IsFraction ? call.Number(otherwise) : call.Operand(otherwise);
        call.Give("Range", [Bound("start", 0), Bound("end", 0), Bound("step", 1)]);
    }

    /// <summary>PyTorch lists pads from the last dimension on, before and after each.</summary>
    private static void Pad(AtenCall call, string mode)
    {
        long[] pads = call.Ints(call.Has("pad") ? "pad" : "padding");
        int rank = call.Rank("self"), padded = pads.Length / 2;
        if (pads.Length % 2 != 0 || padded > rank) throw call.Wrong($"has {pads.Length} pads for {rank} dimensions");
        long[] all = new long[2 * rank];
        for (int i = 0; i < padded; i++) (all[rank - 1 - i], all[2 * rank - 1 - i]) = (pads[2 * i], pads[2 * i + 1]);
        string onnx = mode switch { "constant" => "constant", "reflect" => "reflect", "replicate" => "edge", "circular" => "wrap", _ => throw call.Wrong($"has the mode '{mode}'") };
        string[] inputs = onnx == "constant" && call.Has("value") ? [X(call), call.Integers(all), call.Operand("value", call.Meta("self"))] : [X(call), call.Integers(all)];
        call.Give("Pad", inputs, ("mode", onnx));
    }
}
