using System.Management.Automation;
using CnnVis.Engine.Models;
using CnnVis.Engine.Runtime;
using CnnVis.PowerShell.Loading;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Chooses what holds for all of this user's sessions. A parameter of a command, or an environment variable, wins over it.</summary>
[Cmdlet(VerbsCommon.Set, "CnnOption", SupportsShouldProcess = true), OutputType(typeof(CnnOption))]
public sealed class SetCnnOptionCommand : CnnVisCommand
{
    /// <summary>The network that is used when -Model is left out: a name, or a file.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>Where networks compute when -Device is left out: cpu, cuda, cuda:n or mps.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(DeviceCompleter))]
    public string? Device { get; set; }

    /// <summary>Threads that compute; the machine's cores if it was never set.</summary>
    [Parameter, ValidateRange(1, 1024)]
    public int? Thread { get; set; }

    /// <summary>The folder where downloaded networks are kept. The variable CNNVIS_HOME wins over it.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? CacheFolder { get; set; }

    /// <summary>Colour map of values of one sign, where a command names none.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(ColorMapCompleter))]
    public string? ColorMap { get; set; }

    /// <summary>How Show-CnnImage shows pictures: Auto (the terminal is asked), Kitty, ITerm2, Sixel or Blocks.</summary>
    [Parameter]
    public TerminalProtocol? TerminalPicture { get; set; }

    /// <summary>Forget options: their names, or * for all. What is set by the same command is set afterwards.</summary>
    [Parameter, ValidateNotNullOrEmpty, ValidateSet("*", nameof(Model), nameof(Device), nameof(Thread), nameof(CacheFolder), nameof(ColorMap), nameof(TerminalPicture))]
    public string[] Reset { get; set; } = [];

    /// <summary>Emit the options as they are then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        CnnOption before = Reset.Contains("*") ? new CnnOption() : UserOptions.Read();
        var options = new CnnOption
        {
            Model = Checked(Model) ?? Kept(nameof(Model), before.Model),
            Device = Device ?? Kept(nameof(Device), before.Device),
            Thread = Thread ?? (Forgets(nameof(Thread)) ? null : before.Thread),
            CacheFolder = CacheFolder is null ? Kept(nameof(CacheFolder), before.CacheFolder) : FilePaths.Plain(SessionState, CacheFolder),
            ColorMap = ColorMap is null ? Kept(nameof(ColorMap), before.ColorMap) : CnnVis.ColorMap.Get(ColorMap).Name,
            TerminalPicture = TerminalPicture ?? (Forgets(nameof(TerminalPicture)) ? null : before.TerminalPicture),
        };
        if (Device is not null)
        {
            EngineNatives.Ensure();
            ComputeDevice.Ensure(Device);
        }
        if (!ShouldProcess(VisibleText.Of(UserOptions.File), $"Keep the options: {options}")) return;
        UserOptions.Write(options);
        if (EngineNatives.AreLoaded && Thread is not null) ComputeDevice.SetThreads(Thread);
        if (PassThru) WriteObject(options);
    }

    private bool Forgets(string name) => Reset.Contains(name, StringComparer.OrdinalIgnoreCase);

    private string? Kept(string name, string? value) => Forgets(name) ? null : value;

    /// <summary>A network's name as it is, a file by its full path.</summary>
    private string? Checked(string? model)
    {
        if (model is null) return null;
        EngineNatives.Ensure();
        if (ModelCatalog.Knows(model)) return model;
        string file = FilePaths.Plain(SessionState, model);
        return Path.Exists(file) ? file : throw ModelCatalog.NotFound(model);
    }
}
