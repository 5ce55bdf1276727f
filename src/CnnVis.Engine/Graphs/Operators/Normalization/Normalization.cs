using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Normalization;

/// <summary>Normalisations of [N, C, …] by the statistics of the input itself, with a scale and a bias for each channel.</summary>
public abstract class Normalization(OperatorAttributes attributes) : Operator(attributes, OperatorTraits.Normalizes)
{
    private readonly float _epsilon = attributes.Number("epsilon", 1e-5f);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        return nn.functional.group_norm(x, Groups(x.shape[1]), Required(inputs, 1), Required(inputs, 2), _epsilon);
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] x = Required(inputs, 0).Shape;
        if (x.Length < 3) throw Wrong($"takes an input of at least 3 dimensions; this one has {x.Length}.");
        if (x[1] % Groups(x[1]) != 0) throw Wrong($"has {x[1]} channels, which cannot be parted into {Groups(x[1])} groups.");
        for (int i = 1; i <= 2; i++)
            if (!Required(inputs, i).Shape.AsSpan().SequenceEqual([x[1]])) throw Wrong($"has {x[1]} channels, and scale or bias of the shape [{string.Join(", ", Required(inputs, i).Shape)}].");
        return [.. x];
    }

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs) => SpatialWindow.Across(Required(inputs, 0), [2, 3]);

    /// <summary>Groups of channels that share mean and variance.</summary>
    protected abstract long Groups(long channels);
}
