using static TorchSharp.torch;

namespace CnnVis.Engine.Models.Catalog;

/// <summary>Where a network's numbers come from: chance, or a file.</summary>
public interface IParameterSource
{
    /// <summary>A new float32 tensor of the specified shape, which becomes the graph's. Asked once a parameter, in the architecture's order; never for a constant.</summary>
    /// <exception cref="CnnVisException">The source has none, or one of another shape.</exception>
    Tensor Get(ParameterSpecification parameter, CancellationToken cancellation);
}
