using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Walks;

/// <summary>What is known of a graph's values before anything runs, for one size of the batch: shapes, and the values of shape arithmetic.</summary>
internal sealed class StaticValues : IDisposable
{
    /// <summary>More elements than this are not worked out before they are needed: no shape arithmetic has so many.</summary>
    private const long ValueLimit = 1 << 16;

    /// <summary>Elements of all values together that may still be worked out, so that no file costs much more than its size.</summary>
    private long _left = 1 << 22;

    private readonly Dictionary<string, long[]> _shapes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long[]> _parameterShapes = new(StringComparer.Ordinal); // each asked of libtorch once
    private readonly Dictionary<string, Tensor> _values = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, Tensor> _parameters;
    private readonly bool _lenient;

    /// <param name="input">Name of the graph's input.</param>
    /// <param name="shape">Its shape, with the batch.</param>
    /// <param name="parameters">Known values; read when they are asked for.</param>
    /// <param name="lenient">Whether shapes may stay unknown that only a run tells, as where it counts what a picture has.</param>
    public StaticValues(string input, long[] shape, IReadOnlyDictionary<string, Tensor> parameters, bool lenient = false)
    {
        (_parameters, _lenient) = (parameters, lenient);
        _shapes[input] = shape;
    }

    /// <summary>Works out what is known of a node's output.</summary>
    /// <exception cref="CnnVisException">Shapes do not fit together; the message names the node.</exception>
    public void Add(Node node)
    {
        try
        {
            Operand?[] operands = [.. node.Inputs.Select(Known)];
            long[] shape = Extents.Checked(node.Operator.Shape(operands), node.Operator.Type);
            if (Extents.Count(shape) <= Math.Min(ValueLimit, _left) && Array.TrueForAll(operands, o => o is not { Constant: { } value } || value.NumberOfElements <= ValueLimit))
            {
                using var scope = NewDisposeScope();
                if (node.Operator.Value(operands)?.contiguous() is { } value)
                {
                    _values[node.Output] = value.DetachFromDisposeScope();
                    _left -= value.NumberOfElements;
                }
            }
            _shapes[node.Output] = shape;
        }
        catch (CnnVisException e) when (_lenient && e.ErrorId == ErrorIds.OperatorNotSupported)
        {
            // Known when it runs.
        }
        catch (Exception e) when (e is CnnVisException || OperatorFailure.Is(e))
        {
            string id = (e as CnnVisException)?.ErrorId ?? ErrorIds.ModelUnreadable;
            throw new CnnVisException(id, $"At '{node.Name}': {(e is CnnVisException ? e.Message : OperatorFailure.Reason(e))}", node.Name, e);
        }
    }

    /// <summary>Shape of a value, or null where it is not known.</summary>
    public long[]? Shape(string value)
    {
        if (_shapes.TryGetValue(value, out long[]? shape) || _parameterShapes.TryGetValue(value, out shape)) return shape;
        return _parameters.TryGetValue(value, out Tensor? parameter) ? _parameterShapes[value] = parameter.shape : null;
    }

    /// <summary>A value, or null where it is not known. It stays this object's.</summary>
    public Tensor? Value(string value) => _parameters.TryGetValue(value, out Tensor? parameter) ? parameter : _values.GetValueOrDefault(value);

    /// <summary>What is known of a node's input; null for one left out.</summary>
    /// <exception cref="CnnVisException">Nothing is known of it.</exception>
    public Operand? Known(string value) => value.Length == 0 ? null
        : new Operand(Shape(value) ?? throw new CnnVisException(ErrorIds.OperatorNotSupported, $"The shape of '{value}' is not known.", value), Value(value));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor value in _values.Values) value.Dispose();
    }
}
