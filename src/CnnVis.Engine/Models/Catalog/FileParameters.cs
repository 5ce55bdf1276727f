using static TorchSharp.torch;

namespace CnnVis.Engine.Models.Catalog;

/// <summary>Parameters that were found in a weight file and fit.</summary>
/// <param name="tensors">By name; each is taken once.</param>
internal sealed class FileParameters(IReadOnlyDictionary<string, Tensor> tensors) : IParameterSource
{
    /// <inheritdoc/>
    public Tensor Get(ParameterSpecification parameter, CancellationToken cancellation) => tensors[parameter.Name];
}
