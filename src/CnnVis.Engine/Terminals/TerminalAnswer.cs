using System.Globalization;
using System.Text.RegularExpressions;

namespace CnnVis.Engine.Terminals;

/// <summary>What a terminal says of itself when it is asked.</summary>
/// <param name="HasKitty">It knows kitty's graphics protocol.</param>
/// <param name="HasSixel">It knows sixel.</param>
/// <param name="CellWidth">Pixels across a cell; 0 where it does not say.</param>
/// <param name="CellHeight">Pixels down a cell; 0 where it does not say.</param>
public sealed partial record TerminalAnswer(bool HasKitty, bool HasSixel, int CellWidth, int CellHeight)
{
    private const int KittyId = 31;

    /// <summary>
    /// The questions in one string: does a picture of one pixel arrive (<see href="https://sw.kovidgoyal.net/kitty/graphics-protocol/#querying-support-and-available-transmission-mediums">kitty</see>), how large is a cell
    /// (XTWINOPS 16), and what kind of terminal is it (DA1), which every terminal answers, and last.
    /// </summary>
    public static string Question { get; } = $"\e_Gi={KittyId},s=1,v=1,a=q,t=d,f=24;AAAA\e\\\e[16t\e[c";

    /// <summary>Whether the last of the answers is there.</summary>
    public static bool IsComplete(string answers) => Attributes().IsMatch(answers);

    /// <summary>Reads the answers, as many as there are.</summary>
    public static TerminalAnswer Parse(string answers)
    {
        bool sixel = Attributes().Match(answers) is { Success: true } attributes && attributes.Groups[1].Value.Split(';').Contains("4"); // of DA1, 4 is sixel
        bool kitty = answers.Contains($"\e_Gi={KittyId};OK\e\\", StringComparison.Ordinal);
        return Cell().Match(answers) is { Success: true } cell && Number(cell, 2) is var width and > 0 and < 1000 && Number(cell, 1) is var height and > 0 and < 1000
            ? new TerminalAnswer(kitty, sixel, width, height) : new TerminalAnswer(kitty, sixel, 0, 0);

        static int Number(Match match, int group) => int.TryParse(match.Groups[group].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
    }

    [GeneratedRegex(@"\e\[\?([0-9;]*)c")]
    private static partial Regex Attributes();

    [GeneratedRegex(@"\e\[6;([0-9]+);([0-9]+)t")]
    private static partial Regex Cell();
}
