using CnnVis.Engine.Images;
using CnnVis.Engine.Models;

namespace CnnVis.Engine.Correspondence;

/// <summary>The pictures that others are compared with, gone through once for each. As many as fit into a quarter of a gigabyte keep their features; the others are read again each time, so that memory does not depend on their number.</summary>
public sealed class TargetPictures
{
    private const long MostNumbers = 1 << 26;

    private readonly CorrespondenceSearch _search;
    private readonly Network _network;
    private readonly List<ImageSource> _unread;
    private readonly List<DescribedPicture> _kept = [];
    private readonly int _batchSize;
    private long _numbers;
    private bool _isFull;

    /// <param name="search">Reads features.</param>
    /// <param name="network">Whom pictures are prepared for.</param>
    /// <param name="sources">The pictures.</param>
    /// <param name="batchSize">Pictures computed at a time.</param>
    public TargetPictures(CorrespondenceSearch search, Network network, IEnumerable<ImageSource> sources, int batchSize) =>
        (_search, _network, _unread, _batchSize) = (search, network, [.. sources], batchSize);

    /// <summary>Pictures that are not known to be unreadable.</summary>
    public int Count => _kept.Count + _unread.Count;

    /// <summary>All of them, in order.</summary>
    /// <param name="failed">Takes the error of one that cannot be read; each is told once.</param>
    /// <param name="cancellation">Ends it.</param>
    public IEnumerable<DescribedPicture> All(Action<CnnVisException> failed, CancellationToken cancellation)
    {
        foreach (DescribedPicture picture in _kept) yield return picture;
        if (_unread.Count == 0) yield break;
        using var stream = new ImageStream(_network, _batchSize, cancellation);
        var left = new List<ImageSource>();
        foreach (ImageBatch batch in stream.Batches(_unread.ToArray()))
        {
            var described = _search.Describe(batch, cancellation);
            var found = new List<DescribedPicture>();
            batch.InOrder(failed, (image, index) =>
            {
                DescribedPicture picture = described[index];
                _isFull |= _numbers + picture.Length > MostNumbers;
                if (_isFull) left.Add(image.Source);
                else
                {
                    _kept.Add(picture);
                    _numbers += picture.Length;
                }
                found.Add(picture);
            });
            foreach (DescribedPicture picture in found) yield return picture;
        }
        _unread.Clear();
        _unread.AddRange(left);
    }
}
