namespace CnnVis.Engine.Graphs.Operators;

/// <summary>
/// Kernel, stride, dilation and padding of a sliding window over one or two axes, as Conv and the pools share them. ONNX gives padding as all
/// beginnings, then all ends, or by <c>auto_pad</c>.
/// </summary>
internal sealed class WindowGeometry
{
    private readonly OperatorAttributes _attributes;
    private readonly string _autoPad;

    public WindowGeometry(OperatorAttributes attributes)
    {
        _attributes = attributes;
        _autoPad = attributes.Text("auto_pad", "NOTSET");
        CeilMode = attributes.Integer("ceil_mode", 0) != 0;
    }

    public bool CeilMode { get; }

    public long[] Strides(int axes) => _attributes.Integers("strides") ?? Ones(axes);

    public long[] Dilations(int axes) => _attributes.Integers("dilations") ?? Ones(axes);

    /// <summary>Padding before and after each axis of an input of the given extents.</summary>
    public (long[] Before, long[] After) Padding(ReadOnlySpan<long> extents, ReadOnlySpan<long> kernel)
    {
        int axes = kernel.Length;
        long[] before = new long[axes], after = new long[axes];
        if (_autoPad is "SAME_UPPER" or "SAME_LOWER")
        {
            long[] strides = Strides(axes), dilations = Dilations(axes);
            for (int i = 0; i < axes; i++)
            {
                long window = dilations[i] * (kernel[i] - 1) + 1, outputs = (extents[i] + strides[i] - 1) / strides[i];
                long total = Math.Max(0, (outputs - 1) * strides[i] + window - extents[i]);
                before[i] = _autoPad == "SAME_UPPER" ? total / 2 : total - total / 2;
                after[i] = total - before[i];
            }
        }
        else if (_attributes.Integers("pads") is { } pads && _autoPad != "VALID")
        {
            for (int i = 0; i < axes; i++) (before[i], after[i]) = (pads[i], pads[axes + i]);
        }
        return (before, after);
    }

    /// <summary>Outputs along each axis.</summary>
    public long[] Outputs(ReadOnlySpan<long> extents, ReadOnlySpan<long> kernel)
    {
        long[] strides = Strides(kernel.Length), dilations = Dilations(kernel.Length), outputs = new long[kernel.Length];
        var (before, after) = Padding(extents, kernel);
        for (int i = 0; i < outputs.Length; i++)
        {
            long padded = extents[i] + before[i] + after[i], window = dilations[i] * (kernel[i] - 1) + 1;
            if (padded < window)
                throw new CnnVisException(ErrorIds.ModelUnreadable, $"A window of {window} does not fit into {padded} positions; the input is too small for this network.", window);
            outputs[i] = CeilMode ? CeilOutputs(padded, window, strides[i], extents[i] + before[i]) : (padded - window) / strides[i] + 1;
        }
        return outputs;
    }

    /// <summary>As PyTorch and ONNX (opset 22) have it: a last window that starts in the padding behind the input is dropped.</summary>
    private static long CeilOutputs(long padded, long window, long stride, long end)
    {
        long outputs = (padded - window + stride - 1) / stride + 1;
        return (outputs - 1) * stride >= end ? outputs - 1 : outputs;
    }

    /// <summary>The same as a <see cref="SpatialWindow"/>; one-axis inputs have columns only.</summary>
    public SpatialWindow Window(ReadOnlySpan<long> extents, ReadOnlySpan<long> kernel)
    {
        long[] strides = Strides(kernel.Length), dilations = Dilations(kernel.Length), before = Padding(extents, kernel).Before, size = kernel.ToArray();
        WindowAxis Axis(int i) => new(dilations[i] * (size[i] - 1) + 1, strides[i], before[i]);
        return kernel.Length == 1 ? new SpatialWindow(WindowAxis.Pointwise, Axis(0)) : new SpatialWindow(Axis(0), Axis(1));
    }

    private static long[] Ones(int axes) => [.. Enumerable.Repeat(1L, axes)];
}
