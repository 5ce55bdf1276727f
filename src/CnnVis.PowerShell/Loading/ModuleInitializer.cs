using System.Management.Automation;

namespace CnnVis.PowerShell.Loading;

/// <summary>
/// Makes the engine findable when PowerShell imports the module, as often as it does. There is no counterpart at removal: the engine
/// cannot be unloaded, and another runspace of the process may still be using it.
/// </summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer
{
    /// <inheritdoc/>
    public void OnImport() => _ = EngineLoadContext.Instance;
}
