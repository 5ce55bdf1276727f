using CnnVis.PowerShell.Tests.Running;

namespace CnnVis.PowerShell.Tests;

/// <summary>The runner of tests/Pester, on files under Fixtures whose results are known.</summary>
public sealed class RunnerTests
{
    private static string Fixture(string name) => Path.Combine(Repository.Root, "tests", "CnnVis.PowerShell.Tests", "Fixtures", name + ".ps1");

    private static Dictionary<string, TestResult> Run(string name) => TestFile.Run(Fixture(name), CancellationToken.None).ToDictionary(test => test.Path, test => test.Result);

    /// <summary>Files that assert what they show.</summary>
    [Theory]
    [InlineData("Order")]
    [InlineData("Scopes")]
    [InlineData("ForEach")]
    [InlineData("ShouldPasses")]
    [InlineData("StandIns")]
    public void EveryTestThatMayRunPasses(string name)
    {
        Dictionary<string, TestResult> results = Run(name);
        Assert.NotEmpty(results);
        Assert.All(results, test => Assert.True(test.Value.Outcome != Outcome.Failed, $"{test.Key}: {test.Value.Message}"));
        Assert.Contains(results.Values, result => result.Outcome == Outcome.Passed);
    }

    [Fact]
    public void EveryAssertionFailsWithItsMessage()
    {
        IReadOnlyList<(string Path, TestResult Result)> results = TestFile.Run(Fixture("ShouldFails"), CancellationToken.None);
        Assert.All(results, test =>
        {
            Assert.Equal(Outcome.Failed, test.Result.Outcome);
            Assert.StartsWith(test.Path["Should.".Length..].TrimEnd(), test.Result.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void NamesAreExpandedFromData()
    {
        IReadOnlyList<string> names = TestFile.Discover(Fixture("ForEach"));
        Assert.Equal(["is 3 wide", "with x", "with y", "by parameter 1", "keeps <this> and <unknown>"], names.Take(5).Select(name => name["model a.".Length..]));
        Assert.Equal("model b.is 4 wide", names[5]);
        Assert.Equal(10, names.Count);
    }

    [Fact]
    public void DiscoveryAndRunFindTheSame() =>
        Assert.Equal(TestFile.Discover(Fixture("Failures")), TestFile.Run(Fixture("Failures"), CancellationToken.None).Select(test => test.Path));

    [Fact]
    public void SkipsAreSkipped()
    {
        Dictionary<string, TestResult> results = Run("Skips");
        Assert.Equal(Outcome.Passed, results["skips.not"].Outcome);
        Assert.Equal(TestResult.Skipped("is skipped, because there are no photos"), results["skips.while it runs"]);
        foreach (string name in new[] { "by switch", "by expression", "all of it.inside" }) Assert.Equal(Outcome.Skipped, results["skips." + name].Outcome);
    }

    [Fact]
    public void AFailureTellsWhatAndWhere()
    {
        TestResult result = Run("Failures")["failures.of an assertion"];
        string[] lines = result.Message.Split(Environment.NewLine);
        Assert.Equal("Expected 3, because three is asked for, but got 4.", lines[0]);
        Assert.StartsWith($"At {Fixture("Failures")}:4 char:13", lines[1], StringComparison.Ordinal);
        Assert.Contains("Should -Be 3 -Because 'three is asked for'", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("of a command that does not exist", "The term 'Get-Nothing' is not recognized")]
    [InlineData("of an operator that does not exist", "A parameter cannot be found that matches parameter name 'BeThreeish'")]
    [InlineData("of no operator", "Parameter set cannot be resolved")]
    [InlineData("of the old syntax", "Parameter set cannot be resolved")]
    [InlineData("of a value that is not piped", "Pipe the actual value")]
    [InlineData("of a type that does not exist", "Could not find type [Nothing]")]
    [InlineData("of a method", "was not in a correct format")]
    [InlineData("of mocks, which are not understood", "The term 'Mock' is not recognized")]
    [InlineData("of a break that finds no loop", "")]
    [InlineData("of exit", "")]
    [InlineData("of a Describe that is run", "Describe belongs in the body")]
    [InlineData("of a parameter that a stand-in lacks", "A parameter cannot be found that matches parameter name 'Tail'")]
    [InlineData("BeforeAll.one", "BeforeAll failed: no model")]
    [InlineData("BeforeAll.nested.two", "BeforeAll failed: no model")]
    [InlineData("AfterAll.three", "AfterAll failed: still locked")]
    [InlineData("BeforeEach.four", "not ready")]
    [InlineData("AfterEach.five", "left over")]
    public void ATestFails(string name, string message)
    {
        TestResult result = _failures.Value["failures." + name];
        Assert.Equal(Outcome.Failed, result.Outcome);
        Assert.Contains(message, result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ran", result.Message.Split(Environment.NewLine)[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("is not an error that does not terminate", Outcome.Passed)]
    [InlineData("is not a return", Outcome.Passed)]
    [InlineData("do not stop what follows", Outcome.Passed)]
    [InlineData("BeforeAll.skipped", Outcome.Skipped)]
    internal void ATestDoesNotFail(string name, Outcome outcome) => Assert.Equal(outcome, _failures.Value["failures." + name].Outcome);

    [Fact]
    public void TheTestDriveIsClearedAndRemoved()
    {
        Dictionary<string, TestResult> results = Run("Drive");
        Assert.Equal("another.tells where it was", results.Single(test => test.Value.Outcome != Outcome.Passed).Key);
        string folder = results["another.tells where it was"].Message.Split(Environment.NewLine)[0]["folder: ".Length..];
        Assert.StartsWith(Path.GetTempPath(), folder, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Theory]
    [InlineData("Empty", "The file has no It.")]
    [InlineData("BrokenDiscovery", "The term 'Get-Nothing' is not recognized")]
    [InlineData("BrokenSyntax", "Missing closing '}'")]
    [InlineData("NoItems", "-ForEach was given null or an empty array")]
    [InlineData("EachOfFile", "BeforeEach belongs in a Describe")]
    [InlineData("Absent", "Absent.ps1")]
    public void AFileThatCannotBeDiscoveredFails(string name, string message)
    {
        Assert.Contains(message, Assert.Throws<TestFileException>(() => TestFile.Discover(Fixture(name))).Message, StringComparison.Ordinal);
        Assert.Throws<TestFileException>(() => TestFile.Run(Fixture(name), CancellationToken.None));
    }

    [Fact]
    public void WhatHangsFailsWhenTheLimitIsUp()
    {
        using var limit = new CancellationTokenSource();
        AppDomain.CurrentDomain.SetData("limit", limit);
        IReadOnlyList<(string Path, TestResult Result)> results = TestFile.Run(Fixture("Hang"), limit.Token);
        Assert.Equal(["time.is spent", "time.is not left"], results.Select(test => test.Path));
        Assert.All(results, test => Assert.Contains("limit", test.Result.Message, StringComparison.Ordinal));
        Assert.All(results, test => Assert.Equal(Outcome.Failed, test.Result.Outcome));
    }

    private static readonly Lazy<Dictionary<string, TestResult>> _failures = new(() => Run("Failures"));
}
