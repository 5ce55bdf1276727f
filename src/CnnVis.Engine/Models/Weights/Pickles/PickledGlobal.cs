namespace CnnVis.Engine.Models.Weights.Pickles;

/// <summary>A name of Python's that a pickle may refer to, with what we do where Python would call it.</summary>
/// <param name="name">Module and name.</param>
/// <param name="call">Makes plain data of the arguments.</param>
internal sealed class PickledGlobal(string name, Func<object?[], object?> call)
{
    public string Name { get; } = name;

    public object? Call(object?[] arguments) => call(arguments);
}
