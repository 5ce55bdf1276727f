using System.Runtime.InteropServices;

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

    /// <summary>Returns at once when the libraries are loaded; a failure is tried again next time.</summary>
    /// <exception cref="CnnVisException">A library is missing or does not load; the message says which, why, and what to do.</exception>
    public static void Ensure()
    {
        if (_loaded) return;
        string[] missing = [.. _names.Where(n => EngineLoadContext.FindNative(n) is null)];
        if (missing.Length > 0)
            throw Failure($"{EngineLoadContext.Folder} lacks {string.Join(", ", missing)}.", string.Join(", ", missing));
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
    }

    private static CnnVisException Failure(string what, string target, Exception? inner = null) =>
        new(ErrorIds.NativesMissing, $"{what} In a clone of CnnVis, run ./build.ps1 or dotnet build; otherwise install the CnnVis package for this platform ({RuntimeInformation.RuntimeIdentifier}).", target, inner);

    // .NET puts advice first and the loader's own words last.
    private static string Reason(Exception error) =>
        error.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^1].TrimEnd('.');
}
