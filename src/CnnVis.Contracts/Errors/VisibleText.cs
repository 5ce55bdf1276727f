namespace CnnVis;

/// <summary>Text from outside, such as names in files and paths, made safe to print: what a terminal would obey is shown instead.</summary>
public static class VisibleText
{
    private const char FirstPicture = '\u2400', Escape = '\u241B', Delete = '\u2421';

    /// <summary>The text with a picture for each control character: ␛ for an escape, ␊ for a new line. An 8-bit control is shown as the two characters that it stands for.</summary>
    /// <param name="text">Any text; null stays null.</param>
    public static string? Of(string? text) => text is null || !text.Any(IsControl) ? text : Shown(text, keepLines: false);

    /// <summary>The same of a message of ours, whose new lines are meant.</summary>
    public static string Message(string text) => text.Any(IsControl) ? Shown(text, keepLines: true) : text;

    private static string Shown(string text, bool keepLines) =>
        string.Concat(text.Select(c => !IsControl(c) || keepLines && c == '\n' ? c.ToString() : c < ' ' ? ((char)(FirstPicture + c)).ToString() : c == '\u007F' ? Delete.ToString() : $"{Escape}{(char)(c - 0x40)}"));

    private static bool IsControl(char c) => c is < ' ' or >= '\u007F' and <= '\u009F';
}
