using System.Management.Automation;
using CnnVis.Engine.Attributes;
using CnnVis.Engine.Images;
using CnnVis.Engine.Tables;
using CnnVis.PowerShell.Loading;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Measures photos: size, light, colour, detail, compression, near duplicates, and with boxes the objects in them.</summary>
[Cmdlet(VerbsCommon.Get, "ImageAttribute", DefaultParameterSetName = PathSet), OutputType(typeof(ImageAttributes))]
public sealed class GetImageAttributeCommand : PathCommand
{
    private const int Together = 64;

    private readonly List<ImageSource> _waiting = [];
    private AttributeScan? _scan;
    private Func<string, string?>? _labels;
    private ProgressBar? _bar;
    private long _seen;

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

    /// <inheritdoc/>
    protected override void Begin()
    {
        EngineNatives.Ensure();
        LabelTable? labels = LabelPath is null ? null : LabelTable.Read(FilePaths.Plain(SessionState, LabelPath));
        _labels = labels is null ? FolderLabel.Of : labels.Find;
        BoxTable? boxes = BoxPath is null ? null : BoxTable.Read(FilePaths.Plain(SessionState, BoxPath));
        _scan = new AttributeScan(boxes is null ? null : source => boxes.Of(source.Path, source.Label is null ? null : new[] { source.Label }), NearDuplicate);
        _bar = new ProgressBar(this, "Measuring pictures");
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (string path in ResolvePaths())
            foreach (ImageSource source in ImageSources.In(path, Recurse, Report))
            {
                _waiting.Add(source with { Label = Label ?? _labels!(source.Path) });
                if (_waiting.Count == Together) Measure();
            }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        Measure();
        foreach (ImageAttributes attributes in _scan!.Finish()) WriteObject(attributes);
        _bar!.End();
    }

    private void Measure()
    {
        if (_waiting.Count == 0) return;
        foreach (ImageAttributes attributes in _scan!.Add(_waiting, Report, Cancellation)) WriteObject(attributes);
        _seen += _waiting.Count;
        _waiting.Clear();
        _bar!.Show(-1, () => $"{_seen} pictures, {_seen / _bar!.Seconds:F0} a second");
    }
}
