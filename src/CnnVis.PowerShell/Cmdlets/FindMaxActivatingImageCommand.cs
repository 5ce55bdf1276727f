using System.Management.Automation;
using CnnVis.Engine.Images;
using CnnVis.Engine.Retrieval;
using CnnVis.Engine.Scans;
using CnnVis.PowerShell.Parameters;
using CnnVis.PowerShell.Pipeline;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Finds the images that activate units of a network most, and the places in them.</summary>
[Cmdlet(VerbsCommon.Find, "MaxActivatingImage", DefaultParameterSetName = PathSet, SupportsShouldProcess = true), OutputType(typeof(MaxActivatingImageSet))]
public sealed class FindMaxActivatingImageCommand : ImageCommand, IDynamicParameters
{
    private readonly ScanParameters _scan = new();
    private readonly List<CnnCode> _directions = [];
    private ImageRetrieval? _retrieval;
    private SumRun<FoundUnits>? _run;
    private Func<string, string?>? _labels;
    private Piped? _first;

    /// <summary>Layer names or aliases, with wildcards. Left out, it is the layer of the codes given as -Direction, or the last layer with rows and columns.</summary>
    [Parameter(Position = 1), ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(LayerCompleter))]
    public string[]? Layer { get; set; }

    /// <summary>Channels, or units of a layer without rows and columns. Left out, all of them, or none where -Direction says what is wanted.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(ChannelCompleter))]
    public int[]? Channel { get; set; }

    /// <summary>Look at one row and column of the maps only, as 3, 4; Strongest, the default, is where a map is largest.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string[] Position { get; set; } = [NeuronSelection.Strongest];

    /// <summary>Images kept of a unit.</summary>
    [Parameter, ValidateRange(1, 100_000)]
    public int Top { get; set; } = 9;

    /// <summary>Most places kept in one image of a unit.</summary>
    [Parameter, ValidateRange(1, 100_000)]
    public int PerImage { get; set; } = 1;

    /// <summary>With -PerImage: of places whose boxes overlap more than that, intersection over union, only the strongest is kept. 1 keeps all.</summary>
    [Parameter, ValidateRange(0.0, 1.0)]
    public double Overlap { get; set; } = 0.3;

    /// <summary>Where a layer is a ReLU, look at the values before it.</summary>
    [Parameter]
    public SwitchParameter PreRelu { get; set; }

    /// <summary>Directions instead of channels: codes, arrays of numbers, anything with a property Values; with -Path, such may come down the pipeline too. A number a channel is taken at each position, a number for each value of the layer once.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public object[]? Direction { get; set; }

    /// <summary>So many random directions of each layer beside its channels, and a comparison of the two.</summary>
    [Parameter, ValidateRange(0, 1_000_000)]
    public int RandomDirection { get; set; }

    /// <summary>Seed of the random directions and of the comparison's bootstrap. The same seed gives the same result.</summary>
    [Parameter, ValidateRange(0, int.MaxValue)]
    public int Seed { get; set; }

    /// <summary>Measure how alike the images of each unit are to the network, in a second pass over them. Done anyway where there are directions and no -Shard.</summary>
    [Parameter]
    public SwitchParameter Coherence { get; set; }

    /// <summary>What the pictures show. Left out, the property Label of what comes down the pipeline says it, or -LabelPath, or the name of the picture's folder.</summary>
    [Parameter]
    public string? Label { get; set; }

    /// <summary>A table, separated by commas or tabs, of what each picture shows, with the columns file (or path) and label (or class).</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? LabelPath { get; set; }

    /// <summary>Draw what units see, cut out, instead of whole pictures.</summary>
    [Parameter]
    public SwitchParameter Crop { get; set; }

    /// <summary>Draw beside each picture what the unit responded to: DeconvNet, GuidedBackprop or GuidedGradCam.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(SaliencyMethodCompleter))]
    public string? Method { get; set; }

    /// <inheritdoc/>
    public object GetDynamicParameters() => _scan;

    /// <inheritdoc/>
    protected override string Activity => "Finding images";

    /// <inheritdoc/>
    private protected override void Check()
    {
        UnitPictureOptions.Method(Method);
        _labels = LabelsOf(LabelPath);
        if (Direction is not null) _directions.AddRange(CodeInput.Of(Direction));
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (!HasPaths || InputObject is not { } item || !IsDirection(item))
        {
            base.Process();
            return;
        }
        // More may come down the pipeline.
        CnnCode[] codes = [.. CodeInput.Of(item)];
        var piped = new Piped(item.BaseObject) { Model = codes.Select(c => ((ICnnResult)c).Origin).OfType<Origin>().FirstOrDefault() is { } origin ? new ModelReference(origin.Model) : ModelReference.Of(item.Properties["Model"]?.Value) };
        if (_first is null) _first = piped;
        else if (piped.Model is { } model && _first.Model is { } first && !model.Is(NetworkOf(_first), this))
            throw new CnnVisException(ErrorIds.ModelMismatch, $"The directions are of two networks, '{first}' and '{model}': give those of each in a pipeline of its own.", item.BaseObject);
        _directions.AddRange(codes);
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_first is not null)
        {
            Enter(_first);
            AddPaths(ParameterSetName == LiteralPathSet ? LiteralPath : Path, ParameterSetName == LiteralPathSet);
        }
        base.End();
    }

    /// <inheritdoc/>
    private protected override CnnQuestion? Asked(CnnQuestion question, bool isPicture) => Layer is null && _directions.Count == 0 ? question.OfUnits() : null;

    /// <inheritdoc/>
    private protected override void Start()
    {
        Release();
        IReadOnlyList<LayerUnits> units = UnitSelection.Of(Network, Layer ?? Question?.Layers(), Channel ?? Question?.Channels?.ToArray(), Position, _directions, RandomDirection, Seed);
        TellLayers([.. units.Select(u => u.Layer)], Layer is not null ? "named by -Layer" : Question?.Layer is not null ? "what came down the pipeline is about" : _directions.Exists(d => d.Layer is not null) ? "that of the directions" : "the last with several rows or columns, as -Layer is left out");
        _retrieval = new ImageRetrieval(Network, new RetrievalQuery
        {
            Layers = units,
            Top = Top,
            PerImage = PerImage,
            Overlap = Overlap,
            PreRelu = PreRelu,
            BatchSize = BatchSize,
        }, Cancellation);
        _run = _retrieval.Begin(_scan.Part, _scan.Target(this));
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        _run!.End();
        if (_run.Changed is { } changed) WriteWarning(changed);
        MaxActivatingImageSet found = _retrieval!.Found(_run.State);
        if (found.ListedCount == 0) return;
        if (Coherence || _scan.Shard is null && (_directions.Count > 0 || RandomDirection > 0)) found = new CodeSimilarity(Network, BatchSize).Measure(found, Cancellation);
        found = found with { Comparisons = CoherenceBootstrap.Compare(found, Seed) };
        WriteObject(found.With(new UnitPictures(Network.Input, Network, UnitPictureOptions.Method(Method), PreRelu), Crop));
    }

    /// <inheritdoc/>
    private protected override void Add(ImageSource source)
    {
        ImageSource labelled = source with { Label = Label ?? source.Label ?? _labels!(source.Path) };
        if (_run!.List(labelled)) base.Add(labelled);
    }

    /// <inheritdoc/>
    private protected override void Process(ImageBatch batch) => _run!.Add(batch, images => _retrieval!.Look(batch, images, Cancellation), Report);

    /// <summary>Whether an object is a vector, or holds some; results that have layers and pictures of their own are none.</summary>
    private static bool IsDirection(PSObject item) => item.BaseObject switch
    {
        CnnCode or TsnePoint or TsneMap or Array => true,
        ICnnResult or CnnModel or IVisual or string => false,
        System.Collections.IList => true,
        _ => item.Properties["Values"] is not null && !item.TypeNames.Any(t => t.EndsWith(nameof(SynthesizedImage), StringComparison.Ordinal) || t.EndsWith(nameof(CnnActivation), StringComparison.Ordinal)),
    };

    private void Release()
    {
        _retrieval?.Dispose();
        _run?.Dispose();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) Release();
        base.Dispose(disposing);
    }
}
