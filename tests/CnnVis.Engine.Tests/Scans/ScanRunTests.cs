using System.Text.Json;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Scans;
using CnnVis.Engine.Tests.Images;
using CnnVis.Engine.Tests.Retrieval;

namespace CnnVis.Engine.Tests.Scans;

public sealed class ScanRunTests : IDisposable
{
    private static readonly TimeSpan _never = TimeSpan.FromDays(1);
    private readonly TempFolder _folder = new();
    private readonly Network _network = RetrievalRun.Network();
    private readonly string[] _files;

    public ScanRunTests() => _files = [.. Enumerable.Range(0, 23).Select(i => i == 4 ? _folder.Add("04.png", "broken"u8) : _folder.Add($"{i:00}.png", Pictures.Png(Pictures.Noise(16, 16, seed: i))))];

    public void Dispose()
    {
        _network.Graph.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void WhatWasStoppedGoesOnAndSeesEachPictureOnce(int stopAfter)
    {
        var (whole, wholeState) = Run(new Checkpoint(_folder["whole"], _never));
        var checkpoint = new Checkpoint(_folder["part"], TimeSpan.Zero);
        var (_, half) = Run(checkpoint, stopAfter: stopAfter);
        Assert.False(half.IsComplete);
        var (rest, restState) = Run(checkpoint);
        Assert.Equal(whole.Seen, rest.Seen);
        Assert.Equal((wholeState.ListHash, 22L, 1L, true), (restState.ListHash, restState.ImageCount, restState.FailedCount, restState.IsComplete));
        Assert.Equal(File.ReadAllText(_folder["whole"]), File.ReadAllText(_folder["part"]));
    }

    [Fact]
    public void ShardsSeeEachPictureOnceAndMergeToTheWhole()
    {
        var parts = Enumerable.Range(1, 3).Select(i => Run(null, new Shard(i, 3))).ToArray();
        var (whole, state) = Run(null);
        Assert.Equal(whole.Seen.Order(), parts.SelectMany(p => p.Job.Seen).Order());
        ScanState merged = ScanState.Merge([.. parts.Select(p => p.State)]);
        Assert.Equal((1, state.ListHash, 22L, 1L), (merged.ShardCount, merged.ListHash, merged.ImageCount, merged.FailedCount));
        Assert.Equal([1, 3], ScanState.Merge([parts[2].State, parts[0].State]).Shards);
    }

    [Fact]
    public void ACheckpointIsWrittenAtOnceAtTheIntervalAndAtTheEnd()
    {
        Assert.Equal(2, Run(new Checkpoint(_folder["rare"], _never)).Job.Saved);
        Assert.Equal(2 + 6, Run(new Checkpoint(_folder["often"], TimeSpan.Zero)).Job.Saved); // 23 pictures in batches of 4
        Assert.Equal(0, Run(new Checkpoint(_folder["often"], TimeSpan.Zero)).Job.Saved); // nothing was left to do
    }

    [Fact]
    public void CancellingLeavesTheCheckpointAsItWas()
    {
        using var stop = new CancellationTokenSource();
        var checkpoint = new Checkpoint(_folder["stopped"], TimeSpan.Zero);
        Assert.Throws<OperationCanceledException>(() => Run(checkpoint, looked: seen =>
        {
            if (seen > 8) stop.Cancel();
        }, cancellation: stop.Token));
        Assert.Equal(Run(null).Job.Seen, Run(checkpoint).Job.Seen);
    }

    private (Gathered Job, ScanState State) Run(Checkpoint? checkpoint, Shard? shard = null, int stopAfter = int.MaxValue, Action<int>? looked = null, CancellationToken cancellation = default)
    {
        var job = new Gathered(looked);
        using var run = new ScanRun(job, shard ?? Shard.Whole, checkpoint);
        using var stream = new ImageStream(_network, 4, cancellation);
        foreach (ImageBatch batch in stream.Batches(_files.Select(f => new ImageSource(f)).Where(run.List)))
        {
            run.Add(batch, _ => { }, cancellation);
            if (--stopAfter == 0) return (job, run.State);
        }
        run.End();
        return (job, run.State);
    }

    /// <summary>Gathers the sums of pictures.</summary>
    private sealed class Gathered(Action<int>? looked) : IScanJob
    {
        public List<string> Seen { get; } = [];

        public int Saved { get; private set; }

        public void Look(ImageBatch batch, IReadOnlyList<ListedImage> images, CancellationToken cancellation)
        {
            for (int i = 0; i < images.Count; i++)
            {
                using var scope = TorchSharp.torch.NewDisposeScope();
                Seen.Add(FormattableString.Invariant($"{images[i].Index} {Path.GetFileName(images[i].Path)} {batch.Pixels![i].sum().item<float>():R}"));
            }
            looked?.Invoke(Seen.Count);
            cancellation.ThrowIfCancellationRequested();
        }

        public void Save(string file, ScanState state)
        {
            Saved++;
            File.WriteAllText(file, JsonSerializer.Serialize(new Kept([.. Seen], state)));
        }

        public ScanState Restore(string file)
        {
            Kept kept = JsonSerializer.Deserialize<Kept>(File.ReadAllText(file))!;
            Seen.AddRange(kept.Seen);
            return kept.State;
        }

        private sealed record Kept(string[] Seen, ScanState State);
    }
}
