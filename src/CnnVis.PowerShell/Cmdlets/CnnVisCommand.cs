using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Downloads;
using CnnVis.Engine.Tensors;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>What every cmdlet shares: one cancellation token that Ctrl+C cancels, and errors with stable ids.</summary>
public abstract class CnnVisCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Stopwatch _clock = new();
    private readonly HashSet<object> _told = new(ReferenceEqualityComparer.Instance);
    private CnnProvenance? _provenance;
    private HashSet<string> _given = [];

    /// <summary>Cancelled by Ctrl+C; handed to the innermost loops.</summary>
    protected internal CancellationToken Cancellation => _stop.Token;

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        _clock.Start();
        _provenance = ProvenanceRecorder.Of(this);
        _given = [.. MyInvocation.BoundParameters.Keys];
        Guarded(Begin);
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guarded(Process);

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        Guarded(End);
        TellTime("From the first object to the last", _clock.Elapsed);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Once, before the first input.</summary>
    protected virtual void Begin() { }

    /// <summary>For each input.</summary>
    protected virtual void Process() { }

    /// <summary>Once, after the last input.</summary>
    protected virtual void End() { }

    /// <summary>Brings a published weight file to this machine, with a bar; gives its path.</summary>
    internal string Fetch(PublishedFile file) => WeightDownload.Fetch(this, file, Cancellation);

    /// <summary>Whether a parameter stands on the command line; what the pipeline binds does not count.</summary>
    private protected bool IsGiven(string parameter) => _given.Contains(parameter);

    /// <summary>Reports an error about one item; the rest goes on.</summary>
    protected void Report(CnnVisException error) => WriteError(Errors.Record(error));

    /// <summary>Notes that a network is asked, for the provenance of what is emitted; -Verbose tells it once.</summary>
    internal void Note(Network model)
    {
        if (_told.Add(model)) WriteVerbose($"Network {model.Name}: weights from {model.Source}, on {model.Device}.");
        if (_provenance is { } provenance && !provenance.Models.Contains(model)) provenance.Models.Add(model);
    }

    /// <summary>Emits an object, which remembers by which command it was made.</summary>
    protected new void WriteObject(object? sendToPipeline) => WriteObject(sendToPipeline, enumerateCollection: false);

    /// <summary>Emits an object or the items of a collection, which remember by which command they were made.</summary>
    protected new void WriteObject(object? sendToPipeline, bool enumerateCollection)
    {
        if (_provenance is { } provenance)
        {
            if (enumerateCollection && sendToPipeline is IEnumerable items and not string)
            {
                foreach (object? item in items)
                {
                    Remember(item, provenance);
                    base.WriteObject(item);
                }
                return;
            }
            Remember(sendToPipeline, provenance);
        }
        base.WriteObject(sendToPipeline, enumerateCollection);
    }

    /// <summary>Says what is being done, control characters shown. With -Debug alone it is told there: PowerShell would ask at each line whether to go on.</summary>
    protected new void WriteVerbose(string text)
    {
        var bound = MyInvocation.BoundParameters;
        if (bound.TryGetValue("Debug", out object? debug) && debug is SwitchParameter { IsPresent: true } && !bound.ContainsKey("Verbose")) WriteDebug(text);
        else base.WriteVerbose(VisibleText.Message(text));
    }

    /// <summary>Does a step of the work, and tells by -Debug how long it took.</summary>
    private protected T Timed<T>(string what, Func<T> step)
    {
        long start = Stopwatch.GetTimestamp();
        T result = step();
        TellTime(what, Stopwatch.GetElapsedTime(start));
        return result;
    }

    /// <summary>Tells by -Debug how long something took. Once the pipeline is stopped it says nothing, so that what is kept is kept.</summary>
    private protected void TellTime(string what, TimeSpan time)
    {
        if (!Cancellation.IsCancellationRequested) WriteDebug(string.Create(CultureInfo.CurrentCulture, $"{what}: {time.TotalSeconds:N3} s."));
    }

    /// <summary>Warns, control characters shown.</summary>
    protected new void WriteWarning(string text) => base.WriteWarning(VisibleText.Message(text));

    /// <summary>Tells how things went, control characters shown.</summary>
    protected new void WriteDebug(string text) => base.WriteDebug(VisibleText.Message(text));

    /// <summary>
    /// Emits what a long computation made. Where Ctrl+C ended that, what there is goes into a variable instead, because a stopped pipeline takes no more objects: the one way in which
    /// something is kept.
    /// </summary>
    /// <param name="results">What was made, as far as it was.</param>
    /// <param name="variable">The variable of <c>-StoppedVariable</c>.</param>
    private protected void WriteOrKeep(IReadOnlyList<object> results, string variable)
    {
        if (Cancellation.IsCancellationRequested) SessionState.PSVariable.Set(variable, results.Count == 1 ? results[0] : results.ToArray());
        Cancellation.ThrowIfCancellationRequested();
        WriteObject(results, enumerateCollection: true);
    }

    /// <summary>Emits a file as Get-Item does, with the properties that PowerShell's views and other cmdlets look for.</summary>
    protected void WriteFile(string file) => WriteObject(InvokeProvider.Item.Get([file], force: true, literalPath: true), enumerateCollection: true);

    private static void Remember(object? item, CnnProvenance provenance)
    {
        object? plain = item is PSObject wrapped ? wrapped.BaseObject : item;
        if (plain is not (null or string or ValueType)) CnnProvenance.Note(plain, provenance);
    }

    private void Guarded(Action step)
    {
        try
        {
            step();
        }
        catch (CnnVisException error)
        {
            ThrowTerminatingError(Errors.Record(error));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception error) when (OperatorFailure.IsMemory(error))
        {
            ThrowTerminatingError(Errors.Record(new CnnVisException(ErrorIds.OutOfMemory, "There is not enough memory for this. Close other programs, or ask for less at a time: a smaller -BatchSize, fewer pictures, a smaller network.", MyInvocation.MyCommand.Name, error)));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the cmdlet holds; also called when the pipeline breaks.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing) _stop.Dispose();
    }
}
