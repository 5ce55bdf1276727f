using System.Management.Automation;
using Microsoft.PowerShell;

const string banner = "PowerShell with CnnVis: Get-Command -Module CnnVis, Get-Help about_CnnVis";
const string help = """
    Usage: dotnet run --project src/CnnVis.Host -- [what to run]

      script.ps1 [-Name value ...]         runs a script
      -File script.ps1 [-Name value ...]   the same
      -Command 'Get-CnnModel'              runs a piece of PowerShell ('-' reads it from standard input)
      (nothing)                            a prompt

    CnnVis is imported, unless -NoProfile is said. The other options are those of pwsh.
    """;

// A clone on a build server has nobody to ask and nothing to update.
Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
Environment.SetEnvironmentVariable("POWERSHELL_UPDATECHECK", "Off");
// pwsh writes escape sequences into files and pipes too.
if (Console.IsOutputRedirected || Console.IsErrorRedirected) PSStyle.Instance.OutputRendering = OutputRendering.PlainText;
return ConsoleShell.Start(banner, help, args);
