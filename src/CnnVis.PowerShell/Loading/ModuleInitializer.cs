using System.Management.Automation;
using CnnVis.Engine.Models;

namespace CnnVis.PowerShell.Loading;

/// <summary>
/// Makes the engine findable when PowerShell imports the module, as often as it does. At removal the memory of networks that nobody holds is given back; the engine
/// cannot be unloaded, and another runspace of the process may still be using it.
/// </summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnImport() => _ = EngineLoadContext.Instance;

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        if (EngineNatives.AreLoaded) Release();
    }

    // Of its own, because the engine is looked for when a method that names it is compiled.
    private static void Release() => ModelCatalog.Release();
}
