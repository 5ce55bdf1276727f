using CnnVis.Engine.Models.Downloads;

namespace CnnVis.Engine.Tests.Models.Downloads;

/// <summary>Downloads from a server that behaves.</summary>
[Collection(nameof(DownloadFixture))]
public sealed class DownloadTests : IDisposable
{
    private readonly DownloadFixture _fixture = new();

    private byte[] Content => _fixture.Content;

    [Fact]
    public void AFileComesOnce()
    {
        using var server = new LocalServer(e => e.Serve(Content));
        Assert.Equal(Content, _fixture.Get(server));
        Assert.Equal(Content, _fixture.Get(server));
        Assert.Equal("/" + _fixture.File.Name, Assert.Single(server.Exchanges).Target);
        Assert.Equal([_fixture.File.Name, _fixture.File.Name + ".checked"], Directory.GetFiles(DataFolder.Weights).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void ProgressTellsBytesAndEnds()
    {
        var seen = new List<DownloadProgress>();
        using var server = new LocalServer(e => e.Serve(Content));
        _fixture.Get(server, progress: seen.Add);
        Assert.Equal(Content.Length, seen[^1].Received);
        Assert.All(seen, p => Assert.Equal(Content.Length, p.Total));
        Assert.Equal(TimeSpan.Zero, seen[^1].Remaining);
        Assert.True(seen[^1].BytesPerSecond > 0);
    }

    [Fact]
    public void ChunksNeedNoLength()
    {
        using var server = new LocalServer(e =>
        {
            e.Head("200 OK", "Transfer-Encoding: chunked");
            for (int at = 0; at < Content.Length; at += 100_000) e.Chunk(Content.AsSpan(at, 100_000));
            e.Chunk([]);
        });
        Assert.Equal(Content, _fixture.Get(server));
        Assert.Single(server.Exchanges);
    }

    [Fact]
    public void TheEndOfTheConnectionEndsABodyWithoutLength()
    {
        using var server = new LocalServer(e =>
        {
            e.Head("200 OK");
            e.Body(Content);
        });
        Assert.Equal(Content, _fixture.Get(server));
        Assert.Single(server.Exchanges);
    }

    [Theory]
    [InlineData("301 Moved Permanently")]
    [InlineData("302 Found")]
    [InlineData("307 Temporary Redirect")]
    public void RedirectsAreFollowed(string status)
    {
        using var there = new LocalServer(e => e.Serve(Content));
        using var here = new LocalServer(e => e.Head(status, $"Location: {there.Address}elsewhere/file", "Content-Length: 0"));
        Assert.Equal(Content, _fixture.Get(here));
        Assert.Equal("/elsewhere/file", there.Exchanges[0].Target);
    }

    [Fact]
    public void AMirrorMayBeAFolderAndHaveAPassword()
    {
        using var server = new LocalServer(e => e.Serve(Content));
        _fixture.Get(server.Address.Replace("://", "://me:p%40ss@", StringComparison.Ordinal) + "a/b");
        Assert.Equal("/a/b/" + _fixture.File.Name, server.Exchanges[0].Target);
        Assert.Equal("Basic " + Convert.ToBase64String("me:p@ss"u8), server.Exchanges[0]["Authorization"]);
    }

    [Theory]
    [InlineData("files on the second shelf")]
    [InlineData("ftp://files.example/")]
    [InlineData("/srv/weights")]
    public void AMirrorThatIsNoAddressIsTold(string mirror)
    {
        var error = Assert.Throws<CnnVisException>(() => _fixture.Get(mirror));
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains("CNNVIS_MIRROR", error.Message);
    }

    [Fact]
    public void AProxyIsAskedWithItsPassword()
    {
        using var proxy = new LocalServer(
            e => e.Head("407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"x\"", "Content-Length: 0"),
            e => e.Serve(Content));
        Environment.SetEnvironmentVariable("http_proxy", proxy.Address.Replace("://", "://me:p%40ss@", StringComparison.Ordinal));
        Assert.Equal(Content, _fixture.Get("http://weights.example/models", file: _fixture.Listed()));
        Assert.Equal($"http://weights.example/models/{_fixture.File.Name}", proxy.Exchanges[1].Target);
        Assert.Equal("Basic " + Convert.ToBase64String("me:p@ss"u8), proxy.Exchanges[1]["Proxy-Authorization"]);
    }

    [Fact]
    public void AProxyThatRefusesIsTold()
    {
        using var proxy = new LocalServer(e => e.Head("407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"x\"", "Content-Length: 0"));
        Environment.SetEnvironmentVariable("http_proxy", proxy.Address);
        var error = Assert.Throws<CnnVisException>(() => _fixture.Get("http://weights.example/models", file: _fixture.Listed()));
        Assert.Equal(ErrorIds.DownloadFailed, error.ErrorId);
        Assert.Contains("the proxy asks for a name and password", error.Message);
    }

    /// <summary>Eight digits of a hash are brought about in minutes by whoever stands between.</summary>
    [Fact]
    public void WithoutItsWholeHashNothingIsTakenByHttpFromElsewhere()
    {
        using var proxy = new LocalServer(e => e.Serve(Content));
        Environment.SetEnvironmentVariable("http_proxy", proxy.Address);
        var error = Assert.Throws<CnnVisException>(() => _fixture.Get("http://weights.example/models"));
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains(KnownHashes.Variable, error.Message);
        Assert.Empty(proxy.Exchanges);
    }

    /// <summary>The list wins over the name, whose digits another file may have.</summary>
    [Fact]
    public void TheListedHashIsTheOneThatCounts()
    {
        PublishedFile listed = _fixture.Listed();
        Assert.True(listed.HasHash(DownloadFixture.Hash(Content)));
        Assert.False(listed.HasHash(listed.HashPrefix[..8] + new string('0', 56)));
        Environment.SetEnvironmentVariable(KnownHashes.Variable, "/none/SHA256SUMS");
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<CnnVisException>(() => listed.HashPrefix).ErrorId);
    }

    [Fact]
    public void HostsWithoutProxyAreReachedDirectly()
    {
        using var proxy = new LocalServer(e => e.Serve(Content));
        using var server = new LocalServer(e => e.Serve(Content));
        Environment.SetEnvironmentVariable("http_proxy", proxy.Address);
        Environment.SetEnvironmentVariable("no_proxy", "other.example, .localhost");
        _fixture.Get(server);
        Assert.Empty(proxy.Exchanges);
        Assert.Single(server.Exchanges);
    }

    [Fact]
    public async Task TwoAtOnceShareOneDownload()
    {
        using var release = new ManualResetEventSlim();
        using var server = new LocalServer(e =>
        {
            e.Head("200 OK", $"Content-Length: {Content.Length}");
            e.Body(Content.AsSpan(0, 1000));
            release.Wait();
            e.Body(Content.AsSpan(1000));
        });
        var waiting = new TaskCompletionSource();
        Task<byte[]> first = Task.Run(() => _fixture.Get(server));
        while (!File.Exists(_fixture.Partial)) await Task.Yield();
        Task<byte[]> second = Task.Run(() => _fixture.Get(server, progress: p => waiting.TrySetResult()));
        await waiting.Task; // it has seen the other's
        release.Set();
        Assert.Equal(Content, await first);
        Assert.Equal(Content, await second);
        Assert.Single(server.Exchanges);
    }

    public void Dispose() => _fixture.Dispose();
}
