namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>
/// Cast of every operator set, to the types that values have here: floats of any width to float32, whole numbers to int64. To fewer than 32 bits,
/// and to uint32, bits beyond the width are lost, as OnnxRuntime has it: a remainder.
/// </summary>
internal sealed class CastTypes : IOpsetUpgrade
{
    private const long Float = 1, Integer = 7, Bool = 9;

    public IReadOnlyList<string> Types { get; } = ["Cast"];

    public int Until => int.MaxValue;

    public IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, ValueNames names)
    {
        long to = node.TakeAttribute("to")?.I ?? throw new CnnVisException(ErrorIds.ModelUnreadable, $"Cast node '{node.Name}' lacks its type.", node.Name);
        node.Attribute.Clear(); // what remains is about 8-bit floats
        long known = to switch
        {
            1 or 10 or 11 or 16 => Float,
            2 or 3 or 4 or 5 or 6 or 7 or 12 or 13 => Integer,
            9 => Bool,
            _ => throw new CnnVisException(ErrorIds.OperatorNotSupported, $"operator Cast (opset {opset}) of node '{node.Name}' to type {to} is not supported; to floats, whole numbers and bool it is.", "Cast"),
        };
        node.Attribute.Add(OnnxWriter.Attribute("to", known));
        int bits = to switch { 2 or 3 => 8, 4 or 5 => 16, 12 => 32, _ => 0 };
        return bits == 0 ? [node] : Narrowed(node, 1L << bits, signed: to is 3 or 5, names);
    }

    /// <summary>((x + half) mod range) − half, or x mod range.</summary>
    private static IEnumerable<NodeProto> Narrowed(NodeProto cast, long range, bool signed, ValueNames names)
    {
        string output = cast.Output[0], name = cast.Name.Length > 0 ? cast.Name : output;
        cast.Output[0] = names.Fresh($"{output}.whole");
        NodeProto modulus = NodeProtos.Constant(names.Fresh($"{output}.range"), range);
        if (!signed) return [cast, modulus, Named(NodeProtos.Make("Mod", output, [cast.Output[0], modulus.Output[0]]), $"{name}.mod")];
        NodeProto half = NodeProtos.Constant(names.Fresh($"{output}.half"), range / 2);
        NodeProto shifted = NodeProtos.Make("Add", names.Fresh($"{output}.shifted"), [cast.Output[0], half.Output[0]]);
        NodeProto wrapped = NodeProtos.Make("Mod", names.Fresh($"{output}.wrapped"), [shifted.Output[0], modulus.Output[0]]);
        return [cast, modulus, half, shifted, wrapped, Named(NodeProtos.Make("Sub", output, [wrapped.Output[0], half.Output[0]]), $"{name}.sub")];
    }

    private static NodeProto Named(NodeProto node, string name)
    {
        node.Name = name;
        return node;
    }
}
