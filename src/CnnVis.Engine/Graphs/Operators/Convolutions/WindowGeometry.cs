namespace CnnVis.Engine.Graphs.Operators.Convolutions;

/// <summary>
/// Stride, dilation and padding of a sliding window over one to three axes, as Conv, ConvTranspose and the pools share them. ONNX gives padding
/// as all beginnings, then all ends, or by <c>auto_pad</c>.
/// </summary>
internal sealed class WindowGeometry
{
    private readonly string _type;
    private readonly long[]? _strides, _dilations, _pads;
    private readonly bool _ceil;

    /// <param name="type">The operator, for messages.</param>
    /// <param name="attributes">auto_pad, ceil_mode, dilations, pads, strides.</param>
    /// <exception cref="CnnVisException">An attribute makes no sense.</exception>
    public WindowGeometry(string type, OperatorAttributes attributes)
    {
        _type = type;
        AutoPad = attributes.OneOf("auto_pad", "NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID");
        _strides = Checked(attributes, "strides", 1);
        _dilations = Checked(attributes, "dilations", 1);
        _pads = Checked(attributes, "pads", 0);
        Kernel = Checked(attributes, "kernel_shape", 1);
        _ceil = attributes.Integer("ceil_mode", 0) != 0;
    }

    /// <summary>NOTSET, SAME_UPPER, SAME_LOWER or VALID.</summary>
    public string AutoPad { get; }

    /// <summary>The attribute <c>kernel_shape</c>, where there is one.</summary>
    public long[]? Kernel { get; }

    public long[] Strides(int axes) => PerAxis(_strides, "strides", axes);

    public long[] Dilations(int axes) => PerAxis(_dilations, "dilations", axes);

    /// <summary>The attribute <c>pads</c>, before and after each axis; zeros where it is absent or <c>auto_pad</c> rules.</summary>
    public (long[] Before, long[] After) Pads(int axes)
    {
        if (_pads is null || AutoPad != "NOTSET") return (new long[axes], new long[axes]);
        return _pads.Length == 2 * axes ? (_pads[..axes], _pads[axes..]) : throw WrongLength("pads", 2 * axes, _pads);
    }

    /// <summary>The windows over an input.</summary>
    /// <param name="extents">Of the input, by axis.</param>
    /// <param name="kernel">Of the window, by axis.</param>
    /// <exception cref="CnnVisException">They do not fit.</exception>
    public WindowPlacement Place(ReadOnlySpan<long> extents, ReadOnlySpan<long> kernel)
    {
        int axes = kernel.Length;
        if (extents.Length != axes || axes is not (1 or 2 or 3))
            throw new CnnVisException(ErrorIds.OperatorNotSupported, $"{_type} with a window of {axes} axes over an input of {extents.Length} is not supported; one to three axes are.", _type);
        if (Kernel is not null && !kernel.SequenceEqual(Kernel))
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"{_type} says a window of [{string.Join(", ", Kernel)}], and its weights have [{string.Join(", ", kernel.ToArray())}].", _type);
        long[] strides = Strides(axes), dilations = Dilations(axes), outputs = new long[axes];
        var (before, after) = Pads(axes);
        double positions = 1;
        for (int i = 0; i < axes; i++)
        {
            long window = dilations[i] * (kernel[i] - 1) + 1;
            if (AutoPad.StartsWith("SAME", StringComparison.Ordinal))
            {
                long total = Math.Max(0, ((extents[i] + strides[i] - 1) / strides[i] - 1) * strides[i] + window - extents[i]);
                before[i] = AutoPad == "SAME_UPPER" ? total / 2 : total - total / 2;
                after[i] = total - before[i];
            }
            long padded = extents[i] + before[i] + after[i];
            if (padded < window)
                throw new CnnVisException(ErrorIds.ModelUnreadable, $"{_type} has a window of {window}, which does not fit into {padded} positions; the input is too small for this network.", _type);
            outputs[i] = _ceil ? CeilOutputs(padded, window, strides[i], extents[i] + before[i]) : (padded - window) / strides[i] + 1;
            positions *= padded;
        }
        if (positions > WindowPlacement.MostPositions)
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"{_type} pads its input of [{string.Join(", ", extents.ToArray())}] by [{string.Join(", ", before)}] and [{string.Join(", ", after)}], which is too much.", _type);
        return new WindowPlacement(extents.ToArray(), kernel.ToArray(), strides, dilations, before, after, outputs);
    }

    /// <summary>As PyTorch, OnnxRuntime and ONNX (opset 22) have it: a last window that starts in the padding behind the input is dropped.</summary>
    private static long CeilOutputs(long padded, long window, long stride, long end)
    {
        long outputs = (padded - window + stride - 1) / stride + 1;
        return (outputs - 1) * stride >= end ? outputs - 1 : outputs;
    }

    private long[]? Checked(OperatorAttributes attributes, string name, long least)
    {
        long[]? values = attributes.Integers(name);
        return values is null || values.All(v => v >= least && v <= int.MaxValue) ? values
            : throw new CnnVisException(ErrorIds.ModelUnreadable, $"{_type} has the {name} [{string.Join(", ", values)}]; numbers from {least} to {int.MaxValue} belong there.", _type);
    }

    private long[] PerAxis(long[]? values, string name, int axes) => values is null ? [.. Enumerable.Repeat(1L, axes)]
        : values.Length == axes ? values
        : throw WrongLength(name, axes, values);

    private CnnVisException WrongLength(string name, int expected, long[] values) =>
        new(ErrorIds.ModelUnreadable, $"{_type} has the {name} [{string.Join(", ", values)}] where {expected} numbers belong.", _type);
}
