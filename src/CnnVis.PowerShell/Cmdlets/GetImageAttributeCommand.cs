using System.Management.Automation;
using CnnVis.Engine.Attributes;
using CnnVis.Engine.Codes;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Runtime;
using CnnVis.Engine.Scans;
using CnnVis.Engine.Tables;
using CnnVis.PowerShell.Loading;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Measures photos: size, light, colour, detail, compression, near duplicates, with boxes the objects in them, and with a network how typical they are.</summary>
[Cmdlet(VerbsCommon.Get, "ImageAttribute", DefaultParameterSetName = PathSet, SupportsShouldProcess = true), OutputType(typeof(ImageAttributes))]
public sealed class GetImageAttributeCommand : PathCommand, IDynamicParameters
{
    private const int Together = 64, BatchSize = 16;

    private readonly List<ImageSource> _waiting = [];
    private readonly List<ImageSource> _all = [];
    private readonly List<ImageAttributes> _kept = [];
    private readonly ScanParameters _scan = new();
    private AttributeScan? _attributes;
    private PictureRun<FoundAttributes>? _run;
    private Func<ImageSource, IReadOnlyList<PixelBox>>? _boxes;
    private Func<string, string?>? _labels;
    private ProgressBar? _bar;
    private ImageListing? _listing;
    private long _listed, _seen;

    /// <summary>Take the pictures of subfolders too.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>What the picture shows, from the property Label of what comes down the pipeline. Left out, -LabelPath says it, or the name of the picture's folder.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Label { get; set; }

    /// <summary>A table, separated by commas or tabs, of what each picture shows, with the columns file (or path) and label (or class).</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? LabelPath { get; set; }

    /// <summary>A table, separated by commas or tabs, of boxes round the objects, in pixels of the upright photo: with the columns file (or path), xmin, ymin, xmax and ymax, the last pixels that belong to the object, or x, y, width and height. With a column class (or label), only boxes of the picture's label count.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? BoxPath { get; set; }

    /// <summary>Find pictures that are almost the same; results come at the end then, as with -BoxPath.</summary>
    [Parameter]
    public SwitchParameter NearDuplicate { get; set; }

    /// <summary>A network that says how typical each picture is of its label: a name, an ONNX file, or an object; results come at the end then. Left out, no network is asked.</summary>
    [Parameter, ValidateNotNullOrEmpty, ModelArgument, ArgumentCompleter(typeof(ModelCompleter))]
    public ModelReference? Model { get; set; }

    /// <summary>Where to compute, as <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c> or <c>mps</c>.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(DeviceCompleter))]
    public string Device { get; set; } = UserOptions.Current.Device ?? "cpu";

    /// <inheritdoc/>
    public object GetDynamicParameters() => _scan;

    /// <inheritdoc/>
    protected override void Begin()
    {
        EngineNatives.Ensure();
        LabelTable? labels = LabelPath is null ? null : LabelTable.Read(FilePaths.Plain(SessionState, LabelPath));
        _labels = labels is null ? FolderLabel.Of : labels.Find;
        BoxTable? boxes = BoxPath is null ? null : BoxTable.Read(FilePaths.Plain(SessionState, BoxPath));
        if (boxes is not null) _boxes = source => boxes.Of(source.Path, source.Label is null ? null : new[] { source.Label });
        if (Model is not null && _scan.IsDivided) throw new CnnVisException(ErrorIds.InvalidArgument, "-Model compares each picture with all others of its label, and cannot be divided or resumed: leave -Checkpoint and -Shard out.", Model);
        var context = new AttributeContext(boxes is not null, NearDuplicate);
        _attributes = new AttributeScan(context);
        _run = _scan.Begin<FoundAttributes>(this, _scan.Ask(this, FoundAttributes.Kind, [], context), (_, found) => Give(found), Report);
        _bar = new ProgressBar(this, "Measuring pictures");
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        using ImageListing listing = _listing = ListPictures(Recurse);
        foreach (ImageSource source in listing.Read(Report))
        {
            ImageSource labelled = source with { Label = Label ?? _labels!(source.Path) };
            _listed++;
            if (_run!.List(labelled)) _waiting.Add(labelled);
            if (_waiting.Count == Together) Measure();
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        Measure();
        _run!.End();
        if (_run.Changed is { } changed) WriteWarning(changed);
        foreach (ImageAttributes attributes in _attributes!.Finish()) WriteOrWait(attributes);
        _bar!.End();
        if (Model is null) return;
        Typicality typicality = TypicalityOf(Model.Resolve(this, Device));
        foreach (ImageAttributes attributes in _kept) WriteObject(attributes with { Typicality = typicality.Of(attributes.Path) });
    }

    /// <summary>The codes of all pictures, by what they show. Those that cannot be read were told of when they were measured.</summary>
    private Typicality TypicalityOf(Network network)
    {
        var typicality = new Typicality();
        var reader = new CodeReader(network, [CodeLayer.Of(network)], _ => null);
        var bar = new ProgressBar(this, "Computing codes");
        long seen = 0;
        using var stream = new ImageStream(network, BatchSize, Cancellation);
        foreach (ImageBatch batch in stream.Batches(_all))
        {
            foreach (IReadOnlyList<CnnCode> codes in reader.Read(batch, Cancellation)) typicality.Add(codes[0]);
            seen += batch.Readable.Count;
            bar.Show((double)seen / _all.Count, () => $"{seen} of {_all.Count} pictures");
        }
        bar.End();
        return typicality;
    }

    private void WriteOrWait(ImageAttributes attributes)
    {
        if (Model is null) WriteObject(attributes);
        else _kept.Add(attributes);
    }

    private void Give(FoundAttributes found)
    {
        if (_attributes!.Add(found) is { } attributes) WriteOrWait(attributes);
    }

    private void Measure()
    {
        if (_waiting.Count == 0) return;
        var looked = _attributes!.Look(_waiting, _boxes, Cancellation);
        _run!.Add([.. looked.Select(l => l.Error)], _ => [.. looked.Select(l => l.Found).OfType<FoundAttributes>()]);
        if (Model is not null) _all.AddRange(_waiting);
        _seen += _waiting.Count;
        _waiting.Clear();
        long? total = MyInvocation.ExpectingInput ? null : _listing!.Total;
        _bar!.Show(total > 0 ? (double)_listed / total.Value : -1, () => $"{_listed:N0} {(total is { } all ? $"of {all:N0} pictures" : "pictures so far")}, {_seen / _bar!.Seconds:F0} a second");
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _run?.Dispose();
        base.Dispose(disposing);
    }
}
