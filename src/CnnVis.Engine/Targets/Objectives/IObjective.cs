using static TorchSharp.torch;

namespace CnnVis.Engine.Targets.Objectives;

/// <summary>One number for each picture, to be raised.</summary>
public interface IObjective
{
    /// <summary>Names of the graph's values that it looks at.</summary>
    IReadOnlyList<string> Values { get; }

    /// <summary>Whether a picture's score depends on the others that share this objective.</summary>
    bool ComparesPictures => false;

    /// <summary>The scores of pictures that share this objective: [N].</summary>
    /// <param name="values">The values of <see cref="Values"/>, in their order, each [N, …]; autograd is recording.</param>
    Tensor Score(IReadOnlyList<Tensor> values);
}
