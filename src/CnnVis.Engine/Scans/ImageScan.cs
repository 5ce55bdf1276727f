using System.Security.Cryptography;
using System.Text;
using CnnVis.Engine.Images;

namespace CnnVis.Engine.Scans;

/// <summary>
/// Counts the images of a list as they go by, picks those of one shard, and passes over those that an earlier run has seen. A running hash of all
/// paths and labels tells whether two runs, or two shards, went over the same list.
/// </summary>
internal sealed class ImageScan : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Queue<(ListedImage Image, string Hash)> _underWay = new();
    private readonly Shard _shard;
    private readonly ScanState? _before;
    private long _listed;

    /// <param name="shard">The part to look at.</param>
    /// <param name="before">Where an earlier run stood; null for none.</param>
    public ImageScan(Shard shard, ScanState? before)
    {
        (_shard, _before) = (shard, before);
        (SeenCount, SeenHash) = (before?.ListedCount ?? 0, before?.ListHash ?? Hash());
    }

    /// <summary>Images that were listed and are done, in any shard.</summary>
    public long SeenCount { get; private set; }

    /// <summary>Hash of their paths and labels.</summary>
    public string SeenHash { get; private set; }

    /// <summary>Takes the next image of the list.</summary>
    /// <returns>Whether it is to be looked at.</returns>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.RetrievalMismatch"/>: the earlier run went over another list.</exception>
    public bool List(ImageSource source)
    {
        var image = new ListedImage(_listed++, source.Path, source.Label) { Picture = source.Picture };
        _hash.AppendData(Encoding.UTF8.GetBytes($"{image.Path}\0{image.Label}\0"));
        if (_before is { } before && _listed <= before.ListedCount)
        {
            if (_listed == before.ListedCount && before.ListHash != Hash()) throw Other();
            return false;
        }
        if (_before is { IsComplete: true }) throw Other();
        if (!_shard.Holds(image.Index)) return false;
        _underWay.Enqueue((image, Hash()));
        return true;
    }

    /// <summary>The next image that was taken and has been looked at, in order.</summary>
    public ListedImage Done()
    {
        var (image, hash) = _underWay.Dequeue();
        (SeenCount, SeenHash) = (image.Index + 1, hash);
        return image;
    }

    /// <summary>Ends the list.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.RetrievalMismatch"/>: the earlier run went over another list.</exception>
    public void End()
    {
        if (_before is { } before && _listed < before.ListedCount) throw Other();
        (SeenCount, SeenHash) = (_listed, Hash());
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private string Hash() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    private static CnnVisException Other() =>
        new(ErrorIds.RetrievalMismatch, "The checkpoint was made over another list of images, or with other labels: give the images of that run in the same order, or another checkpoint file.");
}
