using CnnVis.Engine.Graphs.Operators.Convolutions;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Pooling;

/// <summary>Operators that make one number of each window of each map: input [N, C, (H,) W].</summary>
public abstract class Pool : Operator
{
    private readonly WindowGeometry _geometry;
    private readonly long[] _kernel;

    /// <param name="attributes">auto_pad, ceil_mode, dilations, kernel_shape, pads, strides.</param>
    /// <param name="traits">Beside that it pools.</param>
    protected Pool(OperatorAttributes attributes, OperatorTraits traits = OperatorTraits.None) : base(attributes, traits | OperatorTraits.Pools)
    {
        _geometry = new WindowGeometry(Type, attributes);
        _kernel = _geometry.Kernel ?? throw Wrong("lacks its attribute 'kernel_shape'.");
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        return Apply(x, _geometry.Place(x.shape.AsSpan(2), _kernel));
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] x = Required(inputs, 0).Shape;
        if (x.Length < 3) throw Wrong($"takes an input of at least 3 dimensions; this one has {x.Length}.");
        WindowPlacement windows = _geometry.Place(x.AsSpan(2), _kernel);
        for (int i = 0; i < _kernel.Length; i++)
            if (Math.Max(windows.Before[i], windows.After[i]) >= windows.Span(i)) throw Wrong($"has windows of {windows.Span(i)} that lie wholly in a padding of {Math.Max(windows.Before[i], windows.After[i])}.");
        return [x[0], x[1], .. windows.Outputs];
    }

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs) => Windows(inputs).Window();

    /// <summary>The windows over an input.</summary>
    internal WindowPlacement Windows(Operand?[] inputs) => _geometry.Place(Required(inputs, 0).Shape.AsSpan(2), _kernel);

    /// <summary>Whether libtorch's own pools can do it: two axes, both sides padded alike by half the window at most.</summary>
    private protected static bool Native(WindowPlacement windows) =>
        windows.Kernel.Length == 2 && windows.Symmetric && windows.Before.Zip(windows.Kernel).All(p => p.First * 2 <= p.Second);

    /// <summary>The function.</summary>
    private protected abstract Tensor Apply(Tensor x, WindowPlacement windows);
}
