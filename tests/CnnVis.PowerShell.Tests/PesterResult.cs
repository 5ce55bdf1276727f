namespace CnnVis.PowerShell.Tests;

/// <summary>What Pester tells of one <c>It</c>.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Path">The names of its blocks and its own, as they are written.</param>
/// <param name="Label">The same with the data in them.</param>
/// <param name="Result">Pester's word: Passed, Failed, Skipped, Inconclusive, NotRun.</param>
/// <param name="Message">What went wrong and where, or why it was skipped.</param>
internal sealed record PesterResult(string File, string Path, string Label, string Result, string Message);
