namespace CnnVis.Engine.Models.Exported.Aten;

/// <summary>Normalisations by what was measured in training, or over some dimensions.</summary>
internal static class Normalizations
{
    public static Dictionary<string, Action<AtenCall>> Rules { get; } = AtenOperators.Table(
        ("batch_norm native_batch_norm cudnn_batch_norm miopen_batch_norm _native_batch_norm_legit _native_batch_norm_legit_no_training _native_batch_norm_legit_functional _batch_norm_no_update _batch_norm_impl_index", Batch),
        ("layer_norm native_layer_norm", Layer),
        ("group_norm native_group_norm", Group),
        ("instance_norm", Instance),
        ("rms_norm _fused_rms_norm", RootMeanSquare),
        ("local_response_norm", LocalResponse));

    private static void Batch(AtenCall call)
    {
        if (call.Bool("training")) throw call.Wrong("normalises by the batch, since the model was exported in training mode (call model.eval() first)");
        string mean = call.OptionalTensor("running_mean") ?? throw call.Wrong("has no running mean, and would normalise by the batch");
        int channels = (int)call.Extent(call.Has("running_mean") ? "running_mean" : "input", 0);
        call.Give("BatchNormalization",
        [
            call.Tensor("input"), call.OptionalTensor("weight") ?? Filled(call, channels, 1), call.OptionalTensor("bias") ?? Filled(call, channels, 0), mean, call.Tensor("running_var"),
        ], ("epsilon", call.Float(call.Has("epsilon") ? "epsilon" : "eps", 1e-5)));
    }

    private static void Layer(AtenCall call)
    {
        long[] shape = call.Ints("normalized_shape");
        string weight = call.OptionalTensor("weight") ?? call.Numbers(Ones(shape, call), shape);
        string[] inputs = call.OptionalTensor("bias") is { } bias ? [call.Tensor("input"), weight, bias] : [call.Tensor("input"), weight];
        call.Give("LayerNormalization", inputs, ("axis", (long)-shape.Length), ("epsilon", call.Float("eps", 1e-5)));
    }

    private static void Group(AtenCall call)
    {
        int channels = (int)call.Extent("input", 1);
        long groups = call.Int(call.Has("num_groups") ? "num_groups" : "group", 1);
        call.Give("GroupNormalization", [call.Tensor("input"), call.OptionalTensor("weight") ?? Filled(call, channels, 1), call.OptionalTensor("bias") ?? Filled(call, channels, 0)], ("num_groups", groups), ("epsilon", call.Float("eps", 1e-5)));
    }

    private static void Instance(AtenCall call)
    {
        if (!call.Bool("use_input_stats", true)) throw call.Wrong("normalises by what was measured in training");
        int channels = (int)call.Extent("input", 1);
        call.Give("InstanceNormalization", [call.Tensor("input"), call.OptionalTensor("weight") ?? Filled(call, channels, 1), call.OptionalTensor("bias") ?? Filled(call, channels, 0)], ("epsilon", call.Float("eps", 1e-5)));
    }

    /// <summary>x / √(mean x² + ε) · weight (Zhang and Sennrich 2019); PyTorch's default epsilon is that of the number format.</summary>
    private static void RootMeanSquare(AtenCall call)
    {
        string x = call.Tensor("input");
        long[] axes = [.. call.Ints("normalized_shape").Select((_, i) => -1L - i)];
        string mean = call.Emit("ReduceMean", [call.Emit("Mul", [x, x]), call.Integers(axes)], ("keepdims", 1L));
        string root = call.Emit("Sqrt", [call.Emit("Add", [mean, call.Number(call.Float("eps", 1.1920929e-7))])]);
        if (call.OptionalTensor("weight") is { } weight) call.Give("Mul", [call.Emit("Div", [x, root]), weight]);
        else call.Give("Div", [x, root]);
    }

    private static void LocalResponse(AtenCall call) =>
        call.Give("LRN", [call.Tensor("input")], ("size", call.Int("size", 1)), ("alpha", call.Float("alpha", 1e-4)), ("beta", call.Float("beta", 0.75)), ("bias", call.Float("k", 1)));

    private static string Filled(AtenCall call, int channels, float value) => call.Numbers([.. Enumerable.Repeat(value, Math.Min(channels, 1 << 20))], channels);

    private static float[] Ones(long[] shape, AtenCall call)
    {
        long count = shape.Aggregate(1L, (product, extent) => extent is > 0 and < 1 << 22 && product < 1 << 22 ? product * extent : throw call.Wrong("normalises over impossibly many numbers"));
        return [.. Enumerable.Repeat(1f, (int)count)];
    }
}
