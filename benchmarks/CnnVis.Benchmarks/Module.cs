using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace CnnVis.Benchmarks;

/// <summary>The module, imported as a user does. The engine that the benchmarks call is the one that it loaded: two would abort the process.</summary>
internal sealed class Module : IDisposable
{
    private readonly Runspace _runspace;

    private Module(Runspace runspace) => _runspace = runspace;

    /// <summary>Root of the clone.</summary>
    public static string Root { get; } = FindRoot();

    public static Module Import()
    {
        AssemblyLoadContext.Default.Resolving += Resolve;
        Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        var module = new Module(runspace);
        module.Run("Import-Module $args[0]", Path.Combine(Root, "CnnVis.psd1"));
        return module;
    }

    /// <summary>Runs a script; its errors are thrown.</summary>
    public int Run(string script, params object[] arguments)
    {
        using var shell = System.Management.Automation.PowerShell.Create(_runspace);
        shell.AddScript(script);
        foreach (object argument in arguments) shell.AddArgument(argument);
        int count = shell.Invoke().Count;
        return shell.HadErrors ? throw new InvalidOperationException(string.Join('\n', shell.Streams.Error)) : count;
    }

    public void Dispose() => _runspace.Dispose();

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name == "TorchSharp" ? Engine().LoadFromAssemblyName(name) : null;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static AssemblyLoadContext Engine() => AssemblyLoadContext.GetLoadContext(typeof(CnnVis.Engine.Models.Network).Assembly)!;

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "CnnVis.psd1"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("Run the benchmarks from within the clone.");
    }
}
