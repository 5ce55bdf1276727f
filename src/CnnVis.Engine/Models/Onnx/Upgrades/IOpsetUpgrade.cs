namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>
/// Brings nodes of older operator sets, and others' operators, to the form of <see cref="OnnxOpset.Canonical"/>, which is all that operators know. A rule is one class
/// here with a constructor without parameters; <see cref="OpsetUpgrades"/> finds it.
/// </summary>
internal interface IOpsetUpgrade
{
    /// <summary>The operators that it is for.</summary>
    IReadOnlyList<string> Types { get; }

    /// <summary>Whose operators they are; ONNX's own by default.</summary>
    string Domain => "";

    /// <summary>The first operator set that needs it no more; <see cref="int.MaxValue"/> where every form of the operator is replaced.</summary>
    int Until { get; }

    /// <summary>What stands for the node, in order; usually the node itself, changed, after the constants that it now takes.</summary>
    /// <param name="node">May be changed, and given back.</param>
    /// <param name="opset">The file's operator set, below <see cref="Until"/>.</param>
    /// <param name="names">Gives names to new values.</param>
    IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, ValueNames names);
}
