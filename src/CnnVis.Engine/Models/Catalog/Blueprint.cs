using CnnVis.Engine.Graphs;
using CnnVis.Engine.Models.Weights;
using static TorchSharp.torch;

namespace CnnVis.Engine.Models.Catalog;

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

    /// <summary>The network with a weight file's numbers.</summary>
    /// <param name="weights">torchvision's state dict; stays the caller's.</param>
    /// <param name="optional">Tells names that the file may have beside the network's: those of auxiliary heads.</param>
    /// <param name="cancellation">Ends it between two tensors.</param>
    /// <exception cref="CnnVisException">Some are missing, unexpected, or of another shape.</exception>
    public Graph Build(StateDict weights, Func<string, bool>? optional = null, CancellationToken cancellation = default) => Build(new WeightNaming(weights, []), optional, cancellation);

    /// <inheritdoc cref="Build(StateDict, Func{string, bool}, CancellationToken)"/>
    internal Graph Build(WeightNaming weights, Func<string, bool>? optional = null, CancellationToken cancellation = default) =>
        Build(new FileParameters(WeightAssignment.Match(weights, Parameters.Where(p => p.Values is null).Select(p => (p.Name, p.Shape.ToArray())).ToArray(), optional)), cancellation);

    /// <summary>The network with its parameters from a source.</summary>
    /// <exception cref="CnnVisException">The source lacks one.</exception>
    public Graph Build(IParameterSource source, CancellationToken cancellation = default)
    {
        var parameters = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        try
        {
            foreach (ParameterSpecification parameter in Parameters)
                parameters[parameter.Name] = (parameter.Values is null ? Shaped(source.Get(parameter, cancellation), parameter) : Constant(parameter)).DetachFromDisposeScope();
            return new Graph(Input, [.. InputShape], Nodes, parameters, Output);
        }
        catch
        {
            foreach (Tensor parameter in parameters.Values) parameter.Dispose();
            throw;
        }
    }

    private static Tensor Shaped(Tensor tensor, ParameterSpecification parameter)
    {
        if (parameter.GraphShape == parameter.Shape) return tensor;
        using (tensor) return tensor.view([.. parameter.GraphShape]);
    }

    internal static Tensor Constant(ParameterSpecification parameter) => parameter.Values switch
    {
        long[] integers => tensor(integers, [.. parameter.Shape]),
        float[] numbers => tensor(numbers, [.. parameter.Shape]),
        _ => throw new ArgumentException($"'{parameter.Name}' is no constant.", nameof(parameter)),
    };
}
