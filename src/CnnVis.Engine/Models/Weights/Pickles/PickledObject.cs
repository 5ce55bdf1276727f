namespace CnnVis.Engine.Models.Weights.Pickles;

/// <summary>An object of a class whose code is nobody's concern: its attributes if it is a TorchScript module, nothing otherwise.</summary>
/// <param name="typeName">Its class.</param>
/// <param name="keepsState">Whether its attributes are kept.</param>
internal sealed class PickledObject(string typeName, bool keepsState)
{
    public string TypeName { get; } = typeName;

    public PickledDict? Attributes { get; private set; }

    public void Build(object? state)
    {
        if (keepsState && state is PickledDict attributes) Attributes = attributes;
    }
}
