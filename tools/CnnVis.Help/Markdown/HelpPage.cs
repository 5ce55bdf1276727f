namespace CnnVis.Help.Markdown;

/// <summary>What somebody wrote about one cmdlet.</summary>
/// <param name="Synopsis">What it does, in a line.</param>
/// <param name="Description">Paragraphs.</param>
/// <param name="Examples">At least two.</param>
/// <param name="Notes">Paragraphs; may be empty.</param>
/// <param name="Links">May be empty.</param>
public sealed record HelpPage(string Synopsis, IReadOnlyList<string> Description, IReadOnlyList<HelpExample> Examples, IReadOnlyList<string> Notes, IReadOnlyList<HelpLink> Links);
