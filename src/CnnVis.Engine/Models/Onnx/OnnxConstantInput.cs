using CnnVis.Engine.Graphs;
using static TorchSharp.torch;
using DataType = CnnVis.Engine.Models.Onnx.TensorProto.Types.DataType;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>Makes a parameter of an input that the user gives a value.</summary>
internal static class OnnxConstantInput
{
    /// <summary>The most numbers that one number fills.</summary>
    private const long MostValues = 1 << 24;

    /// <summary>Changes the graph in place.</summary>
    /// <exception cref="CnnVisException">There is no such input, or the value does not have its shape (InvalidArgument).</exception>
    public static void Fix(GraphProto graph, InputConstant constant)
    {
        ValueInfoProto input = graph.Input.FirstOrDefault(i => i.Name == constant.Name)
            ?? throw Wrong(constant, $"it has no input '{constant.Name}' that could be given a value. Its inputs are {string.Join(", ", graph.Input.Select(i => i.Name))}.");
        long[]? declared = OnnxInput.Extents(input);
        long[] shape = [.. constant.Shape ?? declared?.Select(d => d > 0 ? d : 1) ?? []];
        if (declared is not null && (declared.Length != shape.Length || declared.Where((d, i) => d > 0 && d != shape[i]).Any()))
            throw Wrong(constant, $"its input '{constant.Name}' is [{string.Join(", ", declared.Select(d => d > 0 ? $"{d}" : "?"))}], and the value given is [{string.Join(", ", shape)}].");
        if (constant.Shape is null && shape.Aggregate(1.0, (a, b) => a * b) > MostValues) throw Wrong(constant, $"its input '{constant.Name}' has more values than one number may fill; give it an array (.npy).");
        long count = Extents.Count(shape);
        if (constant.Values.Count != count && (constant.Shape is not null || constant.Values.Count != 1))
            throw Wrong(constant, $"its input '{constant.Name}' is [{string.Join(", ", declared?.Select(d => d > 0 ? $"{d}" : "?") ?? ["?"])}], and {constant.Values.Count} values are given.");
        using var scope = NewDisposeScope();
        Tensor values = tensor([.. constant.Values], ScalarType.Float64);
        values = (constant.Values.Count == 1 ? values.expand(shape) : values.reshape(shape)).to((DataType)(input.Type?.TensorType?.ElemType ?? 0) switch
        {
            DataType.Bool => ScalarType.Bool,
            DataType.Int8 or DataType.Int16 or DataType.Int32 or DataType.Int64 or DataType.Uint8 or DataType.Uint16 or DataType.Uint32 or DataType.Uint64 => ScalarType.Int64,
            _ => ScalarType.Float32,
        }).contiguous();
        graph.Input.Remove(input);
        foreach (TensorProto usual in graph.Initializer.Where(i => i.Name == constant.Name).ToArray()) graph.Initializer.Remove(usual);
        graph.Initializer.Add(new OnnxTensorContent(constant.Name, values, half: false).ToMessage());
    }

    private static CnnVisException Wrong(InputConstant constant, string what) => new(ErrorIds.InvalidArgument, what, constant.Name);
}
