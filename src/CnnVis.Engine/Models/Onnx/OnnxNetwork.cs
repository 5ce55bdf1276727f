using CnnVis.Engine.Graphs;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>What an ONNX file holds.</summary>
/// <param name="Graph">The network; dimensions that the file leaves open are −1 in its input shape.</param>
/// <param name="Metadata">The file's <c>metadata_props</c>.</param>
public sealed record OnnxNetwork(Graph Graph, IReadOnlyDictionary<string, string> Metadata);
