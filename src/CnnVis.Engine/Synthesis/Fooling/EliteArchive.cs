using CnnVis.Engine.Models;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Synthesis.Fooling;

/// <summary>
/// MAP-Elites over classes (Mouret and Clune; Nguyen, Yosinski and Clune 2014, section 2.3): for every class the best picture so far. Each generation, children of random ones of them are shown to the
/// network, and each takes the place of whatever it is better than.
/// </summary>
internal sealed class EliteArchive
{
    private readonly Network _network;
    private readonly int[] _classes;

    /// <param name="network">Whom to ask.</param>
    /// <param name="classes">Output indices.</param>
    public EliteArchive(Network network, IReadOnlyList<int> classes)
    {
        (_network, _classes) = (network, [.. classes]);
        (Champions, Confidences, Pictures, Generations, Evaluations) = (new IGenome?[_classes.Length], new float[_classes.Length], new float[_classes.Length][], new int[_classes.Length], new long[_classes.Length]);
        Array.Fill(Confidences, -1);
    }

    /// <summary>For each class the best.</summary>
    public IGenome?[] Champions { get; }

    /// <summary>For each class the best's probability.</summary>
    public float[] Confidences { get; }

    /// <summary>For each class the best's picture.</summary>
    public float[][] Pictures { get; }

    /// <summary>For each class the generation that the best came in.</summary>
    public int[] Generations { get; }

    /// <summary>For each class how many pictures had been shown by then.</summary>
    public long[] Evaluations { get; }

    /// <summary>Pictures shown so far.</summary>
    public long Shown { get; private set; }

    /// <summary>Shows genomes to the network.</summary>
    public void Show(IReadOnlyList<IGenome> genomes, int generation, CancellationToken cancellation)
    {
        float[][] pictures = new float[genomes.Count][];
        Parallel.For(0, genomes.Count, new ParallelOptions { CancellationToken = cancellation }, i => pictures[i] = genomes[i].Render());
        float[] probabilities = Probabilities(pictures, cancellation); // [N, classes]
        int all = _network.Classes.Count;
        Shown += genomes.Count;
        for (int i = 0; i < genomes.Count; i++)
            for (int c = 0; c < _classes.Length; c++)
                if (probabilities[i * all + _classes[c]] is var probability && probability > Confidences[c])
                    (Champions[c], Confidences[c], Pictures[c], Generations[c], Evaluations[c]) = (genomes[i], probability, pictures[i], generation, Shown);
    }

    private float[] Probabilities(float[][] pictures, CancellationToken cancellation)
    {
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        return _network.Forward(PictureScores.Stack(_network, pictures), [_network.Answers.Probabilities], cancellation)[0].flatten(1).ToFloats();
    }
}
