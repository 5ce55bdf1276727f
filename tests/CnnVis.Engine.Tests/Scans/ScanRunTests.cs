using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Scans;
using CnnVis.Engine.Tests.Retrieval;

namespace CnnVis.Engine.Tests.Scans;

/// <summary>Beside no other test, because the memory of the whole process is looked at.</summary>
[Collection(nameof(OwnershipTests))]
public sealed class ScanRunTests : IDisposable
{
    private const int Pictures = 23, Broken = 4;

    private static readonly TimeSpan _never = TimeSpan.FromDays(1);
    private readonly TempFolder _folder = new();
    private readonly Network _network = RetrievalRun.Network();
    private readonly string[] _files;

    public ScanRunTests() => _files = [.. Enumerable.Range(0, Pictures).Select(i => i == Broken ? _folder.Add("04.png", "broken"u8) : _folder.Add($"{i:00}.png", Images.Pictures.Png(Images.Pictures.Noise(16, 16, seed: i))))];

    public void Dispose()
    {
        _network.Graph.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void WhatWasStoppedGoesOnAndTellsEachPictureInOrder(int stopAfter)
    {
        var whole = Run(new Checkpoint(_folder["whole"], _never));
        var checkpoint = new Checkpoint(_folder["part"], TimeSpan.Zero);
        var half = Run(checkpoint, stopAfter: stopAfter);
        Assert.False(half.State.IsComplete);
        var rest = Run(checkpoint);
        Assert.Equal(whole.Told, rest.Told);
        Assert.Contains("04.png", rest.Told[Broken], StringComparison.Ordinal); // the error stands where the picture does
        Assert.Equal((whole.State.ListHash, 22L, 1L, true), (rest.State.ListHash, rest.State.ImageCount, rest.State.FailedCount, rest.State.IsComplete));
        Assert.Equal(File.ReadAllText(_folder["whole"]), File.ReadAllText(_folder["part"]));
        Assert.Equal(whole.Told, Run(checkpoint).Told); // nothing was left to do
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(400)]
    public void ALineThatWasHalfWrittenIsWrittenAgain(int missing)
    {
        Run(new Checkpoint(_folder["whole"], _never));
        Run(new Checkpoint(_folder["torn"], TimeSpan.Zero), stopAfter: 3);
        byte[] bytes = File.ReadAllBytes(_folder["torn"]);
        File.WriteAllBytes(_folder["torn"], bytes[..^missing]);
        Run(new Checkpoint(_folder["torn"], _never));
        Assert.Equal(File.ReadAllText(_folder["whole"]), File.ReadAllText(_folder["torn"]));
    }

    [Fact]
    public void CancellingLeavesWholeLines()
    {
        using var stop = new CancellationTokenSource();
        var checkpoint = new Checkpoint(_folder["stopped"], _never);
        Assert.Throws<OperationCanceledException>(() => Run(checkpoint, looked: seen =>
        {
            if (seen > 8) stop.Cancel();
        }, cancellation: stop.Token));
        Assert.Equal(Run(null).Told, Run(checkpoint).Told);
    }

    [Fact]
    public void ChangedPicturesAreTold()
    {
        var checkpoint = new Checkpoint(_folder["changed"], TimeSpan.Zero);
        Run(checkpoint, stopAfter: 2);
        DateTime before = File.GetLastWriteTimeUtc(_files[1]);
        File.WriteAllBytes(_files[1], Images.Pictures.Png(Images.Pictures.Noise(17, 19, seed: 100)));
        File.SetLastWriteTimeUtc(_files[1], before); // another size
        File.SetLastWriteTimeUtc(_files[3], before.AddHours(1)); // another time
        File.SetLastWriteTimeUtc(_files[20], before.AddHours(1)); // not looked at yet
        string changed = Run(checkpoint).Changed!;
        Assert.Contains("2 of the pictures", changed, StringComparison.Ordinal);
        Assert.Contains(_files[3], changed, StringComparison.Ordinal);
        Assert.DoesNotContain(_files[20], changed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"ShardCount\":1", "\"ShardCount\":3")]
    [InlineData("\"Shards\":[1]", "\"Shards\":[1,1]")]
    [InlineData("\"Shards\":[1]", "\"Shards\":[]")]
    [InlineData("\"Index\":3,", "\"Index\":7,")]
    [InlineData("\"Index\":3,", "")]
    [InlineData("\"Index\":3,", "\"Index\":3,\"Index\":3,")]
    [InlineData("\"Index\":3,", "\"Index\":3,\"New\":3,")]
    [InlineData("\"ImageCount\":22", "\"ImageCount\":21")]
    [InlineData("\"ListedCount\":23", "\"ListedCount\":9000000000000000000")]
    [InlineData("\"IsComplete\":true", "\"IsComplete\":false")]
    [InlineData("\"Value\":{", "\"Error\":{\"Id\":\"a\",\"Message\":\"b\"},\"Value\":{")]
    [InlineData("\"Total\":", "\"Totals\":")]
    [InlineData("\"Kind\":\"Sums\",", "")]
    [InlineData("cnnvis-scan-1", "cnnvis-scan-9")]
    public void ForgedFilesAreRefused(string value, string forged)
    {
        Run(new Checkpoint(_folder["whole"], _never));
        string text = File.ReadAllText(_folder["whole"]);
        int at = text.IndexOf(value, StringComparison.Ordinal);
        File.WriteAllBytes(_folder["forged"], ScanLines.WithChecksums(text[..at] + forged + text[(at + value.Length)..]));
        Assert.Equal(ErrorIds.RetrievalUnreadable, Assert.Throws<CnnVisException>(() => ScanMerge.Of([_folder["forged"]]).Pictures<Sum>().Count()).ErrorId);
    }

    [Fact]
    public void EveryFlippedByteIsNoticed()
    {
        Run(new Checkpoint(_folder["whole"], _never));
        byte[] bytes = File.ReadAllBytes(_folder["whole"]);
        for (int i = 0; i < bytes.Length; i += 37)
        {
            byte[] damaged = [.. bytes];
            damaged[i] ^= 4;
            File.WriteAllBytes(_folder["damaged"], damaged);
            Assert.Equal(ErrorIds.RetrievalUnreadable, Assert.Throws<CnnVisException>(() => ScanMerge.Of([_folder["damaged"]])).ErrorId);
        }
    }

    [Fact]
    public void MemoryDoesNotDependOnTheList()
    {
        Assert.InRange(Grown(20_000) - Grown(2_000), long.MinValue, 2_000_000);

        long Grown(int count)
        {
            string file = _folder[$"long-{count}"];
            long before = GC.GetTotalMemory(forceFullCollection: true);
            using PictureRun<Sum> run = Begin(new Checkpoint(file, _never));
            for (int i = 0; i < count; i++)
            {
                run.List(new ImageSource($"/nowhere/{i:000000}.png"));
                run.Add([null], _ => [new Sum(i)]);
            }
            run.End();
            return GC.GetTotalMemory(forceFullCollection: true) - before;
        }
    }

    private PictureRun<Sum> Begin(Checkpoint? checkpoint, Action<ListedImage, Sum>? found = null, Action<CnnVisException>? failed = null) =>
        new(ScanQuestion.Of("Sums", "small", "", new Dictionary<string, string>(), new Context()), Shard.Whole, checkpoint, found ?? ((_, _) => { }), failed ?? (_ => { }));

    private (List<string> Told, ScanState State, string? Changed) Run(Checkpoint? checkpoint, int stopAfter = int.MaxValue, Action<int>? looked = null, CancellationToken cancellation = default)
    {
        var told = new List<string>();
        using PictureRun<Sum> run = Begin(checkpoint, (image, sum) => told.Add(FormattableString.Invariant($"{image.Index} {image.Path} {sum.Total:R}")), error => told.Add(error.Message));
        using var stream = new ImageStream(_network, 4, cancellation);
        foreach (ImageBatch batch in stream.Batches(_files.Select(f => new ImageSource(f)).Where(run.List)))
        {
            run.Add(batch, images =>
            {
                looked?.Invoke(told.Count);
                cancellation.ThrowIfCancellationRequested();
                return [.. images.Select((_, i) => new Sum(batch.Pixels![i].sum().item<float>()))];
            });
            if (--stopAfter == 0) return (told, run.State, run.Changed);
        }
        run.End();
        return (told, run.State, run.Changed);
    }

    private sealed record Sum(double Total);

    private sealed record Context;
}
