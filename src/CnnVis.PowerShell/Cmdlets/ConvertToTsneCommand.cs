using System.Management.Automation;
using CnnVis.Engine.Codes.Files;
using CnnVis.Engine.Embedding;
using CnnVis.Engine.Runtime;
using CnnVis.PowerShell.Loading;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Lays codes out in one, two or three dimensions so that near ones stay near.</summary>
[Cmdlet(VerbsData.ConvertTo, "Tsne", DefaultParameterSetName = InputSet), OutputType(typeof(TsneMap))]
public sealed class ConvertToTsneCommand : PathCommand
{
    private const string InputSet = "Input", Activity = "Laying out codes";

    private static readonly string[] _onlyWithoutModel = [nameof(Initialization), nameof(EarlyExaggeration), nameof(Dimension), nameof(PcaDimension), nameof(Seed), nameof(Exact), nameof(Device), nameof(Neighbor)];

    private readonly MapCodes _codes = new();
    private TsneMap? _model;

    /// <summary>Codes as Get-CnnCode gives them, arrays of numbers, or objects with a property Values; a table or a list of arrays gives a code a row.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = InputSet), AllowNull, AllowEmptyCollection]
    public PSObject? InputObject { get; set; }

    /// <summary>Files of codes, with wildcards: as Export-CnnCode writes them, or any array of NumPy's.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet), ValidateNotNullOrEmpty, SupportsWildcards]
    public override string[] Path { get; set; } = [];

    /// <summary>Effective number of neighbours of each code. It is lowered to a third of the codes where there are fewer.</summary>
    [Parameter, ValidateRange(1.0, 10_000.0)]
    public double Perplexity { get; set; } = 30;

    /// <summary>Steps in all.</summary>
    [Parameter, ValidateRange(1, 1_000_000)]
    public int Iterations { get; set; } = 750;

    /// <summary>How much stronger codes attract each other in the first 250 steps (at most a third of all); 1 for not at all.</summary>
    [Parameter, ValidateRange(1.0, 1000.0)]
    public double EarlyExaggeration { get; set; } = 12;

    /// <summary>Size of a step. Left out, the number of codes / -EarlyExaggeration, and at least 200.</summary>
    [Parameter, ValidateRange(1e-3, 1e9)]
    public double? LearningRate { get; set; }

    /// <summary>Where the points start: Pca, at their leading principal components, which keeps the large shape; Random; or given, as an array of places or another map of as many points.</summary>
    [Parameter, ValidateNotNull, ArgumentCompleter(typeof(TsneStartCompleter))]
    public PSObject Initialization { get; set; } = TsneStart.Pca;

    /// <summary>Dimensions of the map: 1, 2 or 3.</summary>
    [Parameter, ValidateRange(1, 3)]
    public int Dimension { get; set; } = 2;

    /// <summary>Longer codes are brought to so many numbers by principal components first; 0 leaves them as they are.</summary>
    [Parameter, ValidateRange(0, 1_000_000)]
    public int PcaDimension { get; set; } = 50;

    /// <summary>Seed of everything random. The same seed gives the same map, whatever the number of threads.</summary>
    [Parameter, ValidateRange(0, long.MaxValue)]
    public long Seed { get; set; }

    /// <summary>Compute all forces between pairs, and find neighbours exactly, however many codes there are.</summary>
    [Parameter]
    public SwitchParameter Exact { get; set; }

    /// <summary>Where neighbours are searched and points are moved: cpu, cuda, cuda:n or mps. On cpu by vector code of its own, elsewhere as tensors; maps are equally good, and not the same.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(DeviceCompleter))]
    public string Device { get; set; } = UserOptions.Current.Device ?? ComputeDevice.Processor;

    /// <summary>A map, or the file of one that Export-CnnCode wrote: place the codes into it, which stays as it is, and give them alone. -Perplexity is 5 then, -Iterations 250 and -LearningRate 0.1, if they are left out.</summary>
    [Parameter, ValidateNotNull]
    public PSObject? Model { get; set; }

    /// <summary>Neighbours of each point that the quality is measured by.</summary>
    [Parameter, ValidateRange(1, 1000)]
    public int Neighbor { get; set; } = 10;

    /// <summary>Name of the variable that gets the map as it is when Ctrl+C ends the work: a pipeline that is stopped takes no more objects.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string StoppedVariable { get; set; } = "CnnVisStopped";

    /// <inheritdoc/>
    protected override void Begin()
    {
        EngineNatives.Ensure();
        _ = TsneStart.IsRandom(Initialization); // what is wrong is told before anything is collected
        if (Model is null)
        {
            ComputeDevice.Ensure(Device);
            return;
        }
        if (_onlyWithoutModel.FirstOrDefault(MyInvocation.BoundParameters.ContainsKey) is { } name) throw new CnnVisException(ErrorIds.InvalidArgument, $"-{name} makes a new map, and -Model keeps one: leave one of them out.", name);
        _model = Model.BaseObject switch
        {
            TsneMap map => map,
            string file => CodeFile.ReadMap(FilePaths.Plain(SessionState, file), Cancellation) ?? throw new CnnVisException(ErrorIds.InvalidArgument, $"'{file}' holds codes, and no map; write the map itself with Export-CnnCode.", file),
            var other => throw new CnnVisException(ErrorIds.InvalidArgument, $"-Model is a map, or a file of one; this is a {other.GetType().Name}.", other),
        };
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (ParameterSetName == InputSet) Take(() => CodeInput.Of(InputObject));
        else
            foreach (string file in ResolvePaths()) Take(() => CodeFile.Read(file, Cancellation));
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_codes.All.Count == 0) return;
        var bar = new ProgressBar(this, Activity);
        TsneMap map = _model is not null ? TsneMapping.Place(_model, _codes.All, Transform(), Cancellation)
            : TsneMapping.Map(_codes.All, Options(), Neighbor, p => bar.Show((double)p.Iteration / p.Iterations, () => $"Step {p.Iteration} of {p.Iterations}, divergence {p.Divergence:F3}"), Cancellation);
        WriteOrKeep([map], StoppedVariable);
        bar.End();
        if (IsGiven(nameof(Perplexity)) && map.Perplexity < Perplexity)
            WriteWarning($"{_codes.All.Count} codes are too few for a perplexity of {Perplexity}; {map.Perplexity:g4} was used.");
    }

    private void Take(Func<IEnumerable<CnnCode>> codes)
    {
        try
        {
            foreach (CnnCode code in codes()) _codes.Add(code, Report);
        }
        catch (CnnVisException error) when (error.Target is not CnnCode)
        {
            Report(error);
        }
    }

    private TsneOptions Options() => new()
    {
        Perplexity = Perplexity,
        Iterations = Iterations,
        EarlyExaggeration = EarlyExaggeration,
        LearningRate = LearningRate,
        Initialization = TsneStart.IsRandom(Initialization) == true ? TsneInitialization.Random : TsneInitialization.Pca,
        Start = TsneStart.IsRandom(Initialization) is null ? TsneStart.Places(Initialization, _codes.All.Count, Dimension) : null,
        Dimension = Dimension,
        PcaDimension = PcaDimension,
        Seed = Seed,
        Exact = Exact,
        Device = Device.Equals(ComputeDevice.Processor, StringComparison.OrdinalIgnoreCase) ? null : Device,
    };

    private TransformOptions Transform()
    {
        var defaults = new TransformOptions();
        return new TransformOptions
        {
            Perplexity = IsGiven(nameof(Perplexity)) ? Perplexity : defaults.Perplexity,
            Iterations = IsGiven(nameof(Iterations)) ? Iterations : defaults.Iterations,
            LearningRate = LearningRate ?? defaults.LearningRate,
        };
    }
}
