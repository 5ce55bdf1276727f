using CnnVis.Engine.Images;
using CnnVis.Engine.Models;

namespace CnnVis.Engine.Tests.Images;

/// <summary>Resizing by each of PIL's curves against what PIL 9.4 made of the same pixels.</summary>
public sealed class InterpolationTests
{
    private static readonly float[] _line = [3, 250, 17, 90, 90, 200, 5, 128, 64];

    /// <summary>7 rows of 10 pixels.</summary>
    private static readonly byte[] _pixels =
    [
        37, 235, 140, 72, 255, 137, 203, 133, 79, 192, 144, 129, 204, 71, 237, 252, 134, 25, 178, 20, 254, 101, 146, 212, 139, 252, 234, 156, 157, 142, 50, 68, 215, 215, 233, 241, 247, 222, 96, 86, 141, 233,
        137, 7, 63, 61, 22, 57, 1, 128, 60, 209, 8, 216, 141, 115, 175, 234, 121, 200, 30, 71, 131, 198, 149, 49, 57, 3, 196, 24, 241, 43, 76, 26, 52, 80, 109, 115, 41, 210, 15, 64, 196, 25, 111, 226,
        215, 135, 26, 153, 104, 22, 9, 195, 231, 126, 23, 125, 100, 155, 165, 57, 83, 166, 136, 32, 162, 10, 23, 143, 239, 87, 25, 199, 243, 92, 74, 190, 46, 160, 216, 151, 183, 65, 113, 77, 3, 128,
        248, 253, 205, 6, 52, 213, 198, 2, 76, 219, 149, 203, 7, 77, 200, 75, 76, 43, 20, 30, 36, 103, 7, 45, 196, 57, 240, 252, 210, 96, 13, 10, 23, 124, 81, 135, 121, 152, 202, 220, 148, 160,
        140, 193, 94, 60, 233, 152, 82, 115, 97, 130, 236, 220, 103, 98, 10, 182, 96, 233, 82, 214, 198, 194, 71, 231, 176, 54, 15, 133, 145, 170, 20, 118, 176, 22, 229, 141, 241, 114, 97, 181,
    ];

    /// <summary><c>Image.fromarray(line, mode='F').resize((n, 1), …)</c>.</summary>
    [Theory]
    [InlineData(Interpolation.Bicubic, new[] { 112.4115f, 83.4099f, 116.0159f, 78.7157f })]
    [InlineData(Interpolation.Bilinear, new[] { 111.6571f, 84.8049f, 115.5854f, 79.6286f })]
    [InlineData(Interpolation.Bicubic, new[] { 3f, 250, 17, 90, 90, 200, 5, 128, 64 })]
    [InlineData(Interpolation.Bicubic, new[] { -14.1321f, 121.0716f, 243.9668f, 64.9844f, 26.9419f, 91.1445f, 84.4187f, 127.9083f, 201.0681f, 72.8713f, 17.7734f, 121.1779f, 97.9837f, 59.5609f })]
    [InlineData(Interpolation.Bilinear, new[] { 3f, 117.6786f, 225.0357f, 75.25f, 45.6786f, 90f, 90f, 125.3571f, 196.0714f, 81.6071f, 35.75f, 114.8214f, 93.7143f, 64f })]
    [InlineData(Interpolation.Lanczos, new[] { 108.7122f, 89.9174f, 115.1252f, 75.0945f })]
    [InlineData(Interpolation.Lanczos, new[] { 3f, 250f, 17f, 90f, 90f, 200f, 5f, 128f, 64f })]
    [InlineData(Interpolation.Lanczos, new[] { -28.1857f, 127.8579f, 248.8047f, 73.987f, 11.0827f, 92.2903f, 79.8262f, 136.1049f, 202.3916f, 71.1978f, 10.9373f, 118.2569f, 105.8279f, 54.0361f })]
    [InlineData(Interpolation.Lanczos, new[] { 105.5202f, 116.0872f, 61.1732f, 151.2981f, 65.7378f, 91.8424f })]
    [InlineData(Interpolation.Nearest, new[] { 250f, 90f, 200f, 128f })]
    [InlineData(Interpolation.Nearest, new[] { 3f, 250f, 17f, 90f, 90f, 200f, 5f, 128f, 64f })]
    [InlineData(Interpolation.Nearest, new[] { 3f, 3f, 250f, 17f, 17f, 90f, 90f, 90f, 200f, 5f, 5f, 128f, 64f, 64f })]
    [InlineData(Interpolation.Nearest, new[] { 3f, 17f, 90f, 200f, 5f, 64f })]
    [InlineData(Interpolation.Box, new[] { 126.5f, 65.6667f, 102.5f, 96f })]
    [InlineData(Interpolation.Box, new[] { 3f, 250f, 17f, 90f, 90f, 200f, 5f, 128f, 64f })]
    [InlineData(Interpolation.Box, new[] { 3f, 3f, 250f, 17f, 17f, 90f, 90f, 90f, 200f, 5f, 5f, 128f, 64f, 64f })]
    [InlineData(Interpolation.Box, new[] { 126.5f, 17f, 90f, 200f, 66.5f, 64f })]
    [InlineData(Interpolation.Hamming, new[] { 126.2573f, 71.9677f, 123.7408f, 89.4812f })]
    [InlineData(Interpolation.Hamming, new[] { 3f, 250f, 17f, 90f, 90f, 200f, 5f, 128f, 64f })]
    [InlineData(Interpolation.Hamming, new[] { 3f, 106.0389f, 247.0021f, 34.8017f, 36.438f, 90f, 90f, 106.6395f, 199.6624f, 56.9234f, 14.3975f, 126.4174f, 90.6983f, 64f })]
    [InlineData(Interpolation.Hamming, new[] { 71.4858f, 81.7833f, 88.4414f, 165.9881f, 42.5395f, 81.7453f })]
    public void AnAxisIsPils(Interpolation interpolation, float[] expected)
    {
        foreach (bool flipped in new[] { false, true })
        {
            Taps taps = Taps.Of(interpolation, _line.Length, expected.Length, 0, expected.Length, flipped);
            for (int i = 0; i < expected.Length; i++)
            {
                float sum = 0;
                for (int s = 0; s < taps.Lengths[i]; s++) sum += taps.Weights(i)[s] * (flipped ? _line[^(taps.Starts[i] + s + 1)] : _line[taps.Starts[i] + s]);
                Assert.Equal(expected[i], sum, 2e-3);
            }
        }
    }

    /// <summary><c>Image.resize((4, 4), BICUBIC)</c> of bytes, which PIL rounds between its two passes; larger ones leave 0 to 1, and are cut there.</summary>
    [Fact]
    public void APhotoIsPils()
    {
        byte[] small =
        [
            122, 203, 162, 177, 113, 135, 136, 71, 135, 155, 152, 201, 125, 117, 118, 79, 125, 91, 51, 132, 81, 148, 112, 156, 105, 131, 131, 98, 158, 117, 83, 156, 130, 121, 77, 79, 115, 135, 154, 108,
            148, 144, 130, 144, 104, 171, 130, 128,
        ];
        Compare(4, 4, small, 1, 1);
        byte[] large = [35, 246, 135, 199, 145, 118, 187, 14, 255, 151, 154, 134, 100, 12, 3, 153, 164, 56, 24, 140, 242, 187, 44, 164, 255, 244, 92, 228, 210, 197, 146, 174, 10, 108, 95, 181];
        Compare(13, 11, large, 4, 5);
        float[] usual = Seen(4, 4, Interpolation.Bilinear), cubic = Seen(4, 4, Interpolation.Bicubic);
        Assert.Contains(Enumerable.Range(0, usual.Length), i => Math.Abs(usual[i] - cubic[i]) > 2.0 / 255);

        static void Compare(int width, int height, byte[] expected, int acrossBy, int downBy)
        {
            float[] values = Seen(width, height, Interpolation.Bicubic);
            int at = 0;
            for (int y = 0; y < height; y += downBy)
                for (int x = 0; x < width; x += acrossBy)
                    for (int c = 0; c < 3; c++) Assert.InRange(values[(c * height + y) * width + x] * 255 - expected[at++], -1.01, 1.01);
            Assert.Equal(expected.Length, at);
        }
    }

    /// <summary><c>Image.resize((4, 4), LANCZOS)</c> of bytes, and NEAREST to 13 × 11.</summary>
    [Fact]
    public void APhotoIsPilsByOtherCurves()
    {
        byte[] lanczos =
        [
            121, 207, 167, 183, 111, 131, 133, 66, 134, 153, 158, 204, 129, 118, 119, 79, 127, 90, 41, 129, 74, 152, 111, 161, 103, 129, 126, 93, 159, 117, 87, 162, 136, 123, 74, 74, 118, 135, 153, 104,
            145, 149, 132, 146, 102, 171, 133, 123,
        ];
        float[] values = Seen(4, 4, Interpolation.Lanczos);
        for (int i = 0; i < lanczos.Length; i++) Assert.InRange(values[i % 3 * 16 + i / 3] * 255 - lanczos[i], -1.01, 1.01);
        byte[] nearest = [37, 235, 140, 192, 144, 129, 178, 20, 254, 156, 157, 142, 104, 22, 9, 155, 165, 57, 23, 143, 239, 190, 46, 160, 236, 220, 103, 214, 198, 194, 145, 170, 20, 114, 97, 181];
        values = Seen(13, 11, Interpolation.Nearest);
        int at = 0;
        for (int y = 0; y < 11; y += 5)
            for (int x = 0; x < 13; x += 4)
                for (int c = 0; c < 3; c++) Assert.Equal(nearest[at++] / 255f, values[(c * 11 + y) * 13 + x], 1e-6f);
        Assert.Equal(nearest.Length, at);
    }

    /// <summary>An array is interpolated as photos are: a line of one channel.</summary>
    [Fact]
    public void AnArrayIsPils()
    {
        var input = new CnnInput(1, 1, 4, ResizeMode.Stretch, 1) { Interpolation = Interpolation.Bicubic };
        float[] values = new float[4];
        Preprocessor.Load(ImageSource.Of(CnnPicture.Of("line", [.. _line.Select(v => v / 255)], 1, 1, _line.Length)), input, DecodeOptions.Default, values);
        float[] expected = [112.4115f, 83.4099f, 116.0159f, 78.7157f];
        for (int i = 0; i < 4; i++) Assert.Equal(expected[i] / 255, values[i], 1e-5);
    }

    /// <summary>Networks' hashes are of this text, so that it must not change for what is usual.</summary>
    [Fact]
    public void TheInputIsToldAsEver()
    {
        var input = new CnnInput(3, 8, 9, ResizeMode.Crop, 10);
        Assert.Equal("CnnInput { Channels = 3, Height = 8, Width = 9, ResizeMode = Crop, ResizeTo = 10, Low = 0, High = 1, Length = 216 }", input.ToString());
        Assert.Equal("CnnInput { Channels = 3, Height = 8, Width = 9, ResizeMode = Crop, ResizeTo = 10, Low = 0, High = 1, Interpolation = Bicubic, Length = 216 }", (input with { Interpolation = Interpolation.Bicubic }).ToString());
    }

    /// <summary>It is kept in what is written.</summary>
    [Fact]
    public void AFileKeepsIt()
    {
        using var folder = new TempFolder();
        Network network = Network.Create("cubic", "test", TestNetworks.Residual(), new Dictionary<string, string>(), new ImportOptions { Interpolation = Interpolation.Bicubic });
        using (FileStream file = File.Create(folder["cubic.onnx"])) network.Save(file, ModelFormat.Onnx, halfPrecision: false);
        Assert.Equal(Interpolation.Bicubic, Network.Load(folder["cubic.onnx"]).Input.Interpolation);
        Assert.Equal(Interpolation.Bilinear, Network.Load(folder["cubic.onnx"], new ImportOptions { Interpolation = Interpolation.Bilinear }).Input.Interpolation);
    }

    private static float[] Seen(int width, int height, Interpolation interpolation)
    {
        var input = new CnnInput(3, height, width, ResizeMode.Stretch, 1) { Interpolation = interpolation };
        float[] values = new float[input.Length];
        Preprocessor.Prepare(new PixelImage(10, 7, _pixels), input, values);
        return values;
    }
}
