using static TorchSharp.torch;

namespace CnnVis.Engine.Targets;

/// <summary>A number that a user named (<see cref="CnnTarget"/>).</summary>
/// <param name="Value">Name of the value that holds it alone, [N, 1].</param>
/// <param name="Number">Which of those that were named together.</param>
public sealed record NumberTarget(string Value, int Number) : ITarget
{
    /// <inheritdoc/>
    public Tensor Choose(Tensor value) => zeros([value.shape[0]], ScalarType.Int64, value.device);
}
