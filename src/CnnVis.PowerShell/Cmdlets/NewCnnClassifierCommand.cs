using System.Collections;
using System.Management.Automation;
using CnnVis.Engine.Accuracy.Labels;
using CnnVis.Engine.Classifiers;
using CnnVis.Engine.Codes;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Fits a linear classifier to the codes of labelled pictures, and gives the network up to that layer with the classifier behind it.</summary>
[Cmdlet(VerbsCommon.New, "CnnClassifier", DefaultParameterSetName = PathSet), OutputType(typeof(CnnModel))]
public sealed class NewCnnClassifierCommand : ImageCommand
{
    private const string CodeSet = "Code";

    private readonly LabelledCodes _codes = new();
    private Network? _base;
    private CnnLayer? _layer;
    private LabelledCodeReader? _reader;

    /// <summary>Codes with labels, as Get-CnnCode and Import-CnnCode give them, instead of pictures.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CodeSet), ValidateNotNull]
    public CnnCode[] Code { get; set; } = [];

    /// <summary>The layer whose values are the codes. Left out, it is the codes' own, or the one that the classifier reads now: the last ReLU, or its pooling where the network pools behind it.</summary>
    [Parameter(Position = 1), ValidateNotNullOrEmpty, ArgumentCompleter(typeof(LayerCompleter))]
    public string? Layer { get; set; }

    /// <summary>A table, separated by commas or tabs, of what each picture shows, with the columns file (or path) and label (or class). Left out, a picture's label is the name of its folder.</summary>
    [Parameter(ParameterSetName = PathSet), Parameter(ParameterSetName = LiteralPathSet), ValidateNotNullOrEmpty]
    public string? LabelPath { get; set; }

    /// <summary>A regular expression that finds what a picture shows in its name, or where it is not found there in its path (slashes forward, the last match): by a group called label, by its first group, or as a whole.</summary>
    [Parameter(ParameterSetName = PathSet), Parameter(ParameterSetName = LiteralPathSet), ValidateNotNullOrEmpty]
    public string? LabelPattern { get; set; }

    /// <summary>What the classes are called: @{ label = name }. All labels must be in it; of an [ordered] one the order is that of the network's outputs. Left out, classes are called by their labels, in ordinal order.</summary>
    [Parameter, ValidateNotNull]
    public IDictionary? ClassName { get; set; }

    /// <summary>λ of the penalty λ/2 · ‖W‖² on the weights over standardised codes. Left out, the best on a part that is left out.</summary>
    [Parameter, ValidateRange(0.0, 1e6)]
    public double? WeightDecay { get; set; }

    /// <summary>Share of each class's pictures that is left out to choose the weight decay. The classifier itself is then fitted to all.</summary>
    [Parameter, ValidateRange(0.001, 0.9)]
    public double HeldOut { get; set; } = 0.1;

    /// <summary>Balanced, where all classes are to count the same however many pictures they have; or @{ class = weight }, the others counting 1.</summary>
    [Parameter, ValidateNotNull]
    public ClassWeightReference? ClassWeight { get; set; }

    /// <summary>Learn from each picture mirrored left to right too.</summary>
    [Parameter(ParameterSetName = PathSet), Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter Flip { get; set; }

    /// <summary>Learn from so many crops of each picture too: 64 to 100 % of its area at a random place, mirrored half the time.</summary>
    [Parameter(ParameterSetName = PathSet), Parameter(ParameterSetName = LiteralPathSet), ValidateRange(0, 100)]
    public int Crop { get; set; }

    /// <summary>Seed of everything random: which pictures are left out, and the crops.</summary>
    [Parameter, ValidateRange(0, int.MaxValue)]
    public int Seed { get; set; }

    /// <summary>Name to give the network. Left out, it is the other's and -classifier.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <inheritdoc/>
    protected override string Activity => "Computing codes";

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        Enter(null);
        _base = Network;
        if (LabelPath is not null && LabelPattern is not null) throw new CnnVisException(ErrorIds.InvalidArgument, "Labels come from the table of -LabelPath, or from the paths by -LabelPattern: leave one of them out.", LabelPattern);
        if (Layer is not null) _layer = Network.Layer(Layer);
        if (ParameterSetName == CodeSet) return;
        _layer ??= CodeLayer.Of(Network);
        _reader = new LabelledCodeReader(Network, _layer, LabelPattern is null ? LabelsOf(LabelPath) : LabelSets.Pattern(LabelPattern), new PictureViews(Flip, Crop, Seed));
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        CnnCode[] codes = ParameterSetName == CodeSet ? Code : !HasPaths && InputObject?.BaseObject is CnnCode piped ? [piped] : [];
        if (codes.Length == 0) base.Process();
        foreach (CnnCode code in codes) Take(code, isGiven: true);
    }

    /// <inheritdoc/>
    private protected override void Process(ImageBatch batch)
    {
        var codes = _reader!.Read(batch, Cancellation);
        batch.InOrder(Report, (_, index) =>
        {
            foreach (CnnCode code in codes[index])
                if (!Take(code)) return; // its views lack the same
        });
    }

    /// <inheritdoc/>
    protected override void End()
    {
        base.End();
        if (_codes.Count == 0) return;
        _layer ??= CodeLayer.Of(_base!);
        var bar = new ProgressBar(this, "Fitting the classifier");
        ClassifierHead head = ClassifierFitting.Fit(_codes, _layer.Alias, Classes(), new ClassifierOptions
        {
            WeightDecay = WeightDecay,
            HeldOut = HeldOut,
            IsBalanced = ClassWeight?.IsBalanced ?? false,
            ClassWeights = ClassWeight?.Weights ?? new Dictionary<string, double>(),
            Seed = Seed,
        }, status => bar.Show(-1, () => status), Cancellation);
        bar.End();
        foreach (WeightDecayTrial trial in head.Fit.Trials) WriteVerbose(trial.ToString());
        WriteVerbose(head.Fit.ToString());
        if (!head.Fit.IsConverged) WriteWarning($"After {head.Fit.Iterations} steps the classifier is not at its best yet: a larger -WeightDecay makes that quicker.");
        var result = new PSObject(ClassifierNetwork.Create(_base!, _layer, head, Name ?? _base!.Name + "-classifier"));
        result.Properties.Add(new PSNoteProperty("Fit", head.Fit));
        WriteObject(result);
    }

    /// <summary>Takes a code; the first one that knows its network and layer decides about both, where nobody else did.</summary>
    private bool Take(CnnCode code, bool isGiven = false)
    {
        try
        {
            if (_codes.Count == 0 && isGiven)
            {
                if (!IsGiven(nameof(Model)) && ((ICnnResult)code).Origin is { } origin) _base = new ModelReference(origin.Model).Resolve(this, Device);
                else if (!IsGiven(nameof(Model)) && code.Model is { } model && model != _base!.Name && ModelCatalog.Knows(model)) _base = new ModelReference(model).Resolve(this, Device);
                if (Layer is null && code.Layer is { } layer) _layer = _base!.Layer(layer);
            }
            _codes.Add(code);
            return true;
        }
        catch (CnnVisException error)
        {
            Report(error);
            return false;
        }
    }

    /// <summary>Labels with their names; null where they are called as they are.</summary>
    private IReadOnlyList<(string Label, string Name)>? Classes()
    {
        if (ClassName is null) return null;
        var named = ClassName.Keys.Cast<object>().Select(key => (Label: key.ToString()!, Name: ClassName[key]?.ToString() ?? "")).ToArray();
        if (named.FirstOrDefault(c => c.Name.Length == 0) is { Label: { } nameless }) throw new CnnVisException(ErrorIds.InvalidArgument, $"-ClassName gives '{nameless}' no name.", nameless);
        return ClassName is System.Collections.Specialized.OrderedDictionary ? named : [.. named.OrderBy(c => c.Label, StringComparer.Ordinal)];
    }
}
