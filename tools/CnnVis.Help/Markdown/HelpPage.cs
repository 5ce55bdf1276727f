namespace CnnVis.Help.Markdown;

/// <summary>What somebody wrote about one cmdlet.</summary>
/// <param name="Synopsis">What it does, in a line.</param>
/// <param name="Description">Paragraphs.</param>
/// <param name="Examples">At least two.</param>
/// <param name="Notes">Paragraphs; may be empty.</param>
/// <param name="Links">May be empty.</param>
public sealed record HelpPage(string Synopsis, IReadOnlyList<string> Description, IReadOnlyList<HelpExample> Examples, IReadOnlyList<string> Notes, IReadOnlyList<HelpLink> Links);

/// <summary>Something to type, and what comes of it.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Code">What to type.</param>
/// <param name="Output">What is seen then; empty where nothing is.</param>
/// <param name="Remarks">Paragraphs about it.</param>
public sealed record HelpExample(string Title, string Code, string Output, IReadOnlyList<string> Remarks);

/// <summary>Where to read on.</summary>
/// <param name="Text">A cmdlet's name, a topic's or a title.</param>
/// <param name="Uri">An address; empty for cmdlets and topics.</param>
public sealed record HelpLink(string Text, string Uri);
