using CnnVis.Engine.Graphs;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>What an ONNX file holds.</summary>
/// <param name="Graph">The network; dimensions that the file leaves open are −1 in its input shape.</param>
/// <param name="Metadata">The file's <c>metadata_props</c>.</param>
/// <param name="ValueRange">The range of pixels that the number format of the file's input tells (bytes are 0 to 255); null where it tells none.</param>
public sealed record OnnxNetwork(Graph Graph, IReadOnlyDictionary<string, string> Metadata, PixelRange? ValueRange = null);
