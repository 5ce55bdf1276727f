using System.Diagnostics;
using System.Runtime.InteropServices;
using CnnVis.Engine.Runtime;

namespace CnnVis.PowerShell.Loading;

/// <summary>
/// Loads libtorch and Skia before the engine is touched. Left to itself, TorchSharp answers a missing library by printing to the
/// console and copying half a gigabyte beside itself.
/// </summary>
internal static class EngineNatives
{
    // Dependencies first: what is loaded already is not searched for, so a libtorch on LD_LIBRARY_PATH cannot come between.
    private static readonly string[] _names = ["c10", "torch_cpu", "torch", "LibTorchSharp", "libSkiaSharp"];

    private static volatile bool _loaded;

    /// <summary>Whether anything of the engine was used in this process.</summary>
    public static bool AreLoaded => _loaded;

    /// <summary>Returns at once when the libraries are loaded; a failure is tried again next time.</summary>
    /// <exception cref="CnnVisException">A library is missing or does not load; the message says which, why, and what to do.</exception>
    public static void Ensure()
    {
        if (_loaded) return;
        string[] missing = [.. _names.Where(n => EngineLoadContext.FindNative(n) is null)];
        if (missing.Length > 0)
            throw Failure($"{EngineLoadContext.Folder} lacks {string.Join(", ", missing)}.", string.Join(", ", missing));
        RefuseAnother();
        LoadThreads();
        foreach (string name in _names)
        {
            try
            {
                EngineLoadContext.Instance.LoadNative(name);
            }
            catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
            {
                throw Failure($"{EngineLoadContext.FindNative(name)} does not load: {Reason(error)}.", name, error);
            }
        }
        _loaded = true;
        SetThreads();
    }

    // Of its own, because the engine is looked for when a method that names it is compiled.
    private static void SetThreads() => ComputeDevice.SetThreads(UserOptions.Current.Thread);

    /// <summary>OpenMP by its own path, under whatever name the package has it (libgomp-98b21ff3.so.1): none elsewhere is taken for it.</summary>
    private static void LoadThreads()
    {
        foreach (string file in Directory.EnumerateFiles(EngineLoadContext.Folder).Where(f => Path.GetFileName(f) is var name && (name.StartsWith("libgomp", StringComparison.Ordinal) || name is "libiomp5md.dll" or "libomp.dylib")))
        {
            try
            {
                NativeLibrary.Load(file);
            }
            catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
            {
                throw Failure($"{file} does not load: {Reason(error)}.", file, error);
            }
        }
    }

    /// <summary>Two libtorches in one process end it: each registers the same operators.</summary>
    private static void RefuseAnother()
    {
        if (OtherTorch() is { } path)
            throw new CnnVisException(ErrorIds.NativesMissing, $"Another libtorch is in this process already ('{path}', of another module or another version of CnnVis), and two of them would end it. Start a new pwsh and import CnnVis alone.", path);
    }

    private static string? OtherTorch()
    {
        string folder = Path.GetFullPath(EngineLoadContext.Folder);
        string[] files = [.. _names.Where(n => n.Contains("torch", StringComparison.OrdinalIgnoreCase) || n == "c10").Select(n => Path.GetFileName(EngineLoadContext.FindNative(n)!))];
        try
        {
            return LoadedFiles().FirstOrDefault(f => files.Contains(Path.GetFileName(f), StringComparer.OrdinalIgnoreCase) && Path.GetDirectoryName(Path.GetFullPath(f)) != folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidOperationException or System.ComponentModel.Win32Exception or NotSupportedException)
        {
            return null; // what is loaded cannot be seen
        }
    }

    private static IEnumerable<string> LoadedFiles()
    {
        if (!OperatingSystem.IsLinux())
        {
            using Process own = Process.GetCurrentProcess();
            return [.. own.Modules.Cast<ProcessModule>().Select(m => m.FileName)];
        }
        const string Deleted = " (deleted)";
        return File.ReadLines("/proc/self/maps").Select(line => line.IndexOf('/') is >= 0 and var at ? line[at..] : "").Where(f => f.Length > 0)
            .Select(f => f.EndsWith(Deleted, StringComparison.Ordinal) ? f[..^Deleted.Length] : f).Distinct(StringComparer.Ordinal);
    }

    private static CnnVisException Failure(string what, string target, Exception? inner = null) =>
        new(ErrorIds.NativesMissing, $"{what} In a clone of CnnVis, run ./build.ps1 or dotnet build; otherwise install the CnnVis package for this platform ({RuntimeInformation.RuntimeIdentifier}).", target, inner);

    // .NET puts advice first and the loader's own words last.
    private static string Reason(Exception error) =>
        error.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^1].TrimEnd('.');
}
