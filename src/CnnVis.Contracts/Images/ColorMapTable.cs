namespace CnnVis;

/// <summary>
/// Maps that were published as tables of 256 colours (van der Walt and Smith 2015, released under CC0): every fifth colour, and a Catmull-Rom spline between them, which comes
/// within 1 of 255 of the tables.
/// </summary>
internal static class ColorMapTable
{
    private const int Steps = 256, Spacing = 5;

    public static Rgb[] Viridis => Of("""
        440154 46085c 471063 481769 481d6f 482475 472a7a 46307e 453781 433d84 414287 3f4889 3d4e8a 3a538b 38598c 355e8d 33638d 31688e
        2e6d8e 2c718e 2a768e 297b8e 27808e 25848e 23898e 218e8d 20928c 1f978b 1e9c89 1fa188 21a585 24aa83 28ae80 2eb37c 35b779 3dbc74
        46c06f 50c46a 5ac864 65cb5e 70cf57 7cd250 89d548 95d840 a2da37 b0dd2f bddf26 cae11f d8e219 e5e419 f1e51d fde725
        """);

    public static Rgb[] Inferno => Of("""
        000004 02020c 050417 0a0722 10092d 160b39 1e0c45 260c51 2f0a5b 380962 400a67 490b6a 510e6c 59106e 61136e 69166e 71196e 781c6d
        801f6c 88226a 902568 982766 a02a63 a82e5f b0315b b73557 bf3952 c63d4d cc4248 d34743 d94d3d df5337 e45a31 e9612b ed6925 f1711f
        f47918 f78212 f98b0b fa9407 fb9d07 fca60c fcb014 fbba1f fac42a f8cd37 f6d746 f4e156 f2ea69 f2f27d f5f992 fcffa4
        """);

    private static Rgb[] Of(string table)
    {
        byte[][] knots = [.. table.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Convert.FromHexString)];
        return [.. Enumerable.Range(0, Steps).Select(i => new Rgb(Channel(i, 0), Channel(i, 1), Channel(i, 2)))];

        byte Channel(int i, int c)
        {
            int at = Math.Min(i / Spacing, knots.Length - 2);
            return (byte)Math.Clamp(Math.Round(ColorMapRamp.Spline(Knot(at - 1), Knot(at), Knot(at + 1), Knot(at + 2), (i - at * Spacing) / (double)Spacing)), 0, 255);

            // Beyond the ends it goes on in a straight line.
            double Knot(int k) => k < 0 ? 2 * knots[0][c] - knots[1][c] : k == knots.Length ? 2 * knots[^1][c] - knots[^2][c] : knots[k][c];
        }
    }
}
