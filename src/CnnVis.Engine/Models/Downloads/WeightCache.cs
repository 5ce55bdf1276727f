namespace CnnVis.Engine.Models.Downloads;

/// <summary>Published weight files on this machine, in <see cref="DataFolder.Weights"/>: downloaded once, checked against the hash in their name.</summary>
public static class WeightCache
{
    /// <summary>The file's path on this machine. A file that is not there is downloaded; one that is there is checked once, and again whenever it has changed since.</summary>
    /// <exception cref="CnnVisException">It cannot be downloaded (DownloadFailed); or what is there is another file (ModelUnreadable).</exception>
    public static async Task<string> GetAsync(PublishedFile file, DownloadOptions options, Action<DownloadProgress>? progress, CancellationToken cancellation)
    {
        string path = file.LocalPath;
        try
        {
            if (!File.Exists(path)) await DownloadAsync(file, path, options, progress, cancellation).ConfigureAwait(false);
            else if (!IsMarked(path)) await CheckAsync(file, path, cancellation).ConfigureAwait(false);
            return path;
        }
        catch (TransferException error)
        {
            throw Failed(file, path, error.Message, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CnnVisException(ErrorIds.WriteFailed, $"'{path}' could not be written: {error.Message.TrimEnd('.')}. $env:{DataFolder.Variable} names another folder for networks.", path, error);
        }
    }

    /// <summary>Checks a file that is there, whether or not that was done before.</summary>
    /// <exception cref="CnnVisException">It is not what its name says (ModelUnreadable).</exception>
    public static async Task CheckAsync(PublishedFile file, string path, CancellationToken cancellation)
    {
        string hash = await PublishedFile.HashOf(path, cancellation).ConfigureAwait(false);
        if (!file.HasHash(hash))
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"'{path}' is damaged, or another file: its SHA-256 begins with {hash[..file.HashPrefix.Length]}, and {file.HashPrefix} is right. Delete it, and it is downloaded anew.", path);
        Mark(path);
    }

    private static async Task DownloadAsync(PublishedFile file, string path, DownloadOptions options, Action<DownloadProgress>? progress, CancellationToken cancellation)
    {
        DataFolder.Make(Path.GetDirectoryName(path)!);
        PartialFile? partial;
        while ((partial = PartialFile.TryOpen(path)) is null)
        {
            // Another process is at it: wait, and show how far it is.
            if (new FileInfo(PartialFile.PathOf(path)) is { Exists: true } other) progress?.Invoke(new DownloadProgress(other.Length, null, 0));
            await Task.Delay(options.LockPoll, cancellation).ConfigureAwait(false);
        }
        using (partial)
        {
            if (File.Exists(path)) return; // the other has finished it
            using var transfer = new Transfer(file, partial, options, progress);
            try
            {
                await transfer.RunAsync(cancellation).ConfigureAwait(false);
            }
            catch (IOException error) when (IsDiskFull(error))
            {
                partial.Discard(); // somebody needs the room
                throw;
            }
            partial.Complete();
        }
        Mark(path);
    }

    private static bool IsDiskFull(IOException error) => error.HResult is 28 or unchecked((int)0x80070070) or unchecked((int)0x80070027); // ENOSPC; ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL

    private static CnnVisException Failed(PublishedFile file, string path, string reason, Exception error)
    {
        string address = file.PublicAddress;
        return new CnnVisException(ErrorIds.DownloadFailed,
            $"{address} could not be downloaded: {reason}. Run the command again to go on where it stopped. Where that address cannot be reached, put the file (its SHA-256 begins with {file.HashPrefix}) at '{path}', "
            + $"or name a copy of {WeightServer.Published} in $env:{WeightServer.Variable}. Import-CnnModel -WeightPath takes weights from any file, and -Random makes a network without.", address, error);
    }

    /// <summary>Whether the file was checked before, and has the length and date it had then.</summary>
    private static bool IsMarked(string path)
    {
        try
        {
            return File.ReadAllText(MarkOf(path)) == Signature(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void Mark(string path)
    {
        try
        {
            File.WriteAllText(MarkOf(path), Signature(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // In a folder that cannot be written a file is checked each time.
        }
    }

    private static string MarkOf(string path) => path + ".checked";

    private static string Signature(string path)
    {
        var info = new FileInfo(path);
        return $"{info.Length} {info.LastWriteTimeUtc.Ticks}";
    }
}
