using System.Management.Automation;
using CnnVis.Engine.Merging;
using CnnVis.Engine.Models;
using CnnVis.Engine.Scans;
using CnnVis.PowerShell.Loading;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Puts together what the shards of one run found, whatever they looked for, or reads what one run found.</summary>
[Cmdlet(VerbsData.Merge, "CnnResult", DefaultParameterSetName = PathSet, SupportsShouldProcess = true), OutputType(typeof(CnnCode), typeof(CnnActivationStatistic), typeof(SaliencyMeasure), typeof(SaliencyMeasureSummary), typeof(RobustnessMeasure), typeof(CorruptionRobustness), typeof(PerturbationStability), typeof(CnnAccuracy), typeof(MultiLabelAccuracy), typeof(ImageAttributes), typeof(CorrespondenceMeasure), typeof(MaxActivatingImageSet))]
public sealed class MergeCnnResultCommand : PathCommand
{
    private readonly List<string> _files = [];

    /// <summary>Files that were written as -Checkpoint, or by this cmdlet as -OutputPath, with wildcards. Their kind is told from them.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true), ValidateNotNullOrEmpty, SupportsWildcards]
    public override string[] Path { get; set; } = [];

    /// <summary>A file to write the merged result to. It has the same bytes as the checkpoint of one run over all pictures.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? OutputPath { get; set; }

    /// <summary>Replace a file that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Put some of the shards together though others are missing; the rest can be added later.</summary>
    [Parameter]
    public SwitchParameter Partial { get; set; }

    /// <summary>Give no results; with -OutputPath, only write the file.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>The network of the run, so that results know it: an object, the name of one, or an ONNX file. Left out, they know its name.</summary>
    [Parameter, ValidateNotNull, ArgumentCompleter(typeof(ModelCompleter))]
    public ModelReference? Model { get; set; }

    /// <inheritdoc/>
    protected override void Begin() => EngineNatives.Ensure();

    /// <inheritdoc/>
    protected override void Process()
    {
        // One that is missing ends it: without it the result would be another one.
        bool literal = ParameterSetName == LiteralPathSet;
        _files.AddRange(FilePaths.Resolve(this, literal, literal ? LiteralPath : Path, missing => throw missing));
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_files.Count == 0) return;
        ScanMerge merged = ScanMerge.Of(_files);
        ScanKind kind = ScanKinds.Of(merged);
        if (merged.Missing is { Count: > 0 } missing && !Partial)
            throw new CnnVisException(ErrorIds.RetrievalMismatch, $"Of {merged.State.ShardCount} shards, {string.Join(", ", missing)} {(missing.Count == 1 ? "is" : "are")} missing. Give the files of all, or say -Partial.", _files[0]);
        Origin? origin = Model is null ? null : Own(Model.Resolve(this, null), merged);
        if (OutputPath is not null) new OutputFiles(this, "").Write(OutputPath, $"Write what was found in {merged.State.ImageCount} pictures", Force, stream => kind.Write(merged, stream));
        if (Quiet) return;
        foreach (object result in kind.Results(merged, origin, Report))
        {
            Cancellation.ThrowIfCancellationRequested();
            WriteObject(result);
        }
    }

    private Origin Own(Network network, ScanMerge merged)
    {
        // Further networks' hashes stand behind the first one's.
        if (NetworkHash.Of(network, Cancellation) != merged.Question.ModelHash.Split(' ')[0])
            throw new CnnVisException(ErrorIds.RetrievalMismatch, $"The results are of {merged.Question.Model}, and -Model is {network.Name}, or has other weights. Give the network of the run.", network);
        return network.Origin;
    }
}
