using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CnnVis.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CnnVis.Engine.Tests;

/// <summary>The examples of the engine's documentation compile, with the engine's namespaces imported, and run at the top of the clone.</summary>
[Collection(nameof(OwnershipTests))] // the folder that a process is in belongs to it
public sealed partial class DocumentedExampleTests : IDisposable
{
    private static readonly Lazy<Assembly> _compiled = new(Compile);
    private readonly string _folder = Directory.GetCurrentDirectory();

    public static TheoryData<string> Names => [.. Examples().Keys];

    public DocumentedExampleTests() => Directory.SetCurrentDirectory(Repository.Root);

    public void Dispose() => Directory.SetCurrentDirectory(_folder);

    [Theory]
    [MemberData(nameof(Names))]
    public void Runs(string name)
    {
        MethodInfo example = _compiled.Value.GetType($"{Examples()[name].Space}.{name}Example")!.GetMethod("Run")!;
        example.CreateDelegate<Action>()();
    }

    /// <summary>Every way to do something that a user can name is documented with an example.</summary>
    [Fact]
    public void EveryMethodHasOne()
    {
        string[] methods = [.. CnnVis.Engine.Attribution.Saliency.SaliencyMethods.Names, .. CnnVis.Engine.Attribution.Metrics.SaliencyMetrics.Names, .. CnnVis.Engine.Adversarial.AttackMethods.Names];
        Assert.Empty(methods.Except(Examples().Keys));
    }

    private static SortedDictionary<string, (string Space, string Code)> Examples()
    {
        var examples = new SortedDictionary<string, (string, string)>(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "CnnVis.Engine"), "*.cs", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(file);
            Match found = Example().Match(text);
            if (!found.Success) continue;
            string xml = string.Join('\n', found.Value.Split('\n').Select(line => line.Trim().TrimStart('/')));
            examples.Add(Path.GetFileNameWithoutExtension(file), (Space().Match(text).Groups[1].Value, XElement.Parse(xml).Element("code")!.Value));
        }
        return examples;
    }

    private static Assembly Compile()
    {
        string[] spaces = [.. typeof(Network).Assembly.GetExportedTypes().Select(t => t.Namespace!).Distinct().Order()];
        var text = new StringBuilder().AppendLine("using System; using System.Collections.Generic; using System.IO; using System.Linq; using CnnVis;");
        foreach (string space in spaces) text.AppendLine($"using {space};");
        // In the namespace of what it documents, whose names come before those of others.
        foreach (var (name, (space, code)) in Examples()) text.AppendLine($"namespace {space} {{ public static class {name}Example {{ public static void Run() {{\n{code}\n}} }} }}");
        MetadataReference[] references = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(p => MetadataReference.CreateFromFile(p))];
        var compilation = CSharpCompilation.Create("examples", [CSharpSyntaxTree.ParseText(text.ToString())], references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var made = new MemoryStream();
        var result = compilation.Emit(made);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
        return Assembly.Load(made.ToArray());
    }

    [GeneratedRegex(@"/// <example>[\s\S]*?</example>")]
    private static partial Regex Example();

    [GeneratedRegex(@"^namespace (\S+);", RegexOptions.Multiline)]
    private static partial Regex Space();
}
