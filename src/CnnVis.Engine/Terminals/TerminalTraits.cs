namespace CnnVis.Engine.Terminals;

/// <summary>How pictures are best shown in a terminal.</summary>
/// <param name="Protocol">The best that it knows.</param>
/// <param name="CellWidth">Pixels across a cell.</param>
/// <param name="CellHeight">Pixels down a cell.</param>
/// <param name="HasFullColor">It knows 24-bit colours, not 256 only.</param>
public sealed record TerminalTraits(TerminalProtocol Protocol, int CellWidth, int CellHeight, bool HasFullColor)
{
    /// <summary>Where a terminal does not say how large a cell is.</summary>
    private const int UsualWidth = 10, UsualHeight = 20;

    /// <summary>Programs that know iTerm2's inline images and are no better at another.</summary>
    private static readonly string[] _iterm = ["iTerm.app", "WarpTerminal", "mintty"];

    /// <summary>Decides by what the terminal answered, and by the variables in which it says its name.</summary>
    /// <param name="answer">Its answers; null where it could not be asked.</param>
    /// <param name="variable">An environment variable; null where it is not set.</param>
    /// <param name="wanted">What the user wants; Auto for the best.</param>
    public static TerminalTraits Of(TerminalAnswer? answer, Func<string, string?> variable, TerminalProtocol wanted)
    {
        string program = variable("TERM_PROGRAM") ?? "", term = variable("TERM") ?? "";
        TerminalProtocol best = answer?.HasKitty == true ? TerminalProtocol.Kitty
            : _iterm.Contains(program) || variable("LC_TERMINAL") == "iTerm2" && !term.StartsWith("screen", StringComparison.Ordinal) && !term.StartsWith("tmux", StringComparison.Ordinal) ? TerminalProtocol.ITerm2
            : answer?.HasSixel == true ? TerminalProtocol.Sixel
            : TerminalProtocol.Blocks;
        bool isFull = variable("COLORTERM") is "truecolor" or "24bit" || variable("WT_SESSION") is not null || program.Length > 0 && program != "Apple_Terminal" || term.Contains("direct", StringComparison.Ordinal) || term is "xterm-kitty" or "xterm-ghostty";
        return new TerminalTraits(wanted == TerminalProtocol.Auto ? best : wanted, answer is { CellWidth: > 0 } ? answer.CellWidth : UsualWidth, answer is { CellHeight: > 0 } ? answer.CellHeight : UsualHeight, isFull);
    }
}
