namespace CnnVis.Help.Markdown;

/// <summary>Where to read on.</summary>
/// <param name="Text">A cmdlet's name, a topic's or a title.</param>
/// <param name="Uri">An address; empty for cmdlets and topics.</param>
public sealed record HelpLink(string Text, string Uri);
