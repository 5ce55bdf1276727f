using System.Management.Automation;
using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Downloads;
using CnnVis.Engine.Runtime;
using CnnVis.PowerShell.Loading;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Gives the options that hold for all of this user's sessions, as Set-CnnOption keeps them.</summary>
[Cmdlet(VerbsCommon.Get, "CnnOption"), OutputType(typeof(CnnOption))]
public sealed class GetCnnOptionCommand : CnnVisCommand
{
    /// <summary>What holds now: environment variables and defaults for what was not chosen.</summary>
    [Parameter]
    public SwitchParameter Effective { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        WriteVerbose($"The options are kept in '{UserOptions.File}'.");
        CnnOption chosen = UserOptions.Read();
        if (!Effective)
        {
            WriteObject(chosen);
            return;
        }
        EngineNatives.Ensure();
        WriteObject(chosen with
        {
            Model = chosen.Model ?? ModelCatalog.Default,
            Device = chosen.Device ?? ComputeDevice.Processor,
            Thread = ComputeDevice.Threads,
            CacheFolder = DataFolder.Home,
            TerminalPicture = chosen.TerminalPicture ?? TerminalProtocol.Auto,
        });
    }
}
