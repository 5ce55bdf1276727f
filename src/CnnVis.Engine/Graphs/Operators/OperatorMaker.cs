namespace CnnVis.Engine.Graphs.Operators;

/// <summary>Makes an operator of ONNX's name and a node's attributes: what a row of a table of operators holds.</summary>
internal delegate Operator OperatorMaker(string type, OperatorAttributes attributes);
