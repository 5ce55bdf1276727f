using static TorchSharp.torch;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>Reads Constant nodes.</summary>
internal static class OnnxConstants
{
    /// <summary>The value, detached from every dispose scope.</summary>
    /// <exception cref="CnnVisException">It has none, or one of a kind that is not supported.</exception>
    public static Tensor Read(NodeProto node)
    {
        string name = node.Name.Length > 0 ? node.Name : node.Output[0];
        AttributeProto value = node.Attribute.FirstOrDefault(a => a.Name.StartsWith("value", StringComparison.Ordinal) || a.Name == "sparse_value")
            ?? throw new CnnVisException(ErrorIds.ModelUnreadable, $"constant '{name}' has no value.", name);
        return value.Name switch
        {
            "value" => OnnxTensors.Read(value.T ?? throw new CnnVisException(ErrorIds.ModelUnreadable, $"constant '{name}' has no value.", name)),
            "value_float" => tensor(value.F).DetachFromDisposeScope(),
            "value_floats" => tensor(value.Floats.ToArray()).DetachFromDisposeScope(),
            "value_int" => tensor(value.I).DetachFromDisposeScope(),
            "value_ints" => tensor(value.Ints.ToArray()).DetachFromDisposeScope(),
            "sparse_value" => OnnxSparse.Read(value.SparseTensor ?? throw new CnnVisException(ErrorIds.ModelUnreadable, $"constant '{name}' has no value.", name)),
            _ => throw new CnnVisException(ErrorIds.OperatorNotSupported, $"constant '{name}' is of kind '{value.Name}', which is not supported; numbers are.", name),
        };
    }
}
