using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace CnnVis.PowerShell.Loading;

/// <summary>
/// Where the engine and its dependencies live, so that they never meet another module's SkiaSharp or Protobuf.
/// The build lays everything flat in one folder; only the contracts and the framework are shared with PowerShell.
/// </summary>
internal sealed class EngineLoadContext : AssemblyLoadContext
{
    private const string Engine = "CnnVis.Engine";

    // Asked for once per P/Invoke, from any thread.
    private readonly ConcurrentDictionary<string, nint> _natives = new(StringComparer.Ordinal);

    // Loaded once per process and never unloaded: a second libtorch would abort it.
    private EngineLoadContext() : base("CnnVis") => Default.Resolving += (_, name) => name.Name == Engine ? Load(name) : null;

    /// <summary>The process's one context. The first use hooks it into PowerShell's.</summary>
    public static EngineLoadContext Instance { get; } = new();

    /// <summary>The folder of the engine: <c>engine/</c> beside the cmdlets.</summary>
    public static string Folder { get; } = Path.Combine(Path.GetDirectoryName(typeof(EngineLoadContext).Assembly.Location)!, "engine");

    /// <summary>The file of a native library as the platform or the package spells it, or null where there is none.</summary>
    public static string? FindNative(string name)
    {
        string extension = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        string[] spellings = [name, name + extension, $"lib{name}{extension}"];
        return spellings.Select(s => Path.Combine(Folder, s)).FirstOrDefault(File.Exists);
    }

    /// <summary>Loads a native library of the engine's folder once; 0 where there is none.</summary>
    /// <exception cref="DllNotFoundException">The file is there and the system's loader refuses it.</exception>
    public nint LoadNative(string name) => _natives.GetOrAdd(name, static n => FindNative(n) is { } path ? NativeLibrary.Load(path) : 0);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        Assembly contracts = typeof(CnnVisException).Assembly;
        if (assemblyName.Name == contracts.GetName().Name) return contracts;
        string path = Path.Combine(Folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) => LoadNative(unmanagedDllName);
}
