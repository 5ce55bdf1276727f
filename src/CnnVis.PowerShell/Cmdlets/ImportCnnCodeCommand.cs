using System.Management.Automation;
using CnnVis.Engine.Codes.Files;
using CnnVis.PowerShell.Loading;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Reads codes, and maps of them, from NumPy's files and tables.</summary>
[Cmdlet(VerbsData.Import, "CnnCode", DefaultParameterSetName = PathSet), OutputType(typeof(CnnCode), typeof(TsneMap))]
public sealed class ImportCnnCodeCommand : PathCommand
{
    /// <inheritdoc/>
    protected override void Begin() => EngineNatives.Ensure();

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (string file in ResolvePaths())
        {
            try
            {
                if (CodeFile.ReadMap(file, Cancellation) is { } map)
                {
                    WriteObject(map);
                    continue;
                }
                foreach (CnnCode code in CodeFile.Read(file, Cancellation))
                {
                    Cancellation.ThrowIfCancellationRequested();
                    WriteObject(code);
                }
            }
            catch (CnnVisException error)
            {
                Report(error);
            }
        }
    }
}
