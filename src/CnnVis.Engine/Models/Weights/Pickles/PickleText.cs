using System.Globalization;
using System.Numerics;
using System.Text;

namespace CnnVis.Engine.Models.Weights.Pickles;

/// <summary>Numbers and texts as protocol 0 writes them.</summary>
internal static class PickleText
{
    /// <summary><c>I</c>: a whole number, or 00 and 01 for false and true.</summary>
    public static object Int(string line) => line switch
    {
        "00" => false,
        "01" => true,
        _ => Long(line),
    };

    /// <summary><c>L</c>: a whole number, with an L behind it or not.</summary>
    public static object Long(string line) => line.Length < 100 && BigInteger.TryParse(line.TrimEnd('L'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger value) ? Narrow(value) : throw PickleStack.Damaged("has a number that is none");

    public static object Float(string line) => double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : throw PickleStack.Damaged("has a number that is none");

    /// <summary>A long where it fits.</summary>
    public static object Narrow(BigInteger value) => value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;

    /// <summary><c>S</c>: a Python literal in quotes.</summary>
    public static string String(string line) => line is ['\'' or '"', .., _] && line[0] == line[^1] ? Unescape(line[1..^1], all: true) : throw PickleStack.Damaged("has a text without quotes");

    /// <summary><c>V</c>: raw-unicode-escape.</summary>
    public static string Unicode(string line) => Unescape(line, all: false);

    private static string Unescape(string text, bool all)
    {
        if (!text.Contains('\\')) return text;
        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length) plain.Append(text[i]);
            else if (text[i + 1] == 'u') Code(4);
            else if (text[i + 1] == 'U') Code(8);
            else if (!all) plain.Append('\\');
            else if (text[i + 1] == 'x') Code(2);
            else plain.Append(text[++i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', '0' => '\0', var c => c });

            void Code(int digits)
            {
                if (i + 2 + digits > text.Length || !int.TryParse(text.AsSpan(i + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code) || code is < 0 or > 0x10FFFF)
                    throw PickleStack.Damaged("has a text with an escape that is none");
                plain.Append(code > 0xFFFF ? char.ConvertFromUtf32(code) : ((char)code).ToString());
                i += 1 + digits;
            }
        }
        return plain.ToString();
    }
}
