using CnnVis.Engine.Images;

namespace CnnVis.Engine.Scans;

/// <summary>
/// What a pass over many pictures gathers, and how a file keeps that. Which pictures it is shown, and when the file is written, is the business of <see cref="ScanRun"/>.
/// </summary>
public interface IScanJob
{
    /// <summary>Looks at the readable pictures of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="images">Its readable pictures, each listed later than those before.</param>
    /// <param name="cancellation">Ends it; what is gathered is of no use then.</param>
    void Look(ImageBatch batch, IReadOnlyList<ListedImage> images, CancellationToken cancellation);

    /// <summary>Writes what was gathered so far, whole or not at all.</summary>
    /// <param name="file">The file; one that is there is replaced.</param>
    /// <param name="state">How far the pass is.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.WriteFailed"/>: it cannot be written.</exception>
    void Save(string file, ScanState state);

    /// <summary>Takes up what a file keeps.</summary>
    /// <returns>How far that pass was.</returns>
    /// <exception cref="CnnVisException">It cannot be read, or (<see cref="ErrorIds.RetrievalMismatch"/>) was gathered with another network, or asked otherwise.</exception>
    ScanState Restore(string file);
}
