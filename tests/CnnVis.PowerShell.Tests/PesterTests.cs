using System.Collections.Concurrent;

namespace CnnVis.PowerShell.Tests;

/// <summary>Runs tests/Pester, one test case for each <c>It</c>.</summary>
public sealed class PesterTests
{
    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<PesterResult>>> _results = new();

    private static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Pester");

    public static TheoryData<PesterCase> Cases
    {
        get
        {
            var cases = new TheoryData<PesterCase>();
            foreach (IGrouping<string, PesterResult> file in Pester.Discover(Folder).GroupBy(test => test.File))
                foreach ((int index, PesterResult test) in file.Index()) cases.Add(new PesterCase(test, index));
            return cases;
        }
    }

    [SkippableTheory(DisplayName = "Pester")]
    [MemberData(nameof(Cases))]
    public void It(PesterCase @case)
    {
        IReadOnlyList<PesterResult> results = _results.GetOrAdd(@case.File, file => new(() => Pester.Run(Path.Combine(Folder, file)))).Value;
        PesterResult? result = results.ElementAtOrDefault(@case.Index);
        Assert.True(@case.Path == result?.Path, $"The file had this test when the cases were listed, and has '{result?.Path}' there now: discovery must find the same each time.");
        Skip.If(result!.Result is "Skipped", result.Message);
        Assert.True(result.Result is "Passed", result.Message);
    }
}
