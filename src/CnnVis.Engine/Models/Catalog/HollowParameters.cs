using static TorchSharp.torch;

namespace CnnVis.Engine.Models.Catalog;

/// <summary>Parameters that have a shape and next to no memory: each is one zero, seen everywhere. For what can be told of a network without its weights.</summary>
internal sealed class HollowParameters : IParameterSource
{
    /// <inheritdoc/>
    public Tensor Get(ParameterSpecification parameter, CancellationToken cancellation)
    {
        using Tensor zero = zeros(1);
        return zero.expand([.. parameter.Shape]);
    }
}
