using System.Collections.Concurrent;
using CnnVis.PowerShell.Tests.Running;

namespace CnnVis.PowerShell.Tests;

/// <summary>Runs tests/Pester, one test case for each <c>It</c>.</summary>
public sealed class PesterTests
{
    /// <summary>Far above what the slowest file takes: it ends hangs.</summary>
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(15);

    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<(string Path, TestResult Result)>>> _results = new();

    private static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Pester");

    public static TheoryData<PesterCase> Cases
    {
        get
        {
            var cases = new TheoryData<PesterCase>();
            foreach (string path in Directory.GetFiles(Folder, "*.Tests.ps1").Order(StringComparer.Ordinal))
            {
                string file = Path.GetFileName(path);
                try
                {
                    int index = 0;
                    foreach (string test in TestFile.Discover(path)) cases.Add(new PesterCase(file, test, index++));
                }
                catch (TestFileException)
                {
                    cases.Add(new PesterCase(file, "discovery", PesterCase.WholeFile));
                }
            }
            return cases;
        }
    }

    [SkippableTheory(DisplayName = "Pester")]
    [MemberData(nameof(Cases))]
    public void It(PesterCase @case)
    {
        IReadOnlyList<(string Path, TestResult Result)> results = _results.GetOrAdd(@case.File, file => new(() => Run(file))).Value;
        Assert.True(@case.Index >= 0, "The file could not be discovered when the cases were listed, but can be now: discovery must find the same each time.");
        Assert.True(@case.Index < results.Count, $"The file had this test when the cases were listed, but has only {results.Count} now: discovery must find the same each time.");
        (string path, TestResult result) = results[@case.Index];
        Assert.Equal(@case.Path, path);
        Skip.If(result.Outcome == Outcome.Skipped, result.Message);
        if (result.Outcome == Outcome.Failed) Assert.Fail(result.Message);
    }

    private static IReadOnlyList<(string Path, TestResult Result)> Run(string file)
    {
        using var limit = new CancellationTokenSource(_limit);
        return TestFile.Run(Path.Combine(Folder, file), limit.Token);
    }
}
