using CnnVis.Engine.Models.Catalog;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models.Catalog;

/// <summary>Shapes without memory, for what is known before anything runs.</summary>
internal sealed class HollowParameters : IParameterSource
{
    public Tensor Get(ParameterSpecification parameter, CancellationToken cancellation) => zeros(1).expand([.. parameter.Shape]);
}
