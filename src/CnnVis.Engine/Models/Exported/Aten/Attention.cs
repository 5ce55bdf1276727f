namespace CnnVis.Engine.Models.Exported.Aten;

/// <summary>Scaled dot-product attention (Vaswani et al. 2017, equation 1), spelled out.</summary>
internal static class Attention
{
    /// <summary>More entries than a mask has.</summary>
    private const long MaskLimit = 1 << 22;

    public static Dictionary<string, Action<AtenCall>> Rules { get; } = AtenOperators.Table(
        ("scaled_dot_product_attention _scaled_dot_product_flash_attention_for_cpu _scaled_dot_product_flash_attention _scaled_dot_product_efficient_attention _scaled_dot_product_attention_math _scaled_dot_product_cudnn_attention", Attend));

    private static void Attend(AtenCall call)
    {
        if (call.Float("dropout_p", 0) > 0) throw call.Wrong("drops weights out, since the model was exported in training mode (call model.eval() first)");
        if (call.Bool("enable_gqa")) throw call.Wrong("shares keys between groups of queries");
        int rank = call.Rank("query");
        long[] order = [.. Enumerable.Range(0, rank).Select(i => (long)i)];
        if (rank < 2) throw call.Wrong("has no matrices of queries");
        (order[^1], order[^2]) = (order[^2], order[^1]);
        float scale = call.Has("scale") ? call.Float("scale", 1) : (float)(1 / Math.Sqrt(call.Extent("query", -1)));
        string scores = call.Emit("MatMul", [call.Emit("Mul", [call.Tensor("query"), call.Number(scale)]), call.Emit("Transpose", [call.Tensor("key")], ("perm", order))]);
        string mask = call.Has("attn_mask") ? "attn_mask" : "attn_bias";
        if (call.Bool("is_causal")) scores = call.Emit("Add", [scores, Causal(call)]);
        else if (call.Has(mask)) scores = call.Meta(mask).Type == 12 ? call.Emit("Where", [call.Tensor(mask), scores, call.Number(float.NegativeInfinity)]) : call.Emit("Add", [scores, call.Tensor(mask)]);
        call.Give("MatMul", [call.Emit("Softmax", [scores], ("axis", -1L)), call.Tensor("value")]);
    }

    /// <summary>[L, S]: 0 up to the diagonal, −∞ above.</summary>
    private static string Causal(AtenCall call)
    {
        long queries = call.Extent("query", -2), keys = call.Extent("key", -2);
        if (queries > MaskLimit || keys > MaskLimit || queries * keys > MaskLimit) throw call.Wrong($"masks {queries} × {keys} scores");
        float[] mask = new float[queries * keys];
        for (long i = 0; i < queries; i++) mask.AsSpan((int)(i * keys + Math.Min(i + 1, keys)), (int)(keys - Math.Min(i + 1, keys))).Fill(float.NegativeInfinity);
        return call.Numbers(mask, queries, keys);
    }
}
