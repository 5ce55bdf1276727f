using AttributeType = CnnVis.Engine.Models.Onnx.AttributeProto.Types.AttributeType;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>Reads the attributes of nodes.</summary>
internal static class OnnxAttributes
{
    /// <summary>All attributes of a node.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Read(NodeProto node) =>
        node.Attribute.Select(a => KeyValuePair.Create(a.Name, Value(node, a))).DistinctBy(a => a.Key);

    /// <summary>The value of an attribute: long, float, string, or an array of these.</summary>
    /// <exception cref="CnnVisException">It is of another kind.</exception>
    public static object Value(NodeProto node, AttributeProto attribute) => attribute.Type switch
    {
        AttributeType.Float => attribute.F,
        AttributeType.Int => attribute.I,
        AttributeType.String => attribute.S.ToStringUtf8(),
        AttributeType.Floats => attribute.Floats.ToArray(),
        AttributeType.Ints => attribute.Ints.ToArray(),
        AttributeType.Strings => attribute.Strings.Select(s => s.ToStringUtf8()).ToArray(),
        _ => throw new CnnVisException(ErrorIds.OperatorNotSupported, $"attribute '{attribute.Name}' of {node.OpType} node '{node.Name}' is of kind {attribute.Type}, which is not supported.", node.Name),
    };
}
