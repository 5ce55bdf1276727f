namespace CnnVis.Engine.Models.Exported.Aten;

/// <summary>Functions of each number, and what is nothing at inference.</summary>
internal static class Activations
{
    public static Dictionary<string, Action<AtenCall>> Rules { get; } = AtenOperators.Table(
        ("relu", Same("Relu")), ("sigmoid", Same("Sigmoid")), ("tanh", Same("Tanh")), ("hardswish", Same("HardSwish")), ("softsign", Same("Softsign")), ("mish", Same("Mish")), ("selu", Same("Selu")),
        ("relu6", call => Clip(call, 0, 6)),
        ("hardtanh", call => Clip(call, call.Float("min_val", -1), call.Float("max_val", 1))),
        ("clamp clip clamp_min clamp_max", Clamp),
        ("hardsigmoid", call => call.Give("HardSigmoid", [X(call)], ("alpha", 1f / 6), ("beta", 0.5f))),
        ("silu swish", call => call.Give("Mul", [X(call), call.Emit("Sigmoid", [X(call)])])),
        ("gelu", call => call.Give("Gelu", [X(call)], ("approximate", call.Text("approximate", "none")))),
        ("leaky_relu", call => call.Give("LeakyRelu", [X(call)], ("alpha", call.Float("negative_slope", 0.01)))),
        ("elu", Elu),
        ("celu", call => call.Give("Celu", [X(call)], ("alpha", call.Float("alpha", 1)))),
        ("softplus", Softplus),
        ("log_sigmoid", call => call.Give("Neg", [call.Emit("Softplus", [call.Emit("Neg", [X(call)])])])),
        ("threshold", Threshold),
        ("hardshrink", call => Shrink(call, 0)), ("softshrink", call => Shrink(call, call.Float("lambd", 0.5))),
        ("prelu _prelu_kernel", PRelu),
        ("softmax _softmax _safe_softmax", call => call.Give("Softmax", [X(call)], ("axis", call.Int("dim", -1)))),
        ("log_softmax _log_softmax", call => call.Give("LogSoftmax", [X(call)], ("axis", call.Int("dim", -1)))),
        ("glu", Glu),
        ("dropout dropout2d dropout3d feature_dropout alpha_dropout feature_alpha_dropout native_dropout rrelu", AtInference));

    /// <summary>The first argument, whatever the operator calls it.</summary>
    internal static string X(AtenCall call) => call.OptionalTensor("self") ?? call.OptionalTensor("input") ?? call.OptionalTensor("x") ?? call.Tensor("self");

    private static Action<AtenCall> Same(string type) => call => call.Give(type, [X(call)]);

    private static void Clip(AtenCall call, float low, float high) => call.Give("Clip", [X(call), call.Number(low), call.Number(high)]);

    private static void Clamp(AtenCall call)
    {
        TensorMeta meta = call.Meta("self");
        string? low = call.Has("min") ? call.Operand("min", meta) : null, high = call.Has("max") ? call.Operand("max", meta) : null;
        if (call.Call["min"].Name is null && call.Call["max"].Name is null) call.Give("Clip", [X(call), low ?? "", high ?? ""]);
        else if (low is null) call.Give("Min", [X(call), high!]);
        else if (high is null) call.Give("Max", [X(call), low]);
        else call.Give("Min", [call.Emit("Max", [X(call), low]), high]);
    }

    private static void Elu(AtenCall call)
    {
        if (call.Float("scale", 1) != 1 || call.Float("input_scale", 1) != 1)
        {
            // scale · (max(x, 0) + α · (e^(min(x, 0) · input_scale) − 1)), of which SELU is one.
            string negative = call.Emit("Exp", [call.Emit("Mul", [call.Emit("Min", [X(call), call.Number(0)]), call.Number(call.Float("input_scale", 1))])]);
            string branch = call.Emit("Mul", [call.Emit("Sub", [negative, call.Number(1)]), call.Number(call.Float("alpha", 1))]);
            call.Give("Mul", [call.Emit("Add", [call.Emit("Relu", [X(call)]), branch]), call.Number(call.Float("scale", 1))]);
        }
        else call.Give("Elu", [X(call)], ("alpha", call.Float("alpha", 1)));
    }

    private static void Softplus(AtenCall call)
    {
        float beta = call.Float("beta", 1);
        if (beta == 1) call.Give("Softplus", [X(call)]);
        else call.Give("Div", [call.Emit("Softplus", [call.Emit("Mul", [X(call), call.Number(beta)])]), call.Number(beta)]);
    }

    private static void Threshold(AtenCall call) => call.Give("Where", [call.Emit("Greater", [X(call), call.Number(call.Float("threshold", 0))]), X(call), call.Number(call.Float("value", 0))]);

    /// <summary>Nothing within λ of 0; what is further away comes nearer by the bias.</summary>
    private static void Shrink(AtenCall call, float bias)
    {
        float lambda = call.Float("lambd", 0.5);
        string kept = bias == 0 ? X(call) : call.Emit("Sub", [X(call), call.Emit("Mul", [call.Emit("Sign", [X(call)]), call.Number(bias)])]);
        call.Give("Where", [call.Emit("Greater", [call.Emit("Abs", [X(call)]), call.Number(lambda)]), kept, call.Number(0)]);
    }

    /// <summary>PyTorch's slopes are one a channel; ONNX's go with the last dimensions.</summary>
    private static void PRelu(AtenCall call)
    {
        string slope = call.Tensor("weight");
        int rank = call.Rank("self");
        long count = call.Meta("weight").Sizes.Aggregate(1L, (product, extent) => product * extent);
        if (call.Rank("weight") <= 1 && count > 1 && rank > 2) slope = call.Emit("Reshape", [slope, call.Integers([count, .. Enumerable.Repeat(1L, rank - 2)])]);
        call.Give("PRelu", [X(call), slope]);
    }

    /// <summary>a · sigmoid(b) of the two halves (Dauphin et al. 2017).</summary>
    private static void Glu(AtenCall call)
    {
        int axis = call.Axis("dim", -1, call.Rank("self"));
        long extent = call.Extent("self", axis);
        call.Give("Mul", [Half(0, extent / 2), call.Emit("Sigmoid", [Half(extent / 2, extent)])]);

        string Half(long start, long end) => call.Emit("Slice", [X(call), call.Integers(start), call.Integers(end), call.Integers(axis)]);
    }

    private static void AtInference(AtenCall call)
    {
        if (call.Call.Operator == "rrelu")
        {
            if (call.Bool("training")) throw Training(call);
            call.Give("LeakyRelu", [X(call)], ("alpha", (call.Float("lower", 1.0 / 8) + call.Float("upper", 1.0 / 3)) / 2));
            return;
        }
        if (call.Bool("train") && call.Float("p", 0.5) > 0) throw Training(call);
        call.Give("Dropout", [X(call)]);
    }

    private static CnnVisException Training(AtenCall call) => call.Wrong("is switched on, since the model was exported in training mode (call model.eval() first)");
}
