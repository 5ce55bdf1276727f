using System.IO;
using System.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Mono.Cecil;
using Mono.Cecil.Cil;

/// <summary>
/// Copies an assembly of wrappers round native handles, so that each method keeps its arguments alive until it returns. Without that the garbage
/// collector may finalize an argument, and free what it stands for, once a method has taken its handle and while native code still reads it.
/// </summary>
/// <remarks>
/// TorchSharp's Scalar is such a class, and every <c>a + b</c> and <c>x * 2</c> makes one. Before each <c>ret</c>, and for each argument (and this) whose class has
/// a finalizer, GC.KeepAlive is called, which costs nothing. Compiled by MSBuild itself (RoslynCodeTaskFactory), hence no newer C#.
/// </remarks>
public sealed class KeepArgumentsAlive : Task
{
    /// <summary>The assembly as it was delivered.</summary>
    [Required]
    public string Source { get; set; }

    /// <summary>Where the changed copy goes.</summary>
    [Required]
    public string Destination { get; set; }

    /// <inheritdoc/>
    public override bool Execute()
    {
        using (AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(Source))
        {
            MethodReference keepAlive = KeepAlive(assembly.MainModule);
            int changed = assembly.MainModule.GetTypes().SelectMany(t => t.Methods).Count(m => Change(m, keepAlive));
            if (changed == 0)
            {
                Log.LogError("{0} has no method that takes an object with a finalizer: this is another TorchSharp than tools/TorchSharp.targets was written for. Remove the patch if it is no longer needed.", Source);
                return false;
            }
            Log.LogMessage("{0} methods of {1} keep their arguments alive.", changed, Source);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Destination)));
            // Never through a hard link that an earlier build made.
            File.Delete(Destination);
            assembly.Write(Destination, new WriterParameters { DeterministicMvid = true });
        }
        return true;
    }

    private static bool Change(MethodDefinition method, MethodReference keepAlive)
    {
        // A finalizer's own object is gone already; a constructor's is in its caller's hands.
        if (!method.HasBody || method.Name == "Finalize") return false;
        ParameterDefinition[] kept = method.Parameters.Where(p => HasFinalizer(p.ParameterType)).ToArray();
        bool keepsThis = method.HasThis && !method.IsConstructor && HasFinalizer(method.DeclaringType);
        if (kept.Length == 0 && !keepsThis) return false;
        ILProcessor processor = method.Body.GetILProcessor();
        foreach (Instruction end in method.Body.Instructions.Where(i => i.OpCode == OpCodes.Ret).ToArray())
        {
            // In place, since jumps lead to it; the result stays below on the stack.
            end.OpCode = OpCodes.Nop;
            Instruction last = end;
            if (keepsThis) last = Keep(processor, last, Instruction.Create(OpCodes.Ldarg_0), keepAlive);
            foreach (ParameterDefinition parameter in kept) last = Keep(processor, last, Instruction.Create(OpCodes.Ldarg, parameter), keepAlive);
            processor.InsertAfter(last, Instruction.Create(OpCodes.Ret));
        }
        return true;
    }

    private static Instruction Keep(ILProcessor processor, Instruction after, Instruction load, MethodReference keepAlive)
    {
        Instruction call = Instruction.Create(OpCodes.Call, keepAlive);
        processor.InsertAfter(after, load);
        processor.InsertAfter(load, call);
        return call;
    }

    private static MethodReference KeepAlive(ModuleDefinition module)
    {
        var collector = new TypeReference("System", "GC", module, module.TypeSystem.CoreLibrary);
        var method = new MethodReference("KeepAlive", module.TypeSystem.Void, collector);
        method.Parameters.Add(new ParameterDefinition(module.TypeSystem.Object));
        return method;
    }

    // Classes of this assembly; what other assemblies have looks after itself.
    private static bool HasFinalizer(TypeReference type)
    {
        for (TypeDefinition at = type as TypeDefinition; at != null && at.IsClass; at = at.BaseType as TypeDefinition)
            if (at.Methods.Any(m => m.Name == "Finalize" && m.Parameters.Count == 0)) return true;
        return false;
    }
}
