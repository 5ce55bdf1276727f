using System.Runtime.InteropServices;
using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models.Onnx;
using static TorchSharp.torch;
using DataType = CnnVis.Engine.Models.Onnx.TensorProto.Types.DataType;

namespace CnnVis.Engine.Tests.Conformance;

/// <summary>How a test ended.</summary>
internal enum Verdict { Passed, Refused, Disputed, Wrong, Crashed }

/// <summary>
/// Runs ONNX's tests at the level of graphs: the first input is the picture, the others are parameters of the network, and every output is asked for
/// alone. Numbers agree within ONNX's tolerances, a thousandth of the expected one and 1e-7.
/// </summary>
internal static class ConformanceRun
{
    private const double Relative = 1e-3, Absolute = 1e-7;

    /// <summary>Runs a test.</summary>
    /// <returns>How it ended, and why if it did not pass.</returns>
    public static (Verdict Verdict, string Reason) Run(ConformanceCase test)
    {
        try
        {
            foreach (var (inputs, outputs) in test.Sets())
                for (int i = 0; i < outputs.Length; i++)
                    if (Difference(test.Model(), inputs, i, TensorProto.Parser.ParseFrom(outputs[i])) is { } difference) return (test.IsDisputed ? Verdict.Disputed : Verdict.Wrong, $"output {i}: {difference}");
            return (Verdict.Passed, "");
        }
        catch (CnnVisException e)
        {
            return (e.ErrorId == ErrorIds.ComputationFailed ? Verdict.Crashed : Verdict.Refused, e.Message);
        }
        catch (Exception e)
        {
            return (Verdict.Crashed, $"{e.GetType().Name}: {e.Message.Split('\n')[0]} {e.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains("CnnVis"))?.Trim()}");
        }
    }

    private static string? Difference(ModelProto model, byte[][] inputs, int output, TensorProto expected)
    {
        using var scope = NewDisposeScope();
        GraphProto graph = model.Graph;
        if (graph.Input.Concat(graph.Output).Any(v => v.Type?.TensorType is null)) throw new CnnVisException(ErrorIds.OperatorNotSupported, "it takes or gives what is no tensor.");
        string[] named = [.. graph.Input.Select(i => i.Name).Except(graph.Initializer.Select(i => i.Name))];
        TensorProto[] given = [.. inputs.Select((bytes, i) => Named(bytes, graph.Input.First(v => v.Name == named[i])))];
        for (int i = 1; i < given.Length; i++) graph.Initializer.Add(given[i]);
        for (int i = graph.Input.Count - 1; i >= 0; i--)
            if (graph.Input[i].Name != named.FirstOrDefault()) graph.Input.RemoveAt(i);
        if (given.Length == 0) graph.Input.Add(OnnxWriter.Value("no picture", [1, 1, 1, 1]));
        else Settle(graph.Input[0], given[0]);

        ValueInfoProto asked = graph.Output[output];
        var type = (DataType)asked.Type.TensorType.ElemType;
        bool cut = type == DataType.Bfloat16 && expected.DataType == (int)DataType.Uint16; // as older data write it, whose bfloat16 are cut off, not rounded
        if (cut) expected.DataType = (int)type;
        graph.Output.Clear();
        graph.Output.Add(asked);
        if (graph.Initializer.Any(p => p.Name == asked.Name) || graph.Input[0].Name == asked.Name || given.Length == 0)
        {
            graph.Output[0] = new ValueInfoProto { Name = "the answer" };
            graph.Node.Add(new NodeProto { OpType = "Identity", Input = { asked.Name }, Output = { "the answer" } });
        }
        using Graph ours = OnnxReader.Convert(model).Graph;
        Tensor picture = given.Length > 0 ? OnnxTensors.Read(given[0]) : zeros(1, 1, 1, 1);
        Tensor answer = new ForwardWalk(ours, [ours.Output]).Run(picture)[0];
        return Difference(OnnxTensors.Read(expected), answer, cut ? 1.0 / 128 : Relative, quantised: type is DataType.Uint8 or DataType.Int8 or DataType.Uint16 or DataType.Int16 or DataType.Uint4 or DataType.Int4);
    }

    private static TensorProto Named(byte[] bytes, ValueInfoProto declared)
    {
        TensorProto tensor = TensorProto.Parser.ParseFrom(bytes);
        tensor.Name = declared.Name;
        if (declared.Type.TensorType.ElemType == (int)DataType.Bfloat16 && tensor.DataType == (int)DataType.Uint16) tensor.DataType = (int)DataType.Bfloat16;
        return tensor;
    }

    /// <summary>The input has the shape of its value.</summary>
    private static void Settle(ValueInfoProto input, TensorProto value)
    {
        input.Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = value.DataType, Shape = new TensorShapeProto() } };
        foreach (long extent in value.Dims) input.Type.TensorType.Shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = extent });
    }

    private static string? Difference(Tensor expected, Tensor got, double relative, bool quantised)
    {
        if (!expected.shape.AsSpan().SequenceEqual(got.shape)) return $"shape [{string.Join(", ", got.shape)}] where [{string.Join(", ", expected.shape)}] is right";
        // Quantised numbers are float32 here, so that a gradient passes.
        bool whole = expected.dtype == ScalarType.Int64 && got.dtype == ScalarType.Float32 && quantised;
        if (expected.dtype != got.dtype && !whole) return $"{got.dtype} where {expected.dtype} is right";
        double[] right = Numbers(expected), ours = Numbers(got);
        for (int i = 0; i < right.Length; i++)
            if (!ours[i].Equals(right[i]) && !(Math.Abs(ours[i] - right[i]) <= Absolute + relative * Math.Abs(right[i]))) return $"[{i}] is {ours[i]} where {right[i]} is right";
        return null;
    }

    private static double[] Numbers(Tensor tensor)
    {
        using Tensor wide = tensor.to(ScalarType.Float64).contiguous();
        return MemoryMarshal.Cast<byte, double>(wide.bytes).ToArray();
    }
}
