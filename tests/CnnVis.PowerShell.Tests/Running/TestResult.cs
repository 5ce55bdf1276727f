namespace CnnVis.PowerShell.Tests.Running;

/// <summary>How an <c>It</c> ended, and why: what failed and where, or what it was skipped for.</summary>
internal sealed record TestResult(Outcome Outcome, string Message)
{
    public static TestResult Passed { get; } = new(Outcome.Passed, "");

    public static TestResult Failed(string message) => new(Outcome.Failed, message);

    public static TestResult Skipped(string reason) => new(Outcome.Skipped, reason);
}
