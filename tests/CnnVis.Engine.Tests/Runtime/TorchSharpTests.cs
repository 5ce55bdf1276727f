using System.Reflection;
using TorchSharp;

namespace CnnVis.Engine.Tests.Runtime;

public sealed class TorchSharpTests
{
    /// <summary>A temporary number must not be freed while native code reads it: the build's copy keeps it alive (tools/KeepArgumentsAlive.cs).</summary>
    [Fact]
    public void MethodsKeepTheirNumbersAlive()
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        MethodInfo[] taking = [.. typeof(Scalar).Assembly.GetTypes().SelectMany(t => t.GetMethods(All)).Where(m => m.GetMethodBody() is not null && m.GetParameters().Any(p => p.ParameterType == typeof(Scalar)))];
        Assert.Contains(taking, m => m is { Name: "add", DeclaringType.Name: "Tensor" });
        Assert.All(taking, m => Assert.True(EndsByKeeping(m), $"{m.DeclaringType}.{m.Name}"));
    }

    /// <summary>Whether the last thing that a method does before it returns is to call GC.KeepAlive; what ends by throwing returns nothing.</summary>
    private static bool EndsByKeeping(MethodInfo method)
    {
        const byte Call = 0x28, Return = 0x2a, Throw = 0x7a;
        byte[] code = method.GetMethodBody()!.GetILAsByteArray()!;
        return code[^1] == Throw || code[^1] == Return && code.Length > 6 && code[^6] == Call && method.Module.ResolveMethod(BitConverter.ToInt32(code, code.Length - 5))?.Name == nameof(GC.KeepAlive);
    }
}
