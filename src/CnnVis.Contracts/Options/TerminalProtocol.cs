namespace CnnVis;

/// <summary>How a terminal is given pictures.</summary>
public enum TerminalProtocol
{
    /// <summary>The terminal is asked what it can do.</summary>
    Auto,

    /// <summary>kitty's graphics protocol, which Ghostty and WezTerm know too.</summary>
    Kitty,

    /// <summary>iTerm2's inline images.</summary>
    ITerm2,

    /// <summary>Sixel, DEC's: Windows Terminal, WezTerm, VS Code, xterm, foot.</summary>
    Sixel,

    /// <summary>Half blocks in 24-bit colours, or 256 where there are no more: any terminal.</summary>
    Blocks,
}
