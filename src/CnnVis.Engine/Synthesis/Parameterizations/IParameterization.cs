using static TorchSharp.torch;

namespace CnnVis.Engine.Synthesis.Parameterizations;

/// <summary>What is really moved when a picture is: its pixels, or numbers that make them.</summary>
public interface IParameterization
{
    /// <summary>Numbers, [N, …], that make pictures.</summary>
    /// <param name="pixels">[N, C, H, W] in [0, 1].</param>
    Tensor Encode(Tensor pixels);

    /// <summary>The pictures, [N, C, H, W] in [0, 1], differentiable.</summary>
    Tensor Decode(Tensor variables);

    /// <summary>Random numbers to begin with, about those given: one generator a picture, so that a picture is the same in any batch.</summary>
    /// <param name="variables">[N, …].</param>
    /// <param name="seeds">One a picture.</param>
    /// <param name="deviation">How far from the given ones.</param>
    Tensor Scatter(Tensor variables, IReadOnlyList<int> seeds, double deviation)
    {
        Tensor[] noise = [.. seeds.Select(s =>
        {
            using var random = new Generator((ulong)s, CPU);
            return randn(variables.shape[1..], generator: random).to(variables.device);
        })];
        return Restrict(variables + stack(noise) * deviation);
    }

    /// <summary>The nearest numbers that make pictures.</summary>
    Tensor Restrict(Tensor variables) => variables;
}
