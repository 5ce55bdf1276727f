using static TorchSharp.torch;

namespace CnnVis.Engine.Optimization;

/// <summary>Lowers the losses of pictures, each for itself. Holds what it remembers of a run; one a run.</summary>
public interface IOptimizer : IDisposable
{
    /// <summary>One step.</summary>
    /// <param name="variables">[N, …]; stays as it is.</param>
    /// <param name="here">Losses and gradient there.</param>
    /// <param name="problem">Gives losses elsewhere, and keeps variables in their bounds.</param>
    /// <returns>The new variables, and their evaluation where it was made.</returns>
    (Tensor Variables, Evaluation? Evaluation) Step(Tensor variables, Evaluation here, IProblem problem);

    /// <summary>Goes on with some of the pictures; forgets the others.</summary>
    /// <param name="rows">Which, as they are now: int64 [M].</param>
    void Keep(Tensor rows);
}
