using System.Management.Automation;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Runtime;
using CnnVis.Engine.Tables;
using CnnVis.PowerShell.Loading;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>
/// Cmdlets that show pictures to a network. Pictures are decoded ahead (<see cref="ImageStream"/>) while this thread computes and writes; results keep the order of the input, and a
/// picture that cannot be read is an error record between them.
/// </summary>
public abstract class ImageCommand : PathCommand
{
    private ImageStream? _stream;
    private Network? _network;
    private ProgressBar? _bar, _batchBar;
    private PictureCount? _count;
    private long _listed;

    /// <summary>A network object, the name of one (its weights are downloaded if need be), or an ONNX file. Left out, it is that of Set-CnnOption, or resnet224.</summary>
    [Parameter, ValidateNotNull, ArgumentCompleter(typeof(ModelCompleter))]
    public ModelReference Model { get; set; } = ModelReference.Default;

    /// <summary>Where to compute: cpu, cuda, cuda:n or mps.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(DeviceCompleter))]
    public string Device { get; set; } = UserOptions.Current.Device ?? "cpu";

    /// <summary>Pictures computed at a time. More is faster, and takes more memory.</summary>
    [Parameter, ValidateRange(1, 4096)]
    public int BatchSize { get; set; } = 16;

    /// <summary>Take the pictures of subfolders too.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>The network of <see cref="Model"/>; there from <see cref="Begin"/> on.</summary>
    private protected Network Network => _network!;

    /// <summary>What the progress bar says is being done.</summary>
    protected abstract string Activity { get; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        EngineNatives.Ensure();
        _network = Model.Resolve(this, Device);
        _stream = new ImageStream(_network, BatchSize, Cancellation);
        _bar = new ProgressBar(this, Activity);
        _count = new PictureCount(Cancellation);
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (string path in ResolvePaths())
        {
            _count!.Add(path, Recurse);
            foreach (ImageSource source in ImageSources.In(path, Recurse, Report))
            {
                _listed++;
                Add(source);
            }
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        while (_stream!.Pending > 0) Compute();
        _bar!.End();
    }

    /// <summary>Computes one batch and writes its results.</summary>
    private protected abstract void Process(ImageBatch batch);

    /// <summary>What a picture shows: what a table says, or without one the name of its folder.</summary>
    private protected Func<string, string?> LabelsOf(string? table) => table is null ? FolderLabel.Of : LabelTable.Read(FilePaths.Plain(SessionState, table)).Find;

    /// <summary>What takes many passes tells how far a batch is.</summary>
    private protected void ShowShare(double share) => (_batchBar ??= new ProgressBar(this, "This batch", id: 1, parent: 0)).Show(share, () => $"{share:P0}");

    /// <summary>Queues a picture.</summary>
    private protected virtual void Add(ImageSource source)
    {
        _stream!.Add(source);
        if (_stream.IsFull) Compute();
    }

    /// <summary>Of how many, where that is known: more may come down the pipeline, and folders are still being counted.</summary>
    private void ShowProgress(long done)
    {
        long? total = MyInvocation.ExpectingInput ? null : _count!.Total;
        _bar!.Show(total > 0 ? (double)done / total.Value : -1, () => $"{done:N0} {(total is { } all ? $"of {all:N0} pictures" : "pictures so far")}, {done / Math.Max(_bar!.Seconds, 1e-3):N1} a second");
    }

    private void Compute()
    {
        using ImageBatch batch = _stream!.Take();
        _batchBar = null;
        Process(batch);
        _batchBar?.End();
        ShowProgress(_listed - _stream.Pending);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _stream?.Dispose();
        base.Dispose(disposing);
    }
}
