namespace CnnVis.Help.Markdown;

/// <summary>Something to type, and what comes of it.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Code">What to type.</param>
/// <param name="Output">What is seen then; empty where nothing is.</param>
/// <param name="Remarks">Paragraphs about it.</param>
public sealed record HelpExample(string Title, string Code, string Output, IReadOnlyList<string> Remarks);
