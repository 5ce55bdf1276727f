using System.Globalization;
using System.Text;

namespace CnnVis.Engine.Terminals;

/// <summary>Two pixels a cell: an upper half block in the colour of the upper one, on the colour of the lower one (SGR 38 and 48; ECMA-48, ITU-T T.416).</summary>
internal static class HalfBlocks
{
    private const char UpperHalf = '▀';

    /// <summary>Levels of the cube in the palette of 256 colours, and where greys begin.</summary>
    private const int Sides = 6, CubeStart = 16, GreyStart = 232, Greys = 24;

    private static readonly int[] _levels = [0, 95, 135, 175, 215, 255];

    public static string Of(PixelImage picture, bool isFull)
    {
        var text = new StringBuilder();
        for (int y = 0; y < picture.Height; y += 2)
        {
            (Rgb? Upper, Rgb? Lower) before = (null, null);
            for (int x = 0; x < picture.Width; x++)
            {
                Rgb upper = picture[x, y];
                Rgb? lower = y + 1 < picture.Height ? picture[x, y + 1] : null; // below an odd picture the terminal's own colour
                if (upper != before.Upper) text.Append(CultureInfo.InvariantCulture, $"\e[38;{Color(upper, isFull)}m");
                if (lower != before.Lower && lower is { } color) text.Append(CultureInfo.InvariantCulture, $"\e[48;{Color(color, isFull)}m");
                text.Append(UpperHalf);
                before = (upper, lower);
            }
            text.Append("\e[0m\n");
        }
        return text.ToString();
    }

    private static string Color(Rgb color, bool isFull) => isFull ? $"2;{color.R};{color.G};{color.B}" : $"5;{Nearest(color)}";

    /// <summary>The nearest of the palette: in the cube, or among the greys.</summary>
    private static int Nearest(Rgb color)
    {
        int red = Level(color.R), green = Level(color.G), blue = Level(color.B);
        int grey = Math.Clamp(((color.R + color.G + color.B) / 3 - 3) / 10, 0, Greys - 1), shade = 8 + 10 * grey;
        return Distance(color, shade, shade, shade) < Distance(color, _levels[red], _levels[green], _levels[blue]) ? GreyStart + grey : CubeStart + (red * Sides + green) * Sides + blue;

        static int Level(int value) => value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40;
        static int Distance(Rgb color, int r, int g, int b) => (color.R - r) * (color.R - r) + (color.G - g) * (color.G - g) + (color.B - b) * (color.B - b);
    }
}
