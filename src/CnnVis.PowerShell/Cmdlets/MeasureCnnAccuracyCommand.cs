using System.Collections;
using System.Globalization;
using System.Management.Automation;
using CnnVis.Engine.Accuracy;
using CnnVis.Engine.Accuracy.Effects;
using CnnVis.Engine.Accuracy.Interventions;
using CnnVis.Engine.Accuracy.Labels;
using CnnVis.Engine.Attributes;
using CnnVis.Engine.Images;
using CnnVis.Engine.Scans;
using CnnVis.Engine.Tables;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Measures how often a network is right about labelled pictures, and about which.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "CnnAccuracy", DefaultParameterSetName = PathSet, SupportsShouldProcess = true), OutputType(typeof(CnnAccuracy), typeof(MultiLabelAccuracy))]
public sealed class MeasureCnnAccuracyCommand : ImageCommand, IDynamicParameters
{
    private const string MergeSet = "Merge";

    private readonly Dictionary<string, IReadOnlyDictionary<string, object?>> _properties = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double[]> _edges = new(StringComparer.OrdinalIgnoreCase);
    private AccuracyScan? _job;
    private readonly ScanParameters _scan = new();
    private PictureRun<FoundAnswer>? _run;
    private AccuracyGathering? _gathered;
    private Func<string, string?>? _labels;
    private string[] _attributes = [];

    /// <summary>What the picture shows: one class or several acceptable ones, by name or output index; of all pictures, or from the property Label of what comes down the pipeline. Left out, -LabelPath or -LabelPattern says it, or the name of the picture's folder.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true), Alias("Labels"), AllowNull]
    public string[]? Label { get; set; }

    /// <summary>What each picture shows: a table, separated by commas or tabs, with the columns file (or path) and label (or class), of which several rows, or several labels with | between, make a set of acceptable ones; or JSON: an object of lists by file name, or a list of lists by the number that the picture's name ends in, as ReaL's.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? LabelPath { get; set; }

    /// <summary>A regular expression that finds the label in the picture's name, or where it is not found there in its path (slashes forward, the last match): its group label, else its first, as in '_(?&lt;label>[a-z]+)\.'.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? LabelPattern { get; set; }

    /// <summary>A table of other names of the classes, such as ids of WordNet: the column class (or name) has them as the network calls them, any other column other names.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? ClassMap { get; set; }

    /// <summary>A table, separated by commas or tabs, of true boxes round the objects, in pixels of the photo: with the columns file (or path), xmin, ymin, xmax and ymax, the last pixels that belong to the object, or x, y, width and height.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? BoxPath { get; set; }

    /// <summary>With -BoxPath: a table of the boxes that are to be judged, of the same form. An object is found if a right class is among those that count and a box overlaps (intersection over union) a true one by half, or by less where that is small: min(0.5, w h / ((w + 10) (h + 10))).</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? PredictedBoxPath { get; set; }

    /// <summary>How many of the most probable classes count for top-k accuracy.</summary>
    [Parameter, ValidateRange(1, 100_000)]
    public int Top { get; set; } = 5;

    /// <summary>Attributes by which accuracy is looked at: properties of what comes down the pipeline, columns of -AttributePath, what Get-ImageAttribute measures of a picture alone, or Confidence and PredictionEntropy, which are the network's: they diagnose, and are no causes.</summary>
    [Parameter(Position = 1), ValidateNotNullOrEmpty]
    public string[] By { get; set; } = [];

    /// <summary>A table, separated by commas or tabs, with a column file (or path) and a column for each attribute: numbers, texts, dates (2026-11-30T14:00) or truth values. Empty fields are not known.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? AttributePath { get; set; }

    /// <summary>Bins of equally many pictures for attributes that are numbers.</summary>
    [Parameter, ValidateRange(2, 100)]
    public int BinCount { get; set; } = 5;

    /// <summary>Edges of bins by attribute, as @{ Brightness = 0.2, 0.4, 0.6 }.</summary>
    [Parameter, ValidateNotNull]
    public Hashtable Bin { get; set; } = [];

    /// <summary>What of dates makes a bin: Month, Hour, Weekday or Year.</summary>
    [Parameter]
    public DatePart DatePart { get; set; }

    /// <summary>A further attribute, such as Scale, that bins are matched by: pictures are left out until the bins' means of it agree, as in Russakovsky et al. (2014); and a regression that keeps it as it is.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? MatchBy { get; set; }

    /// <summary>How far the bins' means of -MatchBy may stay apart. Left out, it is 0.001 of a share, and a thousandth of the range of anything else.</summary>
    [Parameter, ValidateRange(0.0, double.MaxValue)]
    public double? Tolerance { get; set; }

    /// <summary>The attribute whose values say which pictures belong together, such as a patient or a camera: intervals of correlations draw those again. Left out, it is the class.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? Group { get; set; }

    /// <summary>What counts once: Image, or Class with the means of its pictures, as in the paper.</summary>
    [Parameter]
    public AccuracyUnit Unit { get; set; }

    /// <summary>How p-values reckon with all the attributes that are looked at: Holm, BenjaminiHochberg or None.</summary>
    [Parameter]
    public MultipleTesting Correction { get; set; }

    /// <summary>Look for so many slices of the pictures, by one or two of the attributes, about which the network errs most: found in one half, judged by the other.</summary>
    [Parameter, ValidateRange(0, 1000)]
    public int Slice { get; set; }

    /// <summary>Change each attribute of -By that can be changed (Brightness, Contrast, Saturation, Colorfulness, Sharpness, Noise, JpegQuality) in the pictures of one end of its range to the level of the other end, and ask the network again: cause beside difference.</summary>
    [Parameter]
    public SwitchParameter Intervene { get; set; }

    /// <summary>Seed of everything random.</summary>
    [Parameter, ValidateRange(0, int.MaxValue)]
    public int Seed { get; set; }

    /// <summary>Checkpoints of shards, all of one run: no picture is read, and the result is that of all of them together.</summary>
    [Parameter(Mandatory = true, ParameterSetName = MergeSet), ValidateNotNullOrEmpty]
    public string[] Merge { get; set; } = [];

    /// <inheritdoc/>
    public object GetDynamicParameters() => _scan;

    /// <inheritdoc/>
    protected override string Activity => "Measuring accuracy";

    /// <inheritdoc/>
    private protected override void Check()
    {
        foreach (DictionaryEntry entry in Bin) _edges[$"{entry.Key}"] = Edges($"{entry.Key}", entry.Value);
    }

    /// <inheritdoc/>
    private protected override void Start()
    {
        if (new[] { LabelPath, LabelPattern }.Count(l => l is not null) > 1 || IsGiven(nameof(Label)) && (LabelPath ?? LabelPattern) is not null)
            throw new CnnVisException(ErrorIds.InvalidArgument, "-Label, -LabelPath and -LabelPattern each say what the pictures show: give one of them.", LabelPath ?? LabelPattern);
        _labels = LabelPath is not null ? LabelSets.File(FilePaths.Plain(SessionState, LabelPath)) : LabelPattern is not null ? LabelSets.Pattern(LabelPattern) : LabelSets.Folders;
        _attributes = [.. By.Append(MatchBy).Append(Group).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
        AttributeTable? table = AttributePath is null ? null : AttributeTable.Read(FilePaths.Plain(SessionState, AttributePath));
        _run?.Dispose();
        _job = new AccuracyScan(Network, new AccuracyQuery
        {
            Names = new ClassNames(Network, ClassMap is null ? null : FilePaths.Plain(SessionState, ClassMap)),
            K = Top,
            Attributes = _attributes,
            Values = (paths, cancellation) => Attributes(paths, table, cancellation),
            Localized = Localized(),
            Failed = Report,
        }, _scan.EvenSize(BatchSize), Cancellation);
        var asked = new Dictionary<string, string> { ["Top"] = $"{Top}", ["By"] = string.Join(", ", _attributes) };
        foreach (var (name, file) in new[] { (nameof(AttributePath), AttributePath), (nameof(ClassMap), ClassMap), (nameof(BoxPath), BoxPath), (nameof(PredictedBoxPath), PredictedBoxPath) })
            if (ScanParameters.Content(this, file) is { } content) asked[name] = content;
        _gathered = new AccuracyGathering(Network.Name, _job.Context);
        _run = _scan.Begin<FoundAnswer>(this, _scan.Ask(this, FoundAnswer.Kind, [Network], _job.Context, asked), _gathered.Add, Report);
    }

    /// <inheritdoc/>
    private protected override void Add(ImageSource source)
    {
        string? label = Label is null ? _labels!(source.Path) : LabelSets.Join(Label);
        if (InputObject is not null && _attributes.Length > 0) _properties[source.Path] = Properties(InputObject);
        if (_run!.List(source with { Label = label })) base.Add(source with { Label = label });
    }

    /// <inheritdoc/>
    private protected override void Process(ImageBatch batch) => _run!.Add(batch, images => _job!.Look(batch, images, Cancellation));

    /// <inheritdoc/>
    private protected override void Finish()
    {
        _run!.End();
        if (_run.Changed is { } changed) WriteWarning(changed);
        Give(_gathered!.Record(_run.State));
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (ParameterSetName != MergeSet) base.Process();
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (ParameterSetName != MergeSet) base.End();
        else if (Intervene) throw new CnnVisException(ErrorIds.InvalidArgument, "-Intervene reads the pictures again, and -Merge reads none: give one of them.", Merge);
        else Give(FoundAnswer.Record(ScanMerge.Of([.. Merge.Select(m => FilePaths.Plain(SessionState, m))]), Report));
    }

    private void Give(AccuracyRecord record)
    {
        CnnAccuracy accuracy = AccuracySummary.Of(record);
        if (ParameterSetName != MergeSet) accuracy = accuracy.Of(Network);
        if (record.ListedCount == 0) return;
        if (accuracy.Count == 0)
        {
            WriteWarning("No picture counts: none could be read and has a label that the network knows.");
            return;
        }
        if (By.Length > 0)
        {
            var options = new EffectOptions
            {
                Unit = Unit,
                BinCount = BinCount,
                Edges = _edges,
                DatePart = DatePart,
                MatchBy = MatchBy,
                Tolerance = Tolerance,
                Group = Group,
                Correction = Correction,
                Slices = Slice,
                Seed = Seed,
            };
            accuracy = EffectAnalysis.Analyze(accuracy, By, options);
            if (Intervene) accuracy = accuracy with { Interventions = InterventionRun.Compare(Network, accuracy, By, options, BatchSize, Cancellation) };
            foreach (AttributeEffect effect in accuracy.Attributes.Where(e => e.Unit == AccuracyUnit.Image && e.Bins.Any(b => b.IsSmall)))
                WriteWarning($"{effect.Attribute}: {string.Join(", ", effect.Bins.Where(b => b.IsSmall).Select(b => $"'{b.Name}' has {b.Count}"))} pictures. Below 30 a share says little.");
        }
        WriteObject(accuracy);
    }

    /// <summary>Whether a picture's object lies in a box that was given for it.</summary>
    private Func<string, bool?> Localized()
    {
        if (BoxPath is null != PredictedBoxPath is null) throw new CnnVisException(ErrorIds.InvalidArgument, "-BoxPath has the true boxes, and -PredictedBoxPath those that are judged by them: give both.", BoxPath ?? PredictedBoxPath);
        if (BoxPath is null) return _ => null;
        BoxTable truth = BoxTable.Read(FilePaths.Plain(SessionState, BoxPath)), found = BoxTable.Read(FilePaths.Plain(SessionState, PredictedBoxPath!));
        return path => truth.Of(path, null) is { Count: > 0 } boxes ? BoxMeasures.IsFound(boxes, found.Of(path, null)) : null;
    }

    /// <summary>What the pipeline says, else what the table says, else what can be measured.</summary>
    private Dictionary<string, object?>[] Attributes(IReadOnlyList<string> paths, AttributeTable? table, CancellationToken cancellation)
    {
        Dictionary<string, object?>[] all = [.. paths.Select(path => Given(path, table))];
        string[] measured = [.. _attributes.Where(a => ImageAttributeReader.Names.Contains(a, StringComparer.OrdinalIgnoreCase) && table?.Has(a) != true)];
        int[] missing = [.. Enumerable.Range(0, all.Length).Where(i => measured.Any(m => !all[i].ContainsKey(m)))];
        if (measured.Length == 0 || missing.Length == 0) return all;
        IReadOnlyList<IReadOnlyDictionary<string, object?>> found = ImageAttributeReader.Values([.. missing.Select(i => paths[i])], measured, cancellation);
        for (int i = 0; i < missing.Length; i++)
            foreach (string name in measured)
                if (found[i][name] is { } value) all[missing[i]].TryAdd(name, value);
        return all;
    }

    private Dictionary<string, object?> Given(string path, AttributeTable? table)
    {
        var values = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        _properties.Remove(path, out IReadOnlyDictionary<string, object?>? given);
        foreach (string name in _attributes)
            if (AttributeValues.Of(given?.GetValueOrDefault(name) ?? table?.Find(path, name)) is { } known) values[name] = known;
        return values;
    }

    private Dictionary<string, object?> Properties(PSObject item)
    {
        var values = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (string name in _attributes)
        {
            object? value = item.Properties[name]?.Value;
            values[name] = value is PSObject wrapped ? wrapped.BaseObject : value;
        }
        return values;
    }

    private static double[] Edges(string attribute, object? value)
    {
        object[] items = value is PSObject { BaseObject: object[] wrapped } ? wrapped : value as object[] ?? [value!];
        double[] edges = new double[items.Length];
        for (int i = 0; i < edges.Length; i++)
        {
            string text = Convert.ToString(items[i] is PSObject item ? item.BaseObject : items[i], CultureInfo.InvariantCulture) ?? "";
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out edges[i]) || !double.IsFinite(edges[i]))
                throw new CnnVisException(ErrorIds.InvalidArgument, $"'{text}' is no edge of a bin of '{attribute}': give numbers, as in -Bin @{{ {attribute} = 0.2, 0.4 }}.", text);
        }
        return edges.Zip(edges.Skip(1)).All(p => p.First < p.Second) && edges.Length > 0 ? edges
            : throw new CnnVisException(ErrorIds.InvalidArgument, $"The edges of the bins of '{attribute}' have to ascend.", attribute);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _run?.Dispose();
        base.Dispose(disposing);
    }
}
