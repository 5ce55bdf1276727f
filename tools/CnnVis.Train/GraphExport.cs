using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;
using CnnVis.Engine.Graphs.Operators.Convolutions;
using CnnVis.Engine.Graphs.Operators.Pooling;
using CnnVis.Engine.Graphs.Operators.Products;
using CnnVis.Engine.Graphs.Operators.Shapes;
using CnnVis.Engine.Models;
using static TorchSharp.torch;

namespace CnnVis.Train;

/// <summary>Turns trained weights into the graph that the module runs: batch normalisation folded into the layer before it, dropout gone, layers named as in the papers.</summary>
internal static class GraphExport
{
    public static Network ToNetwork(TrainingNetwork trained, string name, IReadOnlyList<string> classes)
    {
        var state = trained.state_dict();
        var nodes = new List<Node>();
        var parameters = new Dictionary<string, Tensor>();
        string value = "image";
        int number = 0;
        foreach (TrainingNetwork.Stage stage in TrainingNetwork.Stages)
        {
            number++;
            AddFolded(stage.Name, state[$"{stage.Name}.weight"], stage.Name + "_norm");
            long half = stage.Kernel / 2;
            Append(stage.Name, new Conv(new OperatorAttributes(("kernel_shape", Pair(stage.Kernel)), ("strides", Pair(stage.Stride)), ("pads", new[] { half, half, half, half }))), $"{stage.Name}.weight", $"{stage.Name}.bias");
            Append($"relu{number}", OperatorCatalog.Create("Relu"));
            if (stage.Pool > 0) Append($"pool{number}", new MaxPool(new OperatorAttributes(("kernel_shape", Pair(stage.Pool)), ("strides", Pair(stage.PoolStride)))));
        }
        Append("flatten", new Flatten(new OperatorAttributes(("axis", 1L))));
        AddFolded("fc6", state["fc6.weight"], "fc6_norm");
        Connect("fc6");
        Append("relu6", OperatorCatalog.Create("Relu"));
        foreach (string layer in new[] { "fc7", "fc8" })
        {
            parameters[$"{layer}.weight"] = Kept(state[$"{layer}.weight"]);
            parameters[$"{layer}.bias"] = Kept(state[$"{layer}.bias"]);
            Connect(layer);
            if (layer == "fc7") Append("relu7", OperatorCatalog.Create("Relu"));
        }

        var graph = new Graph("image", [1, 3, ImageSet.Size, ImageSet.Size], nodes, parameters, value);
        return Network.Create(name, "trained", graph, new Dictionary<string, string>(), new ImportOptions
        {
            Classes = classes,
            Mean = TrainingNetwork.Mean,
            StandardDeviation = TrainingNetwork.Deviation,
            ResizeMode = ResizeMode.Crop,
            ResizeTo = ImageSet.Size,
        });

        void Append(string node, Operator @operator, params string[] weights)
        {
            nodes.Add(new Node(node, @operator, [value, .. weights], node));
            value = node;
        }

        void Connect(string layer) => Append(layer, new Gemm(new OperatorAttributes(("transB", 1L))), $"{layer}.weight", $"{layer}.bias");

        // w' = w · γ/√(σ² + ε), b' = β − μ · γ/√(σ² + ε)
        void AddFolded(string layer, Tensor weight, string norm)
        {
            using var scope = NewDisposeScope();
            Tensor gain = state[$"{norm}.weight"].to(ScalarType.Float64) / (state[$"{norm}.running_var"].to(ScalarType.Float64) + TrainingNetwork.BatchNormEpsilon).sqrt();
            Tensor shift = state[$"{norm}.bias"].to(ScalarType.Float64) - state[$"{norm}.running_mean"].to(ScalarType.Float64) * gain;
            parameters[$"{layer}.weight"] = Kept(weight.to(ScalarType.Float64) * gain.view([-1, .. Enumerable.Repeat(1L, (int)weight.dim() - 1)]));
            parameters[$"{layer}.bias"] = Kept(shift);
        }
    }

    private static Tensor Kept(Tensor tensor) => tensor.detach().to(ScalarType.Float32, copy: true).contiguous().DetachFromDisposeScope();

    private static long[] Pair(int extent) => [extent, extent];
}
