using System.Management.Automation;
using CnnVis.Engine.Models;
using CnnVis.PowerShell.Loading;
using CnnVis.PowerShell.Parameters;
using CnnVis.PowerShell.Pipeline;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Lists the networks that CnnVis knows by name: bundled, downloaded before, to be downloaded, and those whose weights come from a file.</summary>
[Cmdlet(VerbsCommon.Get, "CnnModel"), OutputType(typeof(CnnModel))]
public sealed class GetCnnModelCommand : CnnVisCommand
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0), ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(ModelCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Names, networks, or results, of which it gives the network that made them.</summary>
    [Parameter(ValueFromPipeline = true), AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Only networks that stand so: Bundled, Cached (their weights are on this machine), Downloadable, or Architecture (their weights come from a file).</summary>
    [Parameter, ValidateNotNullOrEmpty, ValidateSet(nameof(ModelStatus.Bundled), nameof(ModelStatus.Cached), nameof(ModelStatus.Downloadable), nameof(ModelStatus.Architecture))]
    public ModelStatus[]? Status { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        EngineNatives.Ensure();
        if (InputObject is null && !MyInvocation.ExpectingInput) List(Name);
        else
            foreach (Piped piped in PipedReader.Read(InputObject, wantsPictures: false)) Give(piped);
    }

    private void Give(Piped piped)
    {
        if (piped.Item is string text) List([text]);
        else if (piped.Item is CnnModel model) WriteObject(model);
        else if (piped.Model is { } made) WriteObject(made.Resolve(this, null));
        else if (PipedReader.Text(PSObject.AsPSObject(piped.Item), "Name") is { } name) List([name]);
        else throw new CnnVisException(ErrorIds.InvalidArgument, $"{PipedReader.Kind(piped.Item)} tells no network; Get-CnnModel takes names, networks and results.", piped.Item);
    }

    private void List(string[] names)
    {
        foreach (string name in names)
        {
            var pattern = new NamePattern(name);
            string[] found = [.. ModelCatalog.Names.Where(pattern.IsMatch)];
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name)) Report(ModelCatalog.NotFound(name));
            foreach (string known in found.Where(n => Status is null || Status.Contains(ModelCatalog.StatusOf(n)))) WriteObject(ModelCatalog.Describe(known));
        }
    }
}
