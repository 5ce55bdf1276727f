using static TorchSharp.torch;

namespace CnnVis.Engine.Synthesis.Regularizers;

/// <summary>What keeps pictures from being noise: a number that is subtracted from the score, or a change of the pixels after each step.</summary>
public interface IRegularizer
{
    /// <summary>What is subtracted from each picture's score, [N], differentiable; null for nothing.</summary>
    /// <param name="pixels">[N, C, H, W] in [0, 1].</param>
    Tensor? Penalty(Tensor pixels) => null;

    /// <summary>Whether it changes pixels, and so needs a parameterisation by pixels.</summary>
    bool ChangesPixels => false;

    /// <summary>The pixels after a step.</summary>
    /// <param name="pixels">[N, C, H, W].</param>
    /// <param name="gradient">Of the score at them, of the same shape.</param>
    /// <param name="step">Number of the step, from 1.</param>
    Tensor Change(Tensor pixels, Tensor gradient, int step) => pixels;
}
