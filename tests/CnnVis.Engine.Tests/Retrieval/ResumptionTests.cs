using CnnVis.Engine.Models;
using CnnVis.Engine.Retrieval;
using CnnVis.Engine.Scans;
using CnnVis.Engine.Tests.Images;
using CnnVis.Engine.Tests.Scans;

namespace CnnVis.Engine.Tests.Retrieval;

public sealed class ResumptionTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Network _network = RetrievalRun.Network();
    private readonly string[] _files;

    public ResumptionTests() => _files = [.. Enumerable.Range(0, 37).Select(i => i % 8 == 3 ? _folder.Add($"n{i % 3}/{i:00}.png", "broken"u8) : _folder.Add($"n{i % 3}/{i:00}.png", Pictures.Png(Pictures.Noise(16, 16, seed: i / 2))))];

    public void Dispose()
    {
        _network.Graph.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void ARunThatWasInterruptedGoesOnToTheSameBytes(int stopAfter)
    {
        byte[] whole = RetrievalRun.Bytes(RetrievalRun.Over(_network, Query(), _files));
        string file = _folder["state.json"];
        RetrievalFile.Write(file, RetrievalRun.Over(_network, Query(), _files, stopAfter: stopAfter), overwrite: false);
        var errors = new List<CnnVisException>();
        MaxActivatingImageSet rest = RetrievalRun.Over(_network, Query(), _files, before: RetrievalFile.Read(file), errors: errors);
        Assert.Equal(whole, RetrievalRun.Bytes(rest));
        Assert.Equal((32, 5), (rest.ImageCount, rest.FailedCount));
        Assert.True(errors.Count < 5 || stopAfter == 1);
        RetrievalFile.Write(file, rest, overwrite: true);
        Assert.Equal(whole, RetrievalRun.Bytes(RetrievalRun.Over(_network, Query(), _files, before: RetrievalFile.Read(file)))); // nothing is left to do
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void WhichPicturesComeTogetherDoesNotMatter(int batch) =>
        Assert.Equal(RetrievalRun.Bytes(RetrievalRun.Over(_network, Query(), _files)), RetrievalRun.Bytes(RetrievalRun.Over(_network, Query(), _files, batch: batch)));

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(50)]
    public void ShardsMergeToTheBytesOfOneRun(int count)
    {
        byte[] whole = RetrievalRun.Bytes(RetrievalRun.Over(_network, Query(), _files));
        MaxActivatingImageSet[] parts = [.. Enumerable.Range(1, count).Select(i => RetrievalRun.Over(_network, Query(), _files, new Shard(i, count)))];
        Assert.Equal(whole, RetrievalRun.Bytes(RetrievalMerge.Of(parts)));
        Assert.Equal(whole, RetrievalRun.Bytes(RetrievalMerge.Of([.. parts.Reverse()])));
        MaxActivatingImageSet left = parts[0];
        for (int i = 1; i < count; i++) left = RetrievalMerge.Of([parts[i], left]);
        Assert.Equal(whole, RetrievalRun.Bytes(left)); // ((a b) c) and (a b c)
        string file = _folder["part.json"];
        RetrievalFile.Write(file, RetrievalMerge.Of([parts[^1], parts[0]]), overwrite: false);
        Assert.Equal(whole, RetrievalRun.Bytes(count == 2 ? RetrievalFile.Read(file) : RetrievalMerge.Of([.. parts[1..^1], RetrievalFile.Read(file)])));
    }

    [Fact]
    public void AShardThatWasInterruptedGoesOnToo()
    {
        var shard = new Shard(2, 3);
        MaxActivatingImageSet half = RetrievalRun.Over(_network, Query(), _files, shard, stopAfter: 2);
        Assert.Equal(RetrievalRun.Bytes(RetrievalRun.Over(_network, Query(), _files, shard)), RetrievalRun.Bytes(RetrievalRun.Over(_network, Query(), _files, shard, before: half)));
    }

    [Fact]
    public void WhatDoesNotBelongToACheckpointIsRefused()
    {
        MaxActivatingImageSet half = RetrievalRun.Over(_network, Query(), _files, stopAfter: 2), whole = RetrievalRun.Over(_network, Query(), _files);
        Network other = RetrievalRun.Network(seed: 6);
        Refused("network", () => RetrievalRun.Over(other, Query(other), _files, before: half));
        Refused("question", () => RetrievalRun.Over(_network, Query() with { Top = 6 }, _files, before: half));
        Refused("question", () => RetrievalRun.Over(_network, Query() with { Layers = [RetrievalRun.All(_network, "relu1")] }, _files, before: half));
        Refused("shard", () => RetrievalRun.Over(_network, Query(), _files, new Shard(1, 2), before: half));
        Refused("list", () => RetrievalRun.Over(_network, Query(), _files.Reverse(), before: half));
        Refused("list", () => RetrievalRun.Over(_network, Query(), _files[..5], before: half));
        Refused("list", () => RetrievalRun.Over(_network, Query(), [.. _files, _files[0]], before: whole));
        other.Graph.Dispose();
    }

    [Fact]
    public void WhatDoesNotBelongTogetherIsNotMerged()
    {
        MaxActivatingImageSet first = RetrievalRun.Over(_network, Query(), _files, new Shard(1, 2));
        Refused("list", () => RetrievalMerge.Of([first, RetrievalRun.Over(_network, Query(), _files[1..], new Shard(2, 2))]));
        Refused("twice", () => RetrievalMerge.Of([first, first]));
        Refused("division", () => RetrievalMerge.Of([first, RetrievalRun.Over(_network, Query(), _files, new Shard(2, 3))]));
        Refused("question", () => RetrievalMerge.Of([first, RetrievalRun.Over(_network, Query() with { PerImage = 1 }, _files, new Shard(2, 2))]));
        Refused("stopped", () => RetrievalMerge.Of([first, RetrievalRun.Over(_network, Query(), _files, new Shard(2, 2), stopAfter: 1)]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1, 2]")]
    [InlineData("{ \"Format\": \"cnnvis-scan-1\" }")]
    public void AFileThatIsNoneIsSaid(string content)
    {
        string file = _folder.Add("none.json", System.Text.Encoding.UTF8.GetBytes(content));
        Assert.Equal(ErrorIds.RetrievalUnreadable, Assert.Throws<CnnVisException>(() => RetrievalFile.Read(file)).ErrorId);
    }

    [Fact]
    public void ACheckpointThatWasCutShortIsSaid()
    {
        byte[] bytes = RetrievalRun.Bytes(RetrievalRun.Over(_network, Query(), _files));
        string file = _folder.Add("cut.json", bytes.AsSpan(0, bytes.Length / 2));
        Assert.Equal(ErrorIds.RetrievalUnreadable, Assert.Throws<CnnVisException>(() => RetrievalFile.Read(file)).ErrorId);
    }

    [Theory]
    [InlineData("\"Value\":0", "\"Value\":\"NaN\",\"Row\":0")]
    [InlineData("\"Top\":5", "\"Top\":1")]
    [InlineData("\"ShardCount\":1", "\"ShardCount\":0")]
    [InlineData("\"ListedCount\":37", "\"ListedCount\":3")]
    [InlineData("\"ImageCount\":32", "\"ImageCount\":-1")]
    [InlineData("\"Layer\":\"relu2\"", "\"Layer\":null")]
    [InlineData("\"Channel\":0", "\"Channel\":-7")]
    [InlineData("\"Label\":\"n0\"", "\"Was\":1")]
    [InlineData("\"IsRandom\":false,", "")]
    public void ForgedValuesAreRefused(string value, string forged)
    {
        string text = System.Text.Encoding.UTF8.GetString(RetrievalRun.Bytes(RetrievalRun.Over(_network, Query(), _files)));
        Assert.Contains(value, text, StringComparison.Ordinal);
        int at = text.IndexOf(value, StringComparison.Ordinal);
        string file = _folder.Add("forged.json", ScanLines.WithChecksums(text[..at] + forged + text[(at + value.Length)..]));
        Assert.Equal(ErrorIds.RetrievalUnreadable, Assert.Throws<CnnVisException>(() => RetrievalFile.Read(file)).ErrorId);
    }

    [Fact]
    public void ACheckpointWithoutSomeOfItsUnitsIsRefused()
    {
        MaxActivatingImageSet half = RetrievalRun.Over(_network, Query(), _files, stopAfter: 2);
        var error = Assert.Throws<CnnVisException>(() => RetrievalRun.Over(_network, Query(), _files, before: half with { Units = half.Units.Skip(1).ToArray() }));
        Assert.Equal(ErrorIds.RetrievalUnreadable, error.ErrorId);
    }

    [Theory]
    [InlineData("1/4", 1, 4)]
    [InlineData("4/4", 4, 4)]
    public void ShardsAreRead(string text, int number, int count) => Assert.Equal(new Shard(number, count), Shard.Parse(text));

    [Theory]
    [InlineData("0/4")]
    [InlineData("5/4")]
    [InlineData("1")]
    [InlineData("-1/4")]
    [InlineData("a/b")]
    [InlineData("1/2/3")]
    public void WhatIsNoShardIsSaid(string text) => Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<CnnVisException>(() => Shard.Parse(text)).ErrorId);

    private RetrievalQuery Query(Network? network = null) => new()
    {
        Layers = [RetrievalRun.All(network ?? _network, "relu1"), RetrievalRun.All(network ?? _network, "relu2", LayerDirection.Random((network ?? _network).Layer("relu2"), 3, 1)), RetrievalRun.All(network ?? _network, "relu3")],
        Top = 5,
        PerImage = 2,
        BatchSize = 5,
    };

    private static void Refused(string word, Func<object> run)
    {
        var error = Assert.Throws<CnnVisException>(run);
        Assert.Equal(ErrorIds.RetrievalMismatch, error.ErrorId);
        Assert.Contains(word, error.Message);
    }
}
