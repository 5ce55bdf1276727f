using System.Reflection;
using System.Runtime.Loader;

namespace CnnVis.Help.Metadata;

/// <summary>The module's assembly, loaded with what lies beside it and in <c>engine/</c> below; PowerShell is this program's.</summary>
public sealed class ModuleAssembly : AssemblyLoadContext
{
    private readonly string[] _folders;

    /// <param name="path">The assembly with the cmdlets.</param>
    public ModuleAssembly(string path)
    {
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        _folders = [folder, System.IO.Path.Combine(folder, "engine")];
        Path = path;
        Types = LoadFromAssemblyPath(System.IO.Path.GetFullPath(path)).GetExportedTypes();
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Its public types.</summary>
    public IReadOnlyList<Type> Types { get; }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        _folders.Select(f => System.IO.Path.Combine(f, assemblyName.Name + ".dll")).FirstOrDefault(File.Exists) is { } found ? LoadFromAssemblyPath(found) : null;
}
