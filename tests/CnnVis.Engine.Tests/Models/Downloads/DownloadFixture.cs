using System.Security.Cryptography;
using CnnVis.Engine.Models.Downloads;

namespace CnnVis.Engine.Tests.Models.Downloads;

/// <summary>Some content, published under its hash; a home folder; and the environment that leads to a local server. The environment is the process's, so these tests run one after another.</summary>
[CollectionDefinition(nameof(DownloadFixture))]
public sealed class DownloadFixture : IDisposable
{
    private static readonly string[] _variables = [DataFolder.Variable, WeightServer.Variable, KnownHashes.Variable, "http_proxy", "no_proxy"];
    private readonly string?[] _before = [.. _variables.Select(Environment.GetEnvironmentVariable)];
    private readonly TempFolder _home = new();

    public DownloadFixture()
    {
        Random.Shared.NextBytes(Content);
        File = new PublishedFile($"net-{Hash(Content)[..8]}.pth", MaximumLength: 2 * Content.Length);
        Environment.SetEnvironmentVariable(DataFolder.Variable, _home.Path);
        Environment.SetEnvironmentVariable("http_proxy", null);
        Environment.SetEnvironmentVariable("no_proxy", null);
    }

    /// <summary>The file, of which the whole hash is known.</summary>
    internal PublishedFile Listed()
    {
        Environment.SetEnvironmentVariable(KnownHashes.Variable, _home.Add("SHA256SUMS", System.Text.Encoding.UTF8.GetBytes($"{new string('0', 64)}  other.pth\n{Hash(Content)}  models/{File.Name}\n")));
        return new PublishedFile(File.Name, File.MaximumLength);
    }

    internal byte[] Content { get; } = new byte[300_000];

    internal PublishedFile File { get; }

    internal string Partial => File.LocalPath + ".partial";

    internal static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>No patience at all between attempts.</summary>
    internal static DownloadOptions Options { get; } = new() { RetryDelay = TimeSpan.Zero, StallTimeout = TimeSpan.FromSeconds(20), LockPoll = TimeSpan.FromMilliseconds(5) };

    /// <summary>Downloads it from the server; gives the bytes that arrive.</summary>
    internal byte[] Get(LocalServer server, DownloadOptions? options = null, Action<DownloadProgress>? progress = null, CancellationToken cancellation = default) =>
        Get(server.Address, options, progress, cancellation: cancellation);

    internal byte[] Get(string mirror, DownloadOptions? options = null, Action<DownloadProgress>? progress = null, PublishedFile? file = null, CancellationToken cancellation = default)
    {
        Environment.SetEnvironmentVariable(WeightServer.Variable, mirror);
        return System.IO.File.ReadAllBytes(WeightCache.GetAsync(file ?? File, options ?? Options, progress, cancellation).GetAwaiter().GetResult());
    }

    internal CnnVisException Fail(LocalServer server, DownloadOptions? options = null)
    {
        var error = Assert.Throws<CnnVisException>(() => Get(server, options));
        Assert.False(System.IO.File.Exists(File.LocalPath));
        return error;
    }

    /// <summary>What an earlier download left.</summary>
    internal void Leave(byte[] partial, string? version = null)
    {
        Directory.CreateDirectory(DataFolder.Weights);
        System.IO.File.WriteAllBytes(Partial, partial);
        if (version is not null) System.IO.File.WriteAllText(Partial + ".version", version);
    }

    public void Dispose()
    {
        foreach (var (name, value) in _variables.Zip(_before)) Environment.SetEnvironmentVariable(name, value);
        _home.Dispose();
    }
}
