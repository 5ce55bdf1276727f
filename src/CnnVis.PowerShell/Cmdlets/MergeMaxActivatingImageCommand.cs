using System.Management.Automation;
using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Models;
using CnnVis.Engine.Retrieval;
using CnnVis.Engine.Runtime;
using CnnVis.PowerShell.Loading;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Puts together what the shards of one run found, or reads what one found.</summary>
[Cmdlet(VerbsData.Merge, "MaxActivatingImage", DefaultParameterSetName = PathSet, SupportsShouldProcess = true), OutputType(typeof(MaxActivatingImageSet))]
public sealed class MergeMaxActivatingImageCommand : PathCommand
{
    private const string InputObjectSet = "InputObject";

    private readonly List<MaxActivatingImageSet> _parts = [];

    /// <summary>Files that Find-MaxActivatingImage wrote as -Checkpoint, or this cmdlet as -OutputPath, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true), PathArgument(Except = typeof(MaxActivatingImageSet)), ValidateNotNullOrEmpty, SupportsWildcards]
    public override string[] Path { get; set; } = [];

    /// <summary>Results of Find-MaxActivatingImage.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InputObjectSet, ValueFromPipeline = true), ValidateNotNull]
    public MaxActivatingImageSet[] InputObject { get; set; } = [];

    /// <summary>A file to write the merged result to. It has the same bytes as the checkpoint of one run over all pictures.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? OutputPath { get; set; }

    /// <summary>Replace a file that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The network of the run, for -Coherence and -Method: an object, the name of one, or an ONNX file. Left out, it is that of Set-CnnOption, or resnet224.</summary>
    [Parameter, ValidateNotNull, ArgumentCompleter(typeof(ModelCompleter))]
    public ModelReference Model { get; set; } = ModelReference.Default;

    /// <summary>Where to compute: cpu, cuda, cuda:n or mps.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(DeviceCompleter))]
    public string Device { get; set; } = UserOptions.Current.Device ?? "cpu";

    /// <summary>Measure how alike the images of each unit are to the network, in a pass over them.</summary>
    [Parameter]
    public SwitchParameter Coherence { get; set; }

    /// <summary>Seed of the bootstrap that compares units with random directions.</summary>
    [Parameter, ValidateRange(0, int.MaxValue)]
    public int Seed { get; set; }

    /// <summary>Draw what units see, cut out, instead of whole pictures.</summary>
    [Parameter]
    public SwitchParameter Crop { get; set; }

    /// <summary>Draw beside each picture what the unit responded to: DeconvNet, GuidedBackprop or GuidedGradCam.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(SaliencyMethodCompleter))]
    public string? Method { get; set; }

    /// <inheritdoc/>
    protected override void Begin() => EngineNatives.Ensure();

    /// <inheritdoc/>
    protected override void Process()
    {
        if (ParameterSetName == InputObjectSet) _parts.AddRange(InputObject);
        else
            foreach (string file in Files()) _parts.Add(RetrievalFile.Read(file));
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_parts.Count == 0) return;
        MaxActivatingImageSet merged = RetrievalMerge.Of(_parts);
        if (OutputPath is not null) new OutputFiles(this, "").Write(OutputPath, $"Write what activates {merged.Units.Count} units", Force, stream => RetrievalFile.Write(stream, merged));
        ISaliencyMethod? method = UnitPictureOptions.Method(Method);
        Network? network = method is not null || Coherence ? Resolved(merged) : null;
        if (Coherence) merged = new CodeSimilarity(network!, merged.BatchSize).Measure(merged, Cancellation);
        merged = merged with { Comparisons = CoherenceBootstrap.Compare(merged, Seed) };
        WriteObject(merged.With(new UnitPictures(merged.Input, network, method, merged.PreRelu), Crop, network is null ? null : new Origin(network)));
    }

    /// <summary>The files. One that is missing ends it: without it the result would be another one.</summary>
    private IEnumerable<string> Files()
    {
        bool literal = ParameterSetName == LiteralPathSet;
        return FilePaths.Resolve(this, literal, literal ? LiteralPath : Path, missing => throw missing);
    }

    private Network Resolved(MaxActivatingImageSet set)
    {
        Network network = Model.Resolve(this, Device);
        RetrievalMerge.Ensure(set, network, Cancellation);
        return network;
    }
}
