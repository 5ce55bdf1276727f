using CnnVis.Engine.Models.Downloads;

namespace CnnVis.Engine.Tests.Models.Downloads;

/// <summary>Downloads from a server, onto a disk or out of a cache that does not behave: the right bytes, or one clear error and no file.</summary>
[Collection(nameof(DownloadFixture))]
public sealed class BadServerTests : IDisposable
{
    private readonly DownloadFixture _fixture = new();

    private byte[] Content => _fixture.Content;

    [Fact]
    public void ACutOffDownloadEndsAfterSomeAttemptsAndKeepsWhatCame()
    {
        using var server = new LocalServer(e => e.Serve(Content, cutAt: 1000));
        CnnVisException error = _fixture.Fail(server);
        Assert.Equal(DownloadFixture.Options.Attempts, server.Exchanges.Count);
        Assert.Contains("broke after 1,000 bytes", error.Message);
        Assert.Equal(Content[..1000], File.ReadAllBytes(_fixture.Partial));
    }

    [Fact]
    public void AStalledConnectionIsReplaced()
    {
        using var server = new LocalServer(
            e => e.Stall(),
            e =>
            {
                e.Head("200 OK", $"Content-Length: {Content.Length}");
                e.Body(Content.AsSpan(0, 1000));
                e.Stall();
            },
            e => e.Serve(Content));
        Assert.Equal(Content, _fixture.Get(server, DownloadFixture.Options with { StallTimeout = TimeSpan.FromMilliseconds(200) }));
        Assert.Equal(3, server.Exchanges.Count);
    }

    [Fact]
    public void AServerThatAlwaysStallsIsTold()
    {
        using var server = new LocalServer(e => e.Stall());
        CnnVisException error = _fixture.Fail(server, DownloadFixture.Options with { StallTimeout = TimeSpan.FromMilliseconds(50), Attempts = 2 });
        Assert.Contains("nothing came for 0.1 seconds", error.Message);
    }

    [Fact]
    public void ALengthTooLongIsNoHarm()
    {
        using var server = new LocalServer(e =>
        {
            e.Head("200 OK", $"Content-Length: {Content.Length + 5000}");
            e.Body(Content);
        });
        Assert.Equal(Content, _fixture.Get(server));
    }

    [Fact]
    public void ALengthTooShortIsTold()
    {
        using var server = new LocalServer(e =>
        {
            e.Head("200 OK", $"Content-Length: {Content.Length - 5000}");
            e.Body(Content);
        });
        Assert.Contains("is not the file", _fixture.Fail(server).Message);
        Assert.False(File.Exists(_fixture.Partial));
    }

    [Fact]
    public void ACutWithoutLengthIsNoticed()
    {
        using var server = new LocalServer(
            e =>
            {
                e.Head("200 OK");
                e.Body(Content.AsSpan(0, 1000));
            },
            e => e.Serve(Content));
        Assert.Equal(Content, _fixture.Get(server));
        Assert.Equal("bytes=1000-", server.Exchanges[1]["Range"]);
    }

    [Fact]
    public void EndlessDataIsRefused()
    {
        using var server = new LocalServer(e =>
        {
            e.Head("200 OK", "Transfer-Encoding: chunked");
            while (true) e.Chunk(new byte[100_000]);
        });
        CnnVisException error = _fixture.Fail(server);
        Assert.Contains("more than the 600,000 bytes", error.Message);
        Assert.Single(server.Exchanges);
        Assert.False(File.Exists(_fixture.Partial));
    }

    [Fact]
    public void AnAnnouncedExcessIsNotEvenRead()
    {
        using var server = new LocalServer(e => e.Head("200 OK", $"Content-Length: {long.MaxValue}"));
        Assert.Contains("more than the 600,000 bytes", _fixture.Fail(server).Message);
    }

    [Theory]
    [InlineData("text/html", true)]
    [InlineData("application/octet-stream", false)]
    public void WrongBytesAreTriedOnceMoreAndTold(string type, bool named)
    {
        byte[] wrong = [.. Content];
        wrong[200_000] ^= 1;
        using var server = new LocalServer(e =>
        {
            e.Head("200 OK", $"Content-Length: {wrong.Length}", $"Content-Type: {type}");
            e.Body(wrong);
        });
        CnnVisException error = _fixture.Fail(server);
        Assert.Equal(ErrorIds.DownloadFailed, error.ErrorId);
        Assert.Contains($"its SHA-256 begins with {DownloadFixture.Hash(wrong)[..8]}", error.Message);
        Assert.Equal(named, error.Message.Contains(type, StringComparison.Ordinal));
        Assert.Equal(2, server.Exchanges.Count);
        Assert.False(File.Exists(_fixture.Partial));
    }

    [Fact]
    public void AnEmptyAnswerIsTold()
    {
        using var server = new LocalServer(e => e.Head("200 OK", "Content-Length: 0"));
        Assert.Contains("is not the file", _fixture.Fail(server).Message);
    }

    [Fact]
    public void WrongRangesDoNotGoOnForever()
    {
        using var server = new LocalServer(e => e.Head("416 Range Not Satisfiable", "Content-Length: 0"));
        _fixture.Leave(Content[..1000]);
        Assert.Equal(ErrorIds.DownloadFailed, _fixture.Fail(server).ErrorId);
        Assert.Equal(DownloadFixture.Options.Attempts, server.Exchanges.Count);
    }

    [Theory]
    [InlineData("400 Bad Request")]
    [InlineData("401 Unauthorized")]
    [InlineData("403 Forbidden")]
    [InlineData("404 Not Found")]
    [InlineData("410 Gone")]
    public void ARefusalIsToldAtOnce(string status)
    {
        using var server = new LocalServer(e => e.Head(status, "Content-Length: 0"));
        Assert.Contains($"the server answered {status[..3]} ({status[4..]})", _fixture.Fail(server).Message);
        Assert.Single(server.Exchanges);
    }

    [Theory]
    [InlineData("408 Request Timeout")]
    [InlineData("429 Too Many Requests", "Retry-After: 0")]
    [InlineData("500 Internal Server Error")]
    [InlineData("502 Bad Gateway")]
    [InlineData("503 Service Unavailable", "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT")]
    public void AServerThatIsOutOfSortsIsAskedAgain(string status, string header = "X: y")
    {
        using var server = new LocalServer(e => e.Head(status, "Content-Length: 0", header), e => e.Serve(Content));
        Assert.Equal(Content, _fixture.Get(server));
        Assert.Equal(2, server.Exchanges.Count);
    }

    [Fact]
    public void RedirectsInACircleEnd()
    {
        using var server = new LocalServer(e => e.Head("302 Found", "Location: /again", "Content-Length: 0"));
        Assert.Contains("302", _fixture.Fail(server).Message);
    }

    [Fact]
    public void GarbageInsteadOfHttpIsTold()
    {
        using var server = new LocalServer(e => e.Body("SSH-2.0-OpenSSH_9.2\r\n"u8));
        Assert.Equal(ErrorIds.DownloadFailed, _fixture.Fail(server).ErrorId);
    }

    [Fact]
    public void OfflineTheErrorSaysWhereToPutWhichFile()
    {
        string address;
        using (var server = new LocalServer(e => e.Serve(Content))) address = server.Address; // nobody listens any more
        var error = Assert.Throws<CnnVisException>(() => _fixture.Get(address.Replace("://", "://me:secret@", StringComparison.Ordinal)));
        Assert.Equal(ErrorIds.DownloadFailed, error.ErrorId);
        foreach (string part in new[] { address + _fixture.File.Name, _fixture.File.LocalPath, _fixture.File.HashPrefix, "CNNVIS_MIRROR", "-WeightPath", "-Random" }) Assert.Contains(part, error.Message);
        Assert.DoesNotContain("secret", error.Message);
    }

    [Fact]
    public void AFileThatWasPutThereIsChecked()
    {
        using var server = new LocalServer(e => e.Serve(Content));
        Directory.CreateDirectory(DataFolder.Weights);
        File.WriteAllBytes(_fixture.File.LocalPath, Content[..1000]);
        var error = Assert.Throws<CnnVisException>(() => _fixture.Get(server));
        Assert.Equal(ErrorIds.ModelUnreadable, error.ErrorId);
        Assert.Contains(_fixture.File.LocalPath, error.Message);
        Assert.Contains("Delete it", error.Message);
        File.WriteAllBytes(_fixture.File.LocalPath, Content);
        Assert.Equal(Content, _fixture.Get(server));
        Assert.Empty(server.Exchanges);
    }

    [Fact]
    public void AFileThatHasChangedIsCheckedAgain()
    {
        using var server = new LocalServer(e => e.Serve(Content));
        _fixture.Get(server);
        File.WriteAllBytes(_fixture.File.LocalPath, Content[..1000]);
        Assert.Equal(ErrorIds.ModelUnreadable, Assert.Throws<CnnVisException>(() => _fixture.Get(server)).ErrorId);
    }

    [Fact]
    public void AFullDiskIsToldAndLeavesNothing()
    {
        using var server = new LocalServer(e => e.Serve(Content));
        CnnVisException error = _fixture.Fail(server, DownloadFixture.Options with { Append = path => new FullDisk(path) });
        Assert.Equal(ErrorIds.WriteFailed, error.ErrorId);
        Assert.Contains("No space left", error.Message);
        Assert.Contains("CNNVIS_HOME", error.Message);
        Assert.Empty(Directory.GetFiles(DataFolder.Weights, "*.partial"));
    }

    [Fact]
    public void AFolderThatCannotBeMadeIsTold()
    {
        using var folder = new TempFolder();
        Environment.SetEnvironmentVariable(DataFolder.Variable, folder.Add("file", "x"u8));
        using var server = new LocalServer(e => e.Serve(Content));
        CnnVisException error = _fixture.Fail(server);
        Assert.Equal(ErrorIds.WriteFailed, error.ErrorId);
        Assert.Contains("CNNVIS_HOME", error.Message);
    }

    public void Dispose() => _fixture.Dispose();
}
