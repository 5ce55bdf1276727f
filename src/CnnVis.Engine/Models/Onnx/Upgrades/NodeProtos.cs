namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>Shorthand for taking nodes apart and making new ones.</summary>
internal static class NodeProtos
{
    /// <summary>A new node.</summary>
    /// <param name="type">ONNX's name of the operator.</param>
    /// <param name="name">Name of the node and of its output.</param>
    /// <param name="inputs">Values that it takes.</param>
    /// <param name="attributes">long, float, string, or arrays of these.</param>
    public static NodeProto Make(string type, string name, string[] inputs, params (string Name, object Value)[] attributes)
    {
        var node = new NodeProto { Name = name, OpType = type, Output = { name } };
        node.Input.AddRange(inputs);
        node.Attribute.AddRange(attributes.Select(a => OnnxWriter.Attribute(a.Name, a.Value)));
        return node;
    }

    /// <summary>A Constant node.</summary>
    /// <param name="name">Name of the value.</param>
    /// <param name="value">long or float (no dimensions), long[] or float[] (one dimension).</param>
    /// <exception cref="CnnVisException">It is something else, as an attribute of a damaged file may be.</exception>
    public static NodeProto Constant(string name, object value) => Make("Constant", name, [], (value switch
    {
        long => "value_int",
        float => "value_float",
        long[] => "value_ints",
        float[] => "value_floats",
        _ => throw new CnnVisException(ErrorIds.ModelUnreadable, $"'{name}' is stated as {value.GetType().Name}, where numbers belong.", name),
    }, value));

    /// <summary>Takes an attribute off a node; null where it has none of that name.</summary>
    public static AttributeProto? TakeAttribute(this NodeProto node, string name)
    {
        AttributeProto? found = node.Attribute.FirstOrDefault(a => a.Name == name);
        if (found is not null) node.Attribute.Remove(found);
        return found;
    }

    /// <summary>Makes a value the node's input <paramref name="index"/>, leaving out those before it that are not there.</summary>
    public static void SetInput(this NodeProto node, int index, string value)
    {
        while (node.Input.Count <= index) node.Input.Add("");
        node.Input[index] = value;
    }

    /// <summary>The attribute as a Constant node that gives the node its input <paramref name="index"/>; nothing where the attribute is absent.</summary>
    public static IEnumerable<NodeProto> AttributeToInput(this NodeProto node, string attribute, int index, ValueNames names)
    {
        if (node.TakeAttribute(attribute) is not { } taken) yield break;
        string name = names.Fresh($"{node.Output[0]}.{attribute}");
        node.SetInput(index, name);
        yield return Constant(name, OnnxAttributes.Value(node, taken));
    }
}
