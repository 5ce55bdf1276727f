using static TorchSharp.torch;

namespace CnnVis.Engine.Optimization;

/// <summary>What is to be lowered.</summary>
public interface IProblem
{
    /// <summary>Losses and their gradient at variables; the caller's to dispose.</summary>
    Evaluation At(Tensor variables);

    /// <summary>The nearest variables that are allowed.</summary>
    Tensor Restrict(Tensor variables);
}
