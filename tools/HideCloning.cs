using System.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Mono.Cecil;

/// <summary>
/// Marks the method <c>&lt;Clone&gt;$</c>, which the compiler gives every record, as a special name, as accessors of properties are: Get-Member then leaves it out, and <c>with</c> goes on working.
/// </summary>
/// <remarks>Compiled by MSBuild itself (RoslynCodeTaskFactory), hence no newer C#.</remarks>
public sealed class HideCloning : Task
{
    /// <summary>The assembly, which is changed in place, and its symbols with it.</summary>
    [Required]
    public string Assembly { get; set; }

    /// <inheritdoc/>
    public override bool Execute()
    {
        using (AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(Assembly, new ReaderParameters { ReadSymbols = true, InMemory = true }))
        {
            MethodDefinition[] clones = assembly.MainModule.GetTypes().SelectMany(t => t.Methods).Where(m => m.Name == "<Clone>$" && !m.IsSpecialName).ToArray();
            if (clones.Length == 0) return true;
            foreach (MethodDefinition clone in clones) clone.IsSpecialName = true;
            assembly.Write(Assembly, new WriterParameters { WriteSymbols = true });
        }
        return true;
    }
}
