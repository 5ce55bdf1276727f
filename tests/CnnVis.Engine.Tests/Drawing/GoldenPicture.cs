using System.Runtime.CompilerServices;
using CnnVis.Engine.Images;
using SkiaSharp;

namespace CnnVis.Engine.Tests.Drawing;

/// <summary>
/// Pictures in <c>Golden</c> were looked at when they were made. A change that makes a comparison fail on purpose is looked at again, and the file replaced by hand with the one that
/// the failure names.
/// </summary>
internal static class GoldenPicture
{
    /// <summary>Compares with the kept one. Letters' edges may differ between builds of Skia, and colours in their last bits between processors.</summary>
    public static void Same(string name, PixelImage picture)
    {
        string golden = Path.Combine(Folder(), $"{name}.png"), made = Path.Combine(AppContext.BaseDirectory, $"{name}.png");
        File.WriteAllBytes(made, ImageCodec.Encode(picture, ImageFormat.Png, 90));
        Assert.True(File.Exists(golden), $"Look at {made}, and keep it as {golden}.");
        using SKBitmap kept = SKBitmap.Decode(golden);
        Assert.True((kept.Width, kept.Height) == (picture.Width, picture.Height), $"{made} is {picture.Width}x{picture.Height}, and was {kept.Width}x{kept.Height}.");
        int[] differences = [.. Enumerable.Range(0, kept.Width * kept.Height).Select(i => Difference(picture[i % kept.Width, i / kept.Width], kept.GetPixel(i % kept.Width, i / kept.Width)))];
        Assert.True(differences.Count(d => d > 4) <= differences.Length / 100, $"{made} looks unlike {golden}: {differences.Count(d => d > 4)} of {differences.Length} pixels differ.");
        Assert.True(differences.Max() <= 64, $"{made} looks unlike {golden}: a pixel differs by {differences.Max()}.");
    }

    private static int Difference(Rgb a, SKColor b) => Math.Max(Math.Abs(a.R - b.Red), Math.Max(Math.Abs(a.G - b.Green), Math.Abs(a.B - b.Blue)));

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Golden");
}
