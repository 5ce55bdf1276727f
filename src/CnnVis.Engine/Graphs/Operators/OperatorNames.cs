namespace CnnVis.Engine.Graphs.Operators;

/// <summary>ONNX's names of those operators of the tables that the engine writes or asks for by name.</summary>
public static class OperatorNames
{
#pragma warning disable CS1591 // they say what they are
    public const string Relu = "Relu", Sigmoid = "Sigmoid", HardSigmoid = "HardSigmoid", HardSwish = "HardSwish", Gelu = "Gelu";
    public const string Softmax = "Softmax", LogSoftmax = "LogSoftmax";
    public const string Add = "Add", Sub = "Sub", Mul = "Mul", Div = "Div", Exp = "Exp";
    public const string ReduceMean = "ReduceMean";
#pragma warning restore CS1591
}
