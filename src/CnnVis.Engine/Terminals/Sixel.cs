using System.Globalization;
using System.Text;

namespace CnnVis.Engine.Terminals;

/// <summary>
/// Bands of six rows, colour by colour, each column of six pixels one character: DEC's sixel (<see href="https://vt100.net/docs/vt3xx-gp/chapter14.html">VT330/VT340 graphics programming, chapter 14</see>).
/// </summary>
internal static class Sixel
{
    private const int Band = 6, Colors = 256, ShortestRun = 4;

    public static string Of(PixelImage picture)
    {
        ColorPalette palette = ColorPalette.Of(picture, Colors);
        // Pixels are square (1;1), and the picture's size is told, so that room is made at once.
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"\eP0;1;0q\"1;1;{picture.Width};{picture.Height}");
        for (int i = 0; i < palette.Colors.Count; i++)
        {
            Rgb c = palette.Colors[i];
            text.Append(CultureInfo.InvariantCulture, $"#{i};2;{Percent(c.R)};{Percent(c.G)};{Percent(c.B)}");
        }
        var bits = new byte[Colors][];
        for (int y = 0; y < picture.Height; y += Band)
        {
            Array.Clear(bits);
            for (int row = 0; row < Band && y + row < picture.Height; row++)
                for (int x = 0; x < picture.Width; x++) (bits[palette[picture[x, y + row]]] ??= new byte[picture.Width])[x] |= (byte)(1 << row);
            bool isFirst = true;
            for (int color = 0; color < Colors; color++)
            {
                if (bits[color] is not { } columns) continue;
                if (!isFirst) text.Append('$'); // back to the left edge of the band
                isFirst = false;
                text.Append(CultureInfo.InvariantCulture, $"#{color}");
                Append(text, columns);
            }
            text.Append('-');
        }
        return text.Append("\e\\\n").ToString();
    }

    private static void Append(StringBuilder text, byte[] columns)
    {
        int end = columns.Length;
        while (end > 0 && columns[end - 1] == 0) end--; // nothing more of this colour
        for (int x = 0; x < end;)
        {
            int run = 1;
            while (x + run < end && columns[x + run] == columns[x]) run++;
            char sixel = (char)('?' + columns[x]);
            if (run >= ShortestRun) text.Append(CultureInfo.InvariantCulture, $"!{run}{sixel}");
            else text.Append(sixel, run);
            x += run;
        }
    }

    private static int Percent(byte value) => (value * 100 + 127) / 255;
}
