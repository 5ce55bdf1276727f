using System.Management.Automation;
using CnnVis.Engine.Models.Downloads;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Downloads as the user sees them: with a bar, ended by Ctrl+C, going on where they stopped.</summary>
internal static class WeightDownload
{
    private const int MegaByte = 1_000_000, Activity = 1;

    /// <summary>Brings a weight file to this machine; gives its path.</summary>
    /// <exception cref="CnnVisException">It cannot be had.</exception>
    public static string Fetch(PSCmdlet cmdlet, PublishedFile file, CancellationToken cancellation)
    {
        DownloadProgress? latest = null;
        Task<string> download = Task.Run(() => WeightCache.GetAsync(file, DownloadOptions.Default, p => latest = p, cancellation), CancellationToken.None);
        bool shown = false;
        // Bars are drawn on this thread only.
        while (!((IAsyncResult)download).AsyncWaitHandle.WaitOne(100))
        {
            if (latest is null) continue;
            cmdlet.WriteProgress(Bar(file, latest));
            shown = true;
        }
        if (shown) cmdlet.WriteProgress(new ProgressRecord(Activity, $"Downloading {file.Name}", "done") { RecordType = ProgressRecordType.Completed });
        return download.GetAwaiter().GetResult();
    }

    private static ProgressRecord Bar(PublishedFile file, DownloadProgress progress)
    {
        string of = progress.Total is { } total ? $" of {total / (double)MegaByte:F0}" : "";
        string rate = progress.BytesPerSecond > 0 ? $", {progress.BytesPerSecond / MegaByte:F1} a second" : "";
        return new ProgressRecord(Activity, $"Downloading {file.Name}", $"{progress.Received / (double)MegaByte:F0}{of} MB{rate}")
        {
            PercentComplete = progress.Total is > 0 and var all ? (int)Math.Min(100, 100 * progress.Received / all) : -1,
            SecondsRemaining = (int)(progress.Remaining?.TotalSeconds ?? -1),
        };
    }
}
