using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using static TorchSharp.torch;

namespace CnnVis.Benchmarks;

/// <summary>What a gradient map costs over plain TorchSharp autograd of the same calls: one forward pass and a backward pass to the input alone, batch 16 at 224×224.</summary>
internal static class GradientMap
{
    public static void Run()
    {
        foreach (var (name, net, rounds) in new (string, Func<Classics>, int)[] { ("AlexNet", Classics.AlexNet, 15), ("VGG-16", Classics.Vgg16, 3) })
        {
            using var scope = NewDisposeScope();
            Classics classic = net();
            Graph graph = classic.Graph;
            var walk = new BackwardWalk(graph, [graph.Output], [graph.Input]);
            Tensor input = rand(16, 3, 224, 224);
            var (walkSeconds, plainSeconds, ratio) = Paired.Run(rounds, () => Walk(walk, input), () => Plain(classic, input));
            Report.Line(new { benchmark = "gradient-map", network = name, batch = 16, walk_s = walkSeconds, plain_s = plainSeconds, ratio, limit = 1.1 });
        }
    }

    /// <summary>As Get-SaliencyMap does it: the most probable class of each picture.</summary>
    private static void Walk(BackwardWalk walk, Tensor input)
    {
        using var scope = NewDisposeScope();
        using BackwardPass pass = walk.Run(input);
        Tensor scores = pass.Head(0).detach(), best = scores.argmax(1, keepdim: true);
        pass.Backward([zeros_like(scores).scatter_(1, best, ones_like(best, dtype: ScalarType.Float32))]);
    }

    private static void Plain(Classics classic, Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor x = input.detach().requires_grad_(true), scores = classic.Bare(x);
        autograd.grad([scores.amax(1).sum()], [x]);
    }
}
