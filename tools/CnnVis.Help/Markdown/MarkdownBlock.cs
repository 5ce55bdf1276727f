namespace CnnVis.Help.Markdown;

/// <summary>A piece of a page.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Without its marks.</param>
/// <param name="Line">Where it begins (a paragraph: ends), from 1.</param>
internal sealed record MarkdownBlock(BlockKind Kind, string Text, int Line);
