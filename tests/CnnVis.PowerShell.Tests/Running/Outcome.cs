namespace CnnVis.PowerShell.Tests.Running;

/// <summary>How an <c>It</c> ended.</summary>
internal enum Outcome
{
    Passed,
    Failed,
    Skipped,
}
