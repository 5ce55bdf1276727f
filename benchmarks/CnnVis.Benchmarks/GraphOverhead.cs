using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models.Catalog;
using static TorchSharp.torch;

namespace CnnVis.Benchmarks;

/// <summary>What our graph costs over the bare sequence of the same TorchSharp calls, batch 16 at 224×224.</summary>
internal static class GraphOverhead
{
    public static void Run()
    {
        foreach (var (name, net, rounds) in new (string, Func<Classics>, int)[] { ("AlexNet", Classics.AlexNet, 30), ("VGG-16", Classics.Vgg16, 7) })
        {
            using var scope = NewDisposeScope();
            Classics classic = net();
            Compare(name, classic.Graph, classic.Bare, rounds);
        }
        using Graph resNet = NetworkCatalog.Find("resnet50")!.BuildRandom(1);
        Compare("ResNet-50", resNet, new BareResNet50(resNet.Parameters).Run, 15);
    }

    private static void Compare(string name, Graph graph, Func<Tensor, Tensor> bare, int rounds)
    {
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        var walk = new ForwardWalk(graph, [graph.Output]);
        Tensor input = rand(16, 3, 224, 224);
        var (graphSeconds, bareSeconds, ratio) = Paired.Run(rounds, () => walk.Run(input)[0].Dispose(), () => bare(input).Dispose());
        Report.Line(new { benchmark = "graph-overhead", network = name, batch = 16, graph_s = graphSeconds, bare_s = bareSeconds, ratio, limit = 1.03 });
    }
}
