using System.Security.Cryptography;
using System.Text;

namespace CnnVis.Engine.Scans;

/// <summary>A running hash of all paths and labels of a list: it tells whether two runs, or two shards, went over the same one.</summary>
internal sealed class ListHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Of no pictures.</summary>
    public static string Empty { get; } = Convert.ToHexStringLower(SHA256.HashData([]));

    /// <summary>Adds the next picture.</summary>
    public void Add(ListedImage image) => _hash.AppendData(Encoding.UTF8.GetBytes($"{image.Path}\0{image.Label}\0"));

    /// <summary>The hash so far.</summary>
    public override string ToString() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();
}
