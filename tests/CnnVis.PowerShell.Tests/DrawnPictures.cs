using System.Globalization;
using System.Text;

namespace CnnVis.PowerShell.Tests;

/// <summary>Small pictures that differ, in folders named by classes, for runs over many.</summary>
internal static class DrawnPictures
{
    private const int Side = 64;

    /// <summary>Writes them as PPM files: a slope of colours with a square on it, both by the picture's number.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="count">How many.</param>
    /// <param name="classes">Names of the folders, taken in turn.</param>
    public static void Write(string folder, int count, params string[] classes)
    {
        foreach (string name in classes) Directory.CreateDirectory(Path.Combine(folder, name));
        for (int number = 0; number < count; number++)
            File.WriteAllBytes(Path.Combine(folder, classes[number % classes.Length], string.Create(CultureInfo.InvariantCulture, $"{number:d4}.ppm")), Picture(number));
    }

    private static byte[] Picture(int number)
    {
        var random = new Random(number);
        int[] slope = [.. Enumerable.Range(0, 6).Select(_ => random.Next(-3, 4))], color = [.. Enumerable.Range(0, 3).Select(_ => random.Next(256))];
        int left = random.Next(40), top = random.Next(40), size = random.Next(8, 24);
        byte[] head = Encoding.ASCII.GetBytes($"P6 {Side} {Side} 255\n"), picture = [.. head, .. new byte[Side * Side * 3]];
        for (int i = 0; i < Side * Side * 3; i++)
        {
            int c = i % 3, x = i / 3 % Side, y = i / 3 / Side;
            bool isSquare = x >= left && x < left + size && y >= top && y < top + size;
            picture[head.Length + i] = (byte)(isSquare ? color[c] : Math.Clamp(128 + slope[c] * (x - 32) + slope[c + 3] * (y - 32), 0, 255));
        }
        return picture;
    }
}
