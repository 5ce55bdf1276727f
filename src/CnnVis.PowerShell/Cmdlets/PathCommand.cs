using System.Management.Automation;
using CnnVis.Engine.Images;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Cmdlets that read files: <c>-Path</c> with wildcards, <c>-LiteralPath</c> without.</summary>
public abstract class PathCommand : CnnVisCommand
{
    /// <summary>Name of the parameter set with wildcards.</summary>
    protected const string PathSet = "Path";

    /// <summary>Name of the parameter set without.</summary>
    protected const string LiteralPathSet = "LiteralPath";

    /// <summary>Files, folders or tar files, with wildcards. A path that exists as it stands is taken as it stands, brackets and all.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true), PathArgument, ValidateNotNullOrEmpty, SupportsWildcards]
    public virtual string[] Path { get; set; } = [];

    /// <summary>Files, folders or tar files, no character of theirs special.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true), ValidateNotNullOrEmpty, Alias("PSPath", "FullName", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The files and folders that the current input names; what is not there is reported.</summary>
    protected IEnumerable<string> ResolvePaths() => FilePaths.Resolve(this, ParameterSetName == LiteralPathSet, ParameterSetName == LiteralPathSet ? LiteralPath : Path, Report);

    /// <summary>The pictures that the current input names, read ahead.</summary>
    private protected ImageListing ListPictures(bool recurse) => FilePaths.List(this, ParameterSetName == LiteralPathSet, ParameterSetName == LiteralPathSet ? LiteralPath : Path, recurse);
}
