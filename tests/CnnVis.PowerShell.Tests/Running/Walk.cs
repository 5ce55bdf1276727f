using System.Management.Automation;

namespace CnnVis.PowerShell.Tests.Running;

/// <summary>Runs a discovered tree: setups, tests and teardowns in Pester's order and scopes.</summary>
internal sealed class Walk(Scopes scopes, TestDrive drive)
{
    public void Run(Block block)
    {
        if (block.Tests.All(test => test.Skip))
        {
            foreach (Test test in block.Tests) test.Result = TestResult.Skipped("-Skip");
            return;
        }
        HashSet<string> files = drive.Entries();
        scopes.Enter(block.Data, () =>
        {
            ErrorRecord? failure = Setup(block, "BeforeAll", block.Data);
            foreach (object child in block.Children)
            {
                if (failure is not null) Fail(child, "BeforeAll failed: " + Describe(failure));
                else if (child is Block inner) Run(inner);
                else Run((Test)child, block);
            }
            if (Setup(block, "AfterAll", block.Data) is { } late) Fail(block, "AfterAll failed: " + Describe(late));
        });
        drive.Clear(files);
    }

    private void Run(Test test, Block block)
    {
        if (test.Skip)
        {
            test.Result = TestResult.Skipped("-Skip");
            return;
        }
        var failures = new List<ErrorRecord>();
        scopes.Enter(test.Data, () =>
        {
            foreach (Block outer in block.SelfAndAncestors.Reverse())
                if (failures.Count == 0 && Setup(outer, "BeforeEach", test.Data) is { } failure) failures.Add(failure);
            if (failures.Count == 0 && scopes.Run(test.Body, test.Data) is { } own) failures.Add(own);
            foreach (Block outer in block.SelfAndAncestors)
                if (Setup(outer, "AfterEach", test.Data) is { } failure) failures.Add(failure);
        });
        test.Result = failures switch
        {
            [] => TestResult.Passed,
            [var only] when only.FullyQualifiedErrorId.StartsWith(SetItResultCommand.SkippedErrorId, StringComparison.Ordinal) => TestResult.Skipped(only.Exception.Message),
            _ => TestResult.Failed(string.Join(Environment.NewLine, failures.Select(Describe))),
        };
    }

    private ErrorRecord? Setup(Block block, string kind, TestData? data) =>
        block.Setups.TryGetValue(kind, out ScriptBlock? setup) ? scopes.Run(setup, data) : null;

    private static void Fail(object child, string message)
    {
        IEnumerable<Test> tests = child is Block block ? block.Tests : [(Test)child];
        foreach (Test test in tests) test.Result = test.Skip ? TestResult.Skipped("-Skip") : TestResult.Failed(message);
    }

    /// <summary>The message of an error, the line that it came from, and the way there through the script.</summary>
    public static string Describe(ErrorRecord error)
    {
        // Without the runner's own frames.
        IEnumerable<string> stack = (error.ScriptStackTrace ?? "").Split('\n')
            .Where(line => !line.Contains("<No file>", StringComparison.Ordinal) && !line.StartsWith("at Should<", StringComparison.Ordinal));
        string[] parts = [error.ToString(), error.InvocationInfo?.PositionMessage ?? "", .. stack];
        return string.Join(Environment.NewLine, parts.Select(part => part.TrimEnd()).Where(part => part.Length > 0));
    }
}
