using System.Management.Automation;
using CnnVis.PowerShell.Pipeline;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Cmdlets that look at a network itself, not at what it says of pictures.</summary>
public abstract class ModelCommand : NetworkCommand
{
    /// <summary>A network, or any result of one: it tells the network, and what is looked at in it.</summary>
    [Parameter(ValueFromPipeline = true), AllowNull]
    public virtual PSObject? InputObject { get; set; }

    /// <summary>What the objects of the pipeline tell, one by one; a single null where there is no pipeline.</summary>
    private protected IEnumerable<Piped?> Items()
    {
        if (InputObject is null && !MyInvocation.ExpectingInput) yield return null;
        else
            foreach (Piped piped in PipedReader.Read(InputObject, wantsPictures: false)) yield return Understood(piped);
    }

    /// <summary>What a text in the pipeline means.</summary>
    private protected virtual Piped OfText(Piped text) => text with { Model = new Parameters.ModelReference(text.Path!), Path = null };

    /// <summary>Whether an object tells what this cmdlet can use.</summary>
    private protected virtual bool IsUnderstood(Piped piped) => piped.Model is not null || piped.Question is not null;

    private Piped Understood(Piped piped)
    {
        if (piped.Item is string) return OfText(piped);
        return !IsUnderstood(piped)
            ? throw new CnnVisException(ErrorIds.InvalidArgument, $"{Sentence(PipedReader.Kind(piped.Item))} tells no network. {MyInvocation.MyCommand.Name} takes networks, and what other cmdlets of CnnVis gave.", piped.Item)
            : piped;
    }
}
