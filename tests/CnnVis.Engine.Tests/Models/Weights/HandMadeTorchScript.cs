using System.Runtime.InteropServices;
using System.Text;

namespace CnnVis.Engine.Tests.Models.Weights;

/// <summary>A TorchScript archive as small as libtorch accepts it.</summary>
internal static class HandMadeTorchScript
{
    /// <summary>A module with a module <c>fc</c> of these parameters.</summary>
    public static byte[] Module(params (string Name, float[] Values)[] parameters)
    {
        var pickle = new PickleWriter().Global("__torch__", "Net").Op(')').Raw(0x81).Op('}').Op('(')
            .Text("training").Raw(0x89).Text("fc").Global("__torch__", "Fc").Op(')').Raw(0x81).Op('}').Op('(').Text("training").Raw(0x89);
        for (int i = 0; i < parameters.Length; i++) pickle.Text(parameters[i].Name).Floats($"{i}", parameters[i].Values.Length);
        byte[] data = pickle.Op('u').Op('b').Op('u').Op('b').Stop();
        string names = string.Concat(parameters.Select(p => $"\"{p.Name}\", "));
        string code = $"""
            class Net(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              fc : __torch__.Fc
            class Fc(Module):
              __parameters__ = [{names}]
              __buffers__ = []
              training : bool
              {string.Join("\n  ", parameters.Select(p => $"{p.Name} : Tensor"))}
            """;
        var zip = new ZipWriter().Add("net/data.pkl", data).Add("net/code/__torch__.py", Encoding.UTF8.GetBytes(code + "\n"));
        for (int i = 0; i < parameters.Length; i++) zip.Add($"net/data/{i}", MemoryMarshal.AsBytes(parameters[i].Values.AsSpan()));
        return zip.Add("net/constants.pkl", new PickleWriter().Op(')').Stop()).Add("net/version", "3\n"u8).Finish();
    }
}
