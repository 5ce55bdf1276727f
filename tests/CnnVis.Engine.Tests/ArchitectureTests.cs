using System.Text.RegularExpressions;
using System.Xml.Linq;
using ArchUnitNET.Loader;
using CnnVis.Engine.Models;

namespace CnnVis.Engine.Tests;

/// <summary>
/// Which room of the engine may know which. A room is a folder of <c>src/CnnVis.Engine</c>, and in Graphs, Attribution and Targets the folders inside it. What a room knows is read from the compiled types; all
/// may know Contracts.
/// </summary>
public sealed partial class ArchitectureTests
{
    /// <summary>What every room may know: files, devices and stopping, and what TorchSharp lacks.</summary>
    private static readonly string[] _everybody = ["Runtime", "Tensors"];

    /// <summary>By room, the others that it may know beside those. A new room says here what it knows.</summary>
    private static readonly Dictionary<string, string[]> _mayKnow = new(StringComparer.Ordinal)
    {
        // the ground floor
        ["Runtime"] = [],
        ["Tensors"] = [],
        ["NumPy"] = [],
        ["Optimization"] = [],
        ["Tables"] = [],
        ["Drawing"] = [],
        ["Pages"] = [],
        ["Embedding"] = [],
        // the graph: operators know neither walks nor patches
        ["Graphs"] = [],
        ["Graphs.Operators"] = ["Graphs"],
        ["Graphs.Walks"] = ["Graphs", "Graphs.Operators"],
        ["Graphs.Patches"] = ["Graphs", "Graphs.Operators", "Graphs.Walks"],
        // networks, and pictures for them
        ["Targets.Answers"] = ["Graphs", "Graphs.Operators", "Graphs.Walks"],
        ["Models"] = ["Graphs", "Graphs.Operators", "Graphs.Walks", "NumPy", "Targets.Answers"],
        ["Images"] = ["Models", "NumPy"],
        ["Scans"] = ["Images", "Models"],
        ["Statistics"] = ["Images"],
        ["Targets"] = ["Graphs", "Graphs.Operators", "Graphs.Walks", "Models", "Targets.Answers"],
        ["Targets.Objectives"] = ["Images", "Models", "Targets.Answers"],
        // what is asked of networks
        ["Predictions"] = ["Images", "Models", "Targets", "Targets.Answers"],
        ["Activations"] = ["Images", "Models", "Scans", "Statistics"],
        ["Filters"] = ["Graphs", "Graphs.Operators", "Models"],
        ["Codes"] = ["Activations", "Graphs", "Graphs.Operators", "Images", "Models", "NumPy", "Scans", "Tables"],
        ["Accuracy"] = ["Attributes", "Corruptions", "Images", "Models", "Scans", "Statistics", "Tables", "Targets.Answers"],
        ["Corruptions"] = ["Images", "Models", "Scans", "Statistics", "Targets.Answers"],
        ["Attributes"] = ["Images", "Models", "Scans", "Statistics", "Tables"],
        ["Classifiers"] = ["Codes", "Graphs", "Images", "Models", "Optimization", "Statistics", "Targets.Answers"],
        ["Attribution.Saliency"] = ["Embedding", "Graphs", "Graphs.Operators", "Graphs.Walks", "Images", "Models", "Targets", "Targets.Answers"],
        ["Attribution.Occlusion"] = ["Graphs", "Graphs.Patches", "Graphs.Walks", "Images", "Models", "Targets", "Targets.Answers"],
        ["Attribution.Metrics"] = ["Attribution.Saliency", "Graphs", "Images", "Models", "Scans", "Statistics", "Tables", "Targets", "Targets.Answers"],
        ["Synthesis"] = ["Graphs", "Graphs.Operators", "Graphs.Walks", "Images", "Models", "Optimization", "Statistics", "Targets", "Targets.Answers", "Targets.Objectives"],
        ["Adversarial"] = ["Graphs", "Graphs.Walks", "Images", "Models", "Optimization", "Scans", "Statistics", "Tables", "Targets", "Targets.Answers"],
        ["Retrieval"] = ["Attribution.Saliency", "Codes", "Graphs", "Images", "Models", "Scans", "Statistics", "Targets"],
        ["Humans"] = ["Codes", "Images", "Models", "Pages", "Predictions", "Statistics", "Tables"],
        ["Reports"] = ["Drawing", "Images", "Models", "Pages", "Retrieval"],
        ["Merging"] = ["Accuracy", "Activations", "Adversarial", "Attributes", "Attribution.Metrics", "Codes", "Correspondence", "Corruptions", "Retrieval", "Scans"],
        ["Mapping"] = ["Drawing", "Images"],
        ["Correspondence"] = ["Codes", "Graphs", "Images", "Models", "Scans", "Statistics", "Tables"],
        ["Terminals"] = ["Images"],
    };

    /// <summary>From room to room, with the types that make it so.</summary>
    private static readonly Lazy<ILookup<(string From, string To), string>> _known = new(() => new ArchLoader().LoadAssembly(typeof(Network).Assembly).Build().Types
        .SelectMany(type => type.Dependencies.Select(d => (From: Room(type.Namespace?.FullName), To: Room(d.Target.Namespace?.FullName), Types: $"{type.Name} knows {d.Target.Name}")))
        .Where(d => d.From is not null && d.To is not null && d.From != d.To).Distinct().ToLookup(d => (d.From!, d.To!), d => d.Types));

    [Fact]
    public void RoomsKnowOnlyWhatTheyMay()
    {
        string[] wrong = [.. _known.Value.Where(k => !_mayKnow.GetValueOrDefault(k.Key.From, []).Concat(_everybody).Contains(k.Key.To)).Select(k => $"{k.Key.From} must not know {k.Key.To}: {string.Join(", ", k.Take(5))}")];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void NoRoomsKnowEachOtherInACircle()
    {
        ILookup<string, string> known = _known.Value.ToLookup(k => k.Key.From, k => k.Key.To);
        Assert.Contains("Graphs", known["Graphs.Operators"]); // the types were found
        foreach (var room in known) Follow([room.Key]);

        void Follow(string[] way)
        {
            foreach (string next in known[way[^1]].Order(StringComparer.Ordinal))
            {
                Assert.False(way.Contains(next), $"Rooms know each other in a circle: {string.Join(" → ", [.. way, next])}.");
                Follow([.. way, next]);
            }
        }
    }

    [Fact]
    public void NamespacesAreFolders()
    {
        string root = Repository.Root;
        string[] wrong = [.. ((string[])["src", "tests", "tools", "benchmarks"]).SelectMany(kind => Directory.GetDirectories(Path.Combine(root, kind)))
            .SelectMany(project => Sources(project).Select(file => (Project: Path.GetFileNameWithoutExtension(Directory.GetFiles(project, "*.csproj").FirstOrDefault() ?? project + ".folder"), Folder: Path.GetRelativePath(project, Path.GetDirectoryName(file)!), File: file)))
            .Where(s => Namespace().Match(File.ReadAllText(s.File)) is { Success: true } found && found.Groups[1].Value != Expected(s.Project, s.Folder)).Select(s => s.File)];
        Assert.True(wrong.Length == 0, $"Namespaces that are not their folders:\n{string.Join('\n', wrong)}");

        // The one exception: a user types CnnVis, whatever folder of Contracts a type is kept in.
        static string Expected(string project, string folder) => project == "CnnVis.Contracts" ? "CnnVis" : folder == "." ? project : $"{project}.{folder.Replace(Path.DirectorySeparatorChar, '.')}";
    }

    [Fact]
    public void ContractsKnowNothingElse() =>
        Assert.All(typeof(CnnModel).Assembly.GetReferencedAssemblies(), reference => Assert.StartsWith("System", reference.Name!, StringComparison.Ordinal));

    /// <summary>Nothing of PowerShell in the engine, and in cmdlets nothing of what the engine is built on: PowerShell's load context could not resolve it.</summary>
    [Fact]
    public void CmdletsReachContractsAndEngineOnly()
    {
        Assert.DoesNotContain(typeof(Network).Assembly.GetReferencedAssemblies(), reference => reference.Name == "System.Management.Automation");
        string project = Path.Combine(Repository.Root, "src", "CnnVis.PowerShell");
        XElement[] items = [.. XDocument.Load(Path.Combine(project, "CnnVis.PowerShell.csproj")).Descendants().Where(e => (string?)e.Attribute("ReferenceOutputAssembly") != "false")];
        Assert.Equal(["CnnVis.Contracts", "CnnVis.Engine"], items.Where(e => e.Name.LocalName == "ProjectReference").Select(e => Path.GetFileNameWithoutExtension((string)e.Attribute("Include")!)));
        Assert.Equal(["PowerShellStandard.Library"], items.Where(e => e.Name.LocalName == "PackageReference").Select(e => (string)e.Attribute("Include")!));
        Assert.All(Sources(project).SelectMany(file => Using().Matches(File.ReadAllText(file))), match => Assert.Matches(@"^(System|CnnVis)\b", match.Groups[1].Value));
    }

    /// <summary>NUGET_PACKAGES may name its folder without a separator at the end, and NuGet hands that on as it is.</summary>
    [Fact]
    public void PackagesAreFoundInWhateverWayTheirFolderIsNamed()
    {
        string[] builds = [.. ((string[])["*.csproj", "*.props", "*.targets"]).SelectMany(kind => Directory.EnumerateFiles(Repository.Root, kind, SearchOption.AllDirectories))
            .Where(file => !Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "output"))];
        string[] uses = [.. builds.SelectMany(file => File.ReadLines(file).Where(line => line.Contains("$(NuGetPackageRoot)", StringComparison.Ordinal)))];
        Assert.NotEmpty(uses);
        Assert.All(uses, line => Assert.Contains("EnsureTrailingSlash('$(NuGetPackageRoot)')", line, StringComparison.Ordinal));
    }

    /// <summary>The room of a namespace; null outside the engine.</summary>
    private static string? Room(string? space) => space?.Split('.') switch
    {
        ["CnnVis", "Engine", "Graphs" or "Attribution" or "Targets", var inner, ..] => space.Split('.')[2] + "." + inner,
        ["CnnVis", "Engine", var room, ..] => room,
        _ => null,
    };

    private static IEnumerable<string> Sources(string project) => Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(project, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^using (?:static |\w+ = )?([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Using();
}
