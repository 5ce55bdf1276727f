using System.Globalization;
using System.Text.RegularExpressions;
using CnnVis.Engine.Images;
using CnnVis.Engine.Terminals;
using CnnVis.Engine.Tests.Images;

namespace CnnVis.Engine.Tests.Drawing;

/// <summary>The bytes that terminals are given, read back as the protocols say.</summary>
public sealed partial class TerminalPictureTests
{
    private static readonly TerminalTraits _traits = new(TerminalProtocol.Blocks, 10, 20, HasFullColor: true);

    [Fact]
    public void HalfBlocksHaveTwoPixelsACell()
    {
        PixelImage picture = Pictures.Noise(7, 6);
        string text = TerminalPicture.Of(picture, _traits, 80, 24);
        string[] lines = text.TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        for (int y = 0; y < 3; y++)
        {
            Assert.EndsWith("\e[0m", lines[y], StringComparison.Ordinal);
            Rgb upper = default, lower = default;
            int x = 0;
            foreach (Match match in Cell().Matches(lines[y]))
            {
                if (match.Value == "▀")
                {
                    Assert.Equal((picture[x, 2 * y], picture[x, 2 * y + 1]), (upper, lower));
                    x++;
                    continue;
                }
                var color = new Rgb(Number(match, 2), Number(match, 3), Number(match, 4));
                if (match.Groups[1].Value == "38") upper = color;
                else lower = color;
            }
            Assert.Equal(7, x);
        }

        static byte Number(Match match, int group) => byte.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void BlocksOf256ColoursAreTheNearest()
    {
        string text = TerminalPicture.Of(Pictures.Of(1, 2, (_, y) => y == 0 ? new Rgb(255, 0, 0) : new Rgb(118, 118, 118)), _traits with { HasFullColor = false }, 80, 24);
        Assert.Equal("\e[38;5;196m\e[48;5;243m▀\e[0m\n", text); // xterm's palette: 196 is #ff0000, 243 is #767676
    }

    [Theory]
    [InlineData(TerminalProtocol.Blocks, 40, 10)]
    [InlineData(TerminalProtocol.Sixel, 4, 1)]
    public void LargePicturesAreMadeToFit(TerminalProtocol protocol, int columns, int rows)
    {
        string text = TerminalPicture.Of(Pictures.Smooth(400, 100), _traits with { Protocol = protocol }, columns, rows);
        if (protocol == TerminalProtocol.Blocks) Assert.Equal((40, 5), (text.Split('\n')[0].Count(c => c == '▀'), text.TrimEnd('\n').Split('\n').Length));
        else Assert.Contains("\"1;1;40;10#", text, StringComparison.Ordinal);
    }

    [Fact]
    public void KittyGetsThePngInPieces()
    {
        PixelImage picture = Pictures.Noise(120, 50);
        string text = TerminalPicture.Of(picture, _traits with { Protocol = TerminalProtocol.Kitty }, 80, 24);
        MatchCollection pieces = Piece().Matches(text);
        Assert.Equal(text.TrimEnd('\n').Length, pieces.Sum(p => p.Length));
        Assert.True(pieces.Count > 1);
        Assert.Equal("a=T,f=100,q=2,m=1", pieces[0].Groups[1].Value);
        for (int i = 1; i < pieces.Count; i++) Assert.Equal(i == pieces.Count - 1 ? "m=0" : "m=1", pieces[i].Groups[1].Value);
        Assert.All(pieces, p => Assert.True(p.Groups[2].Length <= 4096));
        using var folder = new TempFolder();
        string file = folder.Add("a.png", Convert.FromBase64String(string.Concat(pieces.Select(p => p.Groups[2].Value))));
        Assert.Equal(picture.Pixels, ImageCodec.Decode(file, DecodeOptions.Default).Pixels);
    }

    [Fact]
    public void ITermGetsThePngWithItsSize()
    {
        PixelImage picture = Pictures.Noise(31, 45);
        string text = TerminalPicture.Of(picture, _traits with { Protocol = TerminalProtocol.ITerm2 }, 80, 24);
        Match match = Inline().Match(text);
        Assert.True(match.Success);
        byte[] png = Convert.FromBase64String(match.Groups[4].Value);
        Assert.Equal((png.Length, 4, 3), (int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture)));
        using var folder = new TempFolder();
        Assert.Equal(picture.Pixels, ImageCodec.Decode(folder.Add("a.png", png), DecodeOptions.Default).Pixels);
    }

    /// <summary>A reader of sixel by DEC's manual, in 30 lines: the picture comes back, in colours of a hundred levels.</summary>
    [Theory]
    [InlineData(13, 11)]
    [InlineData(6, 6)]
    [InlineData(40, 1)]
    public void SixelReadsBack(int width, int height)
    {
        PixelImage picture = Pictures.Of(width, height, (x, y) => new Rgb((byte)(x / 3 % 4 * 85), (byte)(y % 2 * 255), (byte)(x % 2 * 51)));
        string text = TerminalPicture.Of(picture, _traits with { Protocol = TerminalProtocol.Sixel }, 80, 24);
        Assert.StartsWith("\eP0;1;0q", text, StringComparison.Ordinal);
        Assert.EndsWith("\e\\\n", text, StringComparison.Ordinal);
        var colors = new Dictionary<int, Rgb>();
        var read = new Rgb?[width, height];
        int x = 0, band = 0, color = 0;
        foreach (Match token in Token().Matches(text["\eP0;1;0q".Length..^3]))
        {
            int[] numbers = [.. Digits().Matches(token.Value).Select(m => int.Parse(m.Value, CultureInfo.InvariantCulture))];
            switch (token.Value[0])
            {
                case '"':
                    Assert.Equal([1, 1, width, height], numbers);
                    break;
                case '#' when numbers.Length == 5:
                    colors[numbers[0]] = new Rgb(Level(numbers[2]), Level(numbers[3]), Level(numbers[4]));
                    break;
                case '#':
                    color = numbers[0];
                    break;
                case '$':
                    x = 0;
                    break;
                case '-':
                    (x, band) = (0, band + 6);
                    break;
                default:
                    for (int run = token.Value[0] == '!' ? numbers[0] : 1; run > 0; run--, x++)
                        for (int row = 0; row < 6; row++)
                            if (((token.Value[^1] - '?') >> row & 1) != 0) read[x, band + row] = colors[color];
                    break;
            }
        }
        for (int v = 0; v < height; v++)
        {
            for (int u = 0; u < width; u++)
            {
                Rgb was = picture[u, v], now = read[u, v]!.Value;
                Assert.True(Math.Abs(was.R - now.R) <= 2 && Math.Abs(was.G - now.G) <= 2 && Math.Abs(was.B - now.B) <= 2, $"{u}, {v}: {was} {now}");
            }
        }

        static byte Level(int percent) => (byte)((percent * 255 + 50) / 100);
    }

    [Fact]
    public void ManyColoursAreCutTo256ThatAreNear()
    {
        PixelImage picture = Pictures.Smooth(64, 64);
        string text = TerminalPicture.Of(picture, _traits with { Protocol = TerminalProtocol.Sixel }, 80, 24);
        Assert.InRange(Token().Matches(text).Count(t => t.Value.StartsWith('#') && t.Value.Contains(';')), 100, 256);
    }

    [Theory]
    [InlineData("\e_Gi=31;OK\e\\\e[6;18;9t\e[?62;c", true, false, 9, 18)]
    [InlineData("\e[?62;4;22c", false, true, 0, 0)]
    [InlineData("\e[?64;14;22c", false, false, 0, 0)]
    [InlineData("\e_Gi=31;ENOENT:x\e\\\e[6;0;0t\e[?1;2c", false, false, 0, 0)]
    [InlineData("", false, false, 0, 0)]
    public void AnswersAreRead(string answers, bool kitty, bool sixel, int width, int height)
    {
        Assert.Equal(new TerminalAnswer(kitty, sixel, width, height), TerminalAnswer.Parse(answers));
        Assert.Equal(answers.EndsWith('c'), TerminalAnswer.IsComplete(answers));
    }

    [Theory]
    [InlineData("\e_Gi=31;OK\e\\\e[?62;4c", "", TerminalProtocol.Auto, TerminalProtocol.Kitty)]
    [InlineData("\e[?62;4c", "", TerminalProtocol.Auto, TerminalProtocol.Sixel)]
    [InlineData("\e[?62;4c", "iTerm.app", TerminalProtocol.Auto, TerminalProtocol.ITerm2)]
    [InlineData("\e[?1;2c", "tmux", TerminalProtocol.Auto, TerminalProtocol.Blocks)]
    [InlineData("\e[?1;2c", "", TerminalProtocol.Sixel, TerminalProtocol.Sixel)]
    [InlineData(null, "", TerminalProtocol.Auto, TerminalProtocol.Blocks)]
    public void TheBestThatTheTerminalKnowsIsChosen(string? answers, string program, TerminalProtocol wanted, TerminalProtocol chosen) =>
        Assert.Equal(chosen, TerminalTraits.Of(answers is null ? null : TerminalAnswer.Parse(answers), name => name == "TERM_PROGRAM" ? program : null, wanted).Protocol);

    [GeneratedRegex("\e\\[([34]8);2;([0-9]+);([0-9]+);([0-9]+)m|▀")]
    private static partial Regex Cell();

    [GeneratedRegex("\e_G([^;]*);([^\e]*)\e\\\\")]
    private static partial Regex Piece();

    [GeneratedRegex("^\e\\]1337;File=inline=1;size=([0-9]+);width=([0-9]+);height=([0-9]+);preserveAspectRatio=1:([A-Za-z0-9+/=]+)\a\n$")]
    private static partial Regex Inline();

    [GeneratedRegex("\"[0-9;]+|#[0-9;]+|![0-9]+[?-~]|[?-~]|[$]|-")]
    private static partial Regex Token();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
