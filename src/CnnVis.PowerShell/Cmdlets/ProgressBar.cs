using System.Diagnostics;
using System.Management.Automation;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>A bar for work that takes a while: drawn a few times a second, with the time that is left, and gone at the end.</summary>
/// <param name="cmdlet">Whose work.</param>
/// <param name="activity">What is being done.</param>
/// <param name="id">Its number among the bars that are there together.</param>
/// <param name="parent">The bar that it belongs under; none if left out.</param>
internal sealed class ProgressBar(CnnVisCommand cmdlet, string activity, int id = 0, int parent = -1)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(0.25);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next = _patience;
    private bool _isShown;

    /// <summary>Seconds since the work began.</summary>
    public double Seconds => _clock.Elapsed.TotalSeconds;

    /// <summary>Shows how far it is. Once the pipeline is stopped it does nothing: the token ends the work, and what there is is kept.</summary>
    /// <param name="share">The share that is done; negative where that is not known.</param>
    /// <param name="status">Where it stands, in words; asked only when the bar is drawn.</param>
    public void Show(double share, Func<string> status)
    {
        if (_clock.Elapsed < _next || cmdlet.Cancellation.IsCancellationRequested) return;
        _next = _clock.Elapsed + _patience;
        try
        {
            cmdlet.WriteProgress(new ProgressRecord(id, VisibleText.Of(activity), VisibleText.Of(status()))
            {
                ParentActivityId = parent,
                PercentComplete = share < 0 ? -1 : (int)(100 * Math.Min(share, 1)),
                SecondsRemaining = share > 0 ? (int)Math.Min(int.MaxValue, Math.Ceiling(Seconds * Math.Max(0, 1 - share) / share)) : -1,
            });
            _isShown = true;
        }
        catch (PipelineStoppedException)
        {
            // Stopped just now.
        }
    }

    /// <summary>Takes it away.</summary>
    public void End()
    {
        if (_isShown) cmdlet.WriteProgress(new ProgressRecord(id, VisibleText.Of(activity), "done") { RecordType = ProgressRecordType.Completed });
        _isShown = false;
    }
}
