using static TorchSharp.torch;

namespace CnnVis.Engine.Synthesis.Parameterizations;

/// <summary>The pixels themselves, kept within [0, 1].</summary>
public sealed class PixelParameterization : IParameterization
{
    /// <inheritdoc/>
    public Tensor Encode(Tensor pixels) => pixels.clamp(0, 1);

    /// <inheritdoc/>
    public Tensor Decode(Tensor variables) => variables.alias();

    /// <inheritdoc/>
    public Tensor Restrict(Tensor variables) => variables.clamp(0, 1);
}
