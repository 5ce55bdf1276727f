using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Targets.Objectives;

namespace CnnVis.Engine.Synthesis.ClassImages;

/// <summary>The best that real pictures reach for objectives.</summary>
public sealed class ReferenceScores
{
    private readonly Network _network;
    private readonly IObjective[] _objectives;
    private readonly float[] _largest;
    private readonly string?[] _paths;

    private ReferenceScores(Network network, IReadOnlyList<IObjective> objectives)
    {
        (_network, _objectives, _largest, _paths) = (network, [.. objectives], new float[objectives.Count], new string?[objectives.Count]);
        Array.Fill(_largest, float.NegativeInfinity);
    }

    /// <summary>Shows a network real pictures.</summary>
    /// <param name="network">The network.</param>
    /// <param name="objectives">The objectives.</param>
    /// <param name="files">The pictures.</param>
    /// <param name="batchSize">Pictures computed at a time.</param>
    /// <param name="failed">Takes the errors of those that cannot be read.</param>
    /// <param name="progress">Gets how many were shown.</param>
    /// <param name="cancellation">Ends it.</param>
    public static ReferenceScores Of(Network network, IReadOnlyList<IObjective> objectives, IReadOnlyList<string> files, int batchSize, Action<CnnVisException> failed, Action<int>? progress, CancellationToken cancellation)
    {
        var scores = new ReferenceScores(network, objectives);
        using var stream = new ImageStream(network, batchSize, cancellation);
        int shown = 0;
        foreach (ImageBatch batch in stream.Batches(files.Select(f => new ImageSource(f))))
        {
            batch.InOrder(failed, (_, _) => { });
            scores.Add(batch, cancellation);
            progress?.Invoke(shown += batch.Count);
        }
        return scores;
    }

    /// <summary>The largest score of an objective, and the picture's file; null where there was none.</summary>
    public (float Score, string Path)? this[int objective] => _paths[objective] is { } path ? (_largest[objective], path) : null;

    private void Add(ImageBatch batch, CancellationToken cancellation)
    {
        if (batch.Pixels is not { } pixels) return;
        for (int o = 0; o < _objectives.Length; o++)
        {
            float[] scores = PictureScores.Of(_network, pixels, [.. Enumerable.Repeat(_objectives[o], batch.Readable.Count)], cancellation).Scores;
            for (int i = 0; i < scores.Length; i++)
                if (scores[i] > _largest[o]) (_largest[o], _paths[o]) = (scores[i], batch.Readable[i].Path);
        }
    }
}
