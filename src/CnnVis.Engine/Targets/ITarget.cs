using static TorchSharp.torch;

namespace CnnVis.Engine.Targets;

/// <summary>One number of a graph's value for each picture: what a map explains.</summary>
public interface ITarget
{
    /// <summary>Name of the graph's value.</summary>
    string Value { get; }

    /// <summary>Which number it is, for each picture: the place in the picture's share of the value, row by row.</summary>
    /// <param name="value">[N, …].</param>
    /// <returns>[N], int64.</returns>
    Tensor Choose(Tensor value);
}
