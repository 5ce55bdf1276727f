namespace CnnVis.Help.Markdown;

/// <summary>What a piece of a page is.</summary>
internal enum BlockKind
{
    /// <summary>The page's heading.</summary>
    Title,

    /// <summary>A heading within it.</summary>
    Section,

    /// <summary>Running text, or an item of a list.</summary>
    Paragraph,

    /// <summary>PowerShell to type.</summary>
    Code,

    /// <summary>What a command writes.</summary>
    Output,
}
