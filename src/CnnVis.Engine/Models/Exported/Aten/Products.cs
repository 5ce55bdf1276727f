namespace CnnVis.Engine.Models.Exported.Aten;

/// <summary>Products of matrices, with and without something added.</summary>
internal static class Products
{
    public static Dictionary<string, Action<AtenCall>> Rules { get; } = AtenOperators.Table(
        ("linear", Linear),
        ("addmm", AddMatrix),
        ("baddbmm", call => Scaled(call, call.Emit("MatMul", [call.Tensor("batch1"), call.Tensor("batch2")]))),
        ("mm", call => Multiply(call, "self", "mat2")), ("bmm", call => Multiply(call, "self", "mat2")), ("matmul", call => Multiply(call, "self", "other")),
        ("mv dot", call => call.Give("MatMul", [call.Tensor("self"), call.Has("vec") ? call.Tensor("vec") : call.Tensor("tensor")])),
        ("einsum", call => call.Give("Einsum", call.Tensors("tensors"), ("equation", call.Text("equation", "")))));

    /// <summary>x · Wᵀ + b over the last dimension.</summary>
    private static void Linear(AtenCall call)
    {
        string x = call.Tensor("input"), weight = call.Tensor("weight");
        string? bias = call.OptionalTensor("bias");
        if (call.Rank("input") == 2)
        {
            call.Give("Gemm", bias is null ? [x, weight] : [x, weight, bias], ("transB", 1L));
            return;
        }
        string[] inputs = [x, call.Emit("Transpose", [weight], ("perm", new long[] { 1, 0 }))];
        if (bias is null) call.Give("MatMul", inputs);
        else call.Give("Add", [call.Emit("MatMul", inputs), bias]);
    }

    /// <summary>β · bias + α · A · B.</summary>
    private static void AddMatrix(AtenCall call)
    {
        string right = call.Tensor("mat2");
        string? whole = call.Untransposed(right);
        call.Give("Gemm", [call.Tensor("mat1"), whole ?? right, call.Tensor("self")], ("transB", whole is null ? 0L : 1L), ("alpha", call.Float("alpha", 1)), ("beta", call.Float("beta", 1)));
    }

    private static void Scaled(AtenCall call, string product)
    {
        if (call.Float("alpha", 1) != 1) product = call.Emit("Mul", [product, call.Number(call.Float("alpha", 1))]);
        string added = call.Float("beta", 1) == 1 ? call.Tensor("self") : call.Emit("Mul", [call.Tensor("self"), call.Number(call.Float("beta", 1))]);
        call.Give("Add", [product, added]);
    }

    private static void Multiply(AtenCall call, string left, string right)
    {
        string a = call.Tensor(left), b = call.Tensor(right);
        if (call.Rank(left) == 2 && call.Rank(right) == 2 && call.Untransposed(b) is { } whole) call.Give("Gemm", [a, whole], ("transB", 1L));
        else call.Give("MatMul", [a, b]);
    }
}
