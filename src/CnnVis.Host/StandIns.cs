using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace CnnVis.Host;

/// <summary>
/// Everyday commands that <c>pwsh</c> has and the embeddable engine lacks: their modules are not published as packages. Written in
/// PowerShell (<c>StandIns/*.ps1</c>), with the parameters that the examples and tests use and no others, so that anything else is an error and no surprise.
/// </summary>
internal static class StandIns
{
    /// <summary>Adds them to the session to be.</summary>
    public static void AddTo(InitialSessionState state)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (string resource in assembly.GetManifestResourceNames())
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            ScriptBlockAst script = Parser.ParseInput(reader.ReadToEnd(), resource, out _, out _);
            foreach (FunctionDefinitionAst function in script.EndBlock.Statements.OfType<FunctionDefinitionAst>())
                state.Commands.Add(new SessionStateFunctionEntry(function.Name, function.Body.Extent.Text[1..^1]));
        }
    }
}
