using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace CnnVis.Engine.Models.Downloads;

/// <summary>A weight file that is published under a name that ends in the beginning of its SHA-256, as torchvision's do: <c>alexnet-owt-7be5be79.pth</c>.</summary>
/// <param name="Name">The name, without a folder.</param>
/// <param name="MaximumLength">Bytes that it cannot exceed; what a server sends beyond is refused.</param>
public sealed partial record PublishedFile(string Name, long MaximumLength)
{
    private readonly string _digits = HashInName().Match(Name) is { Success: true } match ? match.Groups[1].Value
        : throw new ArgumentException($"'{Name}' does not end in a hash.", nameof(Name));

    /// <summary>Hexadecimal digits that its SHA-256 begins with: all of them where <see cref="KnownHashes"/> has them, else those in the name.</summary>
    public string HashPrefix => KnownHashes.Of(Name) is { } hash && hash.StartsWith(_digits, StringComparison.OrdinalIgnoreCase) ? hash : _digits;

    /// <summary>Where it is published.</summary>
    public Uri Address => WeightServer.AddressOf(Name);

    /// <summary>Where it is published, without the password that a mirror's address may hold.</summary>
    public string PublicAddress => Address.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.UriEscaped);

    /// <summary>Where it is kept on this machine.</summary>
    public string LocalPath => Path.Join(DataFolder.Weights, Name);

    /// <summary>Whether it is on this machine.</summary>
    public bool IsCached => File.Exists(LocalPath);

    /// <summary>Whether a SHA-256 begins as the name says.</summary>
    public bool HasHash(string hash) => hash.StartsWith(HashPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>A file's SHA-256, in hexadecimal digits.</summary>
    public static async Task<string> HashOf(string path, CancellationToken cancellation)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1 << 20, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation).ConfigureAwait(false));
    }

    [GeneratedRegex(@"-([0-9a-f]{8,64})\.[A-Za-z]+$", RegexOptions.CultureInvariant)]
    private static partial Regex HashInName();
}
