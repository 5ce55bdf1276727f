using CnnVis.Engine.Graphs;
using static TorchSharp.torch;

namespace CnnVis.Engine.Models.Catalogue;

/// <summary>An architecture at one input size: its nodes, and what parameters they need. Nothing is allocated until it is built.</summary>
/// <param name="Input">Name of the value that comes from outside.</param>
/// <param name="InputShape">Its dimensions, with a batch of one.</param>
/// <param name="Nodes">The steps, in order.</param>
/// <param name="Parameters">What they need, in order, under torchvision's keys.</param>
/// <param name="Output">Name of the answer: one value a class, before Softmax.</param>
public sealed record Blueprint(string Input, IReadOnlyList<long> InputShape, IReadOnlyList<Node> Nodes, IReadOnlyList<ParameterSpecification> Parameters, string Output)
{
    /// <summary>Trained numbers.</summary>
    public long ParameterCount => Parameters.Where(p => p.IsTrained).Sum(p => p.Count);

    /// <summary>The network with its parameters from a source.</summary>
    /// <exception cref="CnnVisException">The source lacks one.</exception>
    public Graph Build(IParameterSource source)
    {
        var parameters = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        try
        {
            foreach (ParameterSpecification parameter in Parameters)
                parameters[parameter.Name] = (parameter.Values is null ? source.Get(parameter) : Constant(parameter)).DetachFromDisposeScope();
            return new Graph(Input, [.. InputShape], Nodes, parameters, Output);
        }
        catch
        {
            foreach (Tensor parameter in parameters.Values) parameter.Dispose();
            throw;
        }
    }

    internal static Tensor Constant(ParameterSpecification parameter) => parameter.Values switch
    {
        long[] integers => tensor(integers, [.. parameter.Shape]),
        float[] numbers => tensor(numbers, [.. parameter.Shape]),
        _ => throw new ArgumentException($"'{parameter.Name}' is no constant.", nameof(parameter)),
    };
}
