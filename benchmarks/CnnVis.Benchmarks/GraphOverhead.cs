using CnnVis.Engine.Graphs.Walks;
using static TorchSharp.torch;

namespace CnnVis.Benchmarks;

/// <summary>What our graph costs over the bare sequence of the same TorchSharp calls, batch 16 at 224×224.</summary>
internal static class GraphOverhead
{
    public static void Run()
    {
        foreach (var (name, net, rounds) in new (string, Func<Classics>, int)[] { ("AlexNet", Classics.AlexNet, 30), ("VGG-16", Classics.Vgg16, 7) })
        {
            using var inference = inference_mode();
            using var scope = NewDisposeScope();
            Classics classic = net();
            var graph = classic.Graph;
            var walk = new ForwardWalk(graph, [graph.Output]);
            Tensor input = rand(16, 3, 224, 224);
            var (graphSeconds, bareSeconds, ratio) = Paired.Run(rounds, () => walk.Run(input)[0].Dispose(), () => classic.Bare(input).Dispose());
            Report.Line(new { benchmark = "graph-overhead", network = name, batch = 16, graph_s = graphSeconds, bare_s = bareSeconds, ratio, limit = 1.03 });
        }
    }
}
