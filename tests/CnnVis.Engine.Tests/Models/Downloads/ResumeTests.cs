namespace CnnVis.Engine.Tests.Models.Downloads;

/// <summary>Downloads that go on where an earlier one stopped.</summary>
[Collection(nameof(DownloadFixture))]
public sealed class ResumeTests : IDisposable
{
    private const string Tag = "\"v1\"";

    private readonly DownloadFixture _fixture = new();

    private byte[] Content => _fixture.Content;

    [Fact]
    public void WhatCameIsNotAskedForAgain()
    {
        using var server = new LocalServer(e => e.Serve(Content, Tag, cutAt: 100_000), e => e.Serve(Content, Tag, cutAt: 200_000), e => e.Serve(Content, Tag));
        Assert.Equal(Content, _fixture.Get(server));
        Assert.Equal([null, "bytes=100000-", "bytes=200000-"], server.Exchanges.Select(e => e["Range"]));
        Assert.Equal([null, Tag, Tag], server.Exchanges.Select(e => e["If-Range"]));
    }

    [Fact]
    public void TheNextCallGoesOnAfterAnInterruption()
    {
        using var stop = new CancellationTokenSource();
        using var server = new LocalServer(
            e =>
            {
                e.Head("200 OK", $"Content-Length: {Content.Length}", $"ETag: {Tag}");
                e.Body(Content.AsSpan(0, 50_000));
                e.Stall();
            },
            e => e.Serve(Content, Tag));
        Assert.ThrowsAny<OperationCanceledException>(() => _fixture.Get(server, progress: _ => stop.Cancel(), cancellation: stop.Token));
        long kept = new FileInfo(_fixture.Partial).Length;
        Assert.InRange(kept, 1, 50_000);
        Assert.Equal(Content, _fixture.Get(server));
        Assert.Equal($"bytes={kept}-", server.Exchanges[1]["Range"]);
        Assert.Equal(Tag, server.Exchanges[1]["If-Range"]);
    }

    [Fact]
    public void AServerWithoutRangesSendsTheWhole()
    {
        _fixture.Leave(Content[..123_456]);
        using var server = new LocalServer(e =>
        {
            e.Head("200 OK", $"Content-Length: {Content.Length}");
            e.Body(Content);
        });
        Assert.Equal(Content, _fixture.Get(server));
        Assert.Single(server.Exchanges);
    }

    [Fact]
    public void AnotherVersionIsSentWhole()
    {
        _fixture.Leave(new byte[100], version: "\"v0\"");
        using var server = new LocalServer(e => e.Serve(Content, Tag));
        Assert.Equal(Content, _fixture.Get(server));
        Assert.Equal("\"v0\"", Assert.Single(server.Exchanges)["If-Range"]);
    }

    [Fact]
    public void APartOfAnotherVersionIsNotMixedIn()
    {
        // The server heeds no If-Range, but its answer tells the version.
        _fixture.Leave(new byte[100], version: "\"v0\"");
        using var server = new LocalServer(
            e =>
            {
                e.Head("206 Partial Content", $"Content-Range: bytes 100-{Content.Length - 1}/{Content.Length}", $"Content-Length: {Content.Length - 100}", $"ETag: {Tag}");
                e.Body(Content.AsSpan(100));
            },
            e => e.Serve(Content, Tag));
        Assert.Equal(Content, _fixture.Get(server));
        Assert.Null(server.Exchanges[1]["Range"]);
    }

    [Fact]
    public void AWrongBeginningIsFoundAtTheEndAndStartedOver()
    {
        _fixture.Leave(new byte[100_000]);
        using var server = new LocalServer(e => e.Serve(Content));
        Assert.Equal(Content, _fixture.Get(server));
        Assert.Equal(["bytes=100000-", null], server.Exchanges.Select(e => e["Range"]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(200_000)]
    public void APartFromElsewhereIsRefused(int from)
    {
        _fixture.Leave(Content[..100_000]);
        using var server = new LocalServer(
            e =>
            {
                e.Head("206 Partial Content", $"Content-Range: bytes {from}-{Content.Length - 1}/{Content.Length}", $"Content-Length: {Content.Length - from}");
                e.Body(Content.AsSpan(from));
            },
            e => e.Serve(Content));
        Assert.Equal(Content, _fixture.Get(server));
        Assert.Null(server.Exchanges[1]["Range"]);
    }

    [Fact]
    public void MoreThanThereIsIsThrownAway()
    {
        _fixture.Leave([.. Content, .. Content]);
        using var server = new LocalServer(e => e.Serve(Content));
        Assert.Equal(Content, _fixture.Get(server));
        Assert.Equal(["bytes=600000-", null], server.Exchanges.Select(e => e["Range"]));
    }

    [Fact]
    public void AllOfItNeedsNoServer()
    {
        _fixture.Leave(Content); // stopped between the last byte and the new name
        using var server = new LocalServer(e => e.Head("500 Internal Server Error"));
        Assert.Equal(Content, _fixture.Get(server));
        Assert.Empty(server.Exchanges);
    }

    [Fact]
    public void ADateIsAVersionToo()
    {
        const string Date = "Wed, 21 Oct 2015 07:28:00 GMT";
        using var server = new LocalServer(
            e =>
            {
                e.Head("200 OK", $"Content-Length: {Content.Length}", $"Last-Modified: {Date}", "ETag: W/\"weak\"");
                e.Body(Content.AsSpan(0, 1000));
            },
            e => e.Serve(Content, Date));
        Assert.Equal(Content, _fixture.Get(server));
        Assert.Equal(Date, server.Exchanges[1]["If-Range"]);
    }

    [Fact]
    public void ManyShortConnectionsGetThere()
    {
        // Each brings something, so their number does not matter.
        var options = DownloadFixture.Options with { Attempts = 2, Gain = 10_000 };
        using var server = new LocalServer(e => e.Serve(Content, cutAt: Math.Min(Content.Length, e.From + 10_000)));
        Assert.Equal(Content, _fixture.Get(server, options));
        Assert.Equal(30, server.Exchanges.Count);
    }

    public void Dispose() => _fixture.Dispose();
}
