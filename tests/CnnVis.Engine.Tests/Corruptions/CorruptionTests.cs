using CnnVis.Engine.Corruptions;
using CnnVis.Engine.Corruptions.Blur;
using CnnVis.Engine.Tests.Images;

namespace CnnVis.Engine.Tests.Corruptions;

/// <summary>Closed forms of the corruptions on pictures of which these are known.</summary>
public sealed class CorruptionTests
{
    private static readonly PixelImage _grey = Pictures.Of(224, 224, (_, _) => new Rgb(128, 128, 128));

    [Fact]
    public void TheFifteenAndTheFourHaveTheirNames()
    {
        Assert.Equal(15, CorruptionMethods.Parse(["All"]).Count);
        Assert.Equal(19, CorruptionMethods.Parse(["*"]).Count);
        Assert.Equal(["JpegCompression", "GaussianNoise", "ShotNoise", "ImpulseNoise"], CorruptionMethods.Parse(["jpeg_compression", "noise"]).Select(c => c.Name));
        Assert.Equal(["GaussianNoise", "ShotNoise", "ImpulseNoise", "SpeckleNoise"], CorruptionMethods.Parse(["*noise"]).Select(c => c.Name));
        Assert.Equal(["Fog", "JpegCompression"], CorruptionMethods.Parse(["F?g", "jpeg*"]).Select(c => c.Name));
        Assert.Contains("ShotNoise", Assert.Throws<CnnVisException>(() => CorruptionMethods.Parse(["shotnose"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoiseHasItsVarianceAndMean()
    {
        // Severity 1 at 224: 0.08 · 255 = 20.4 about 128, hardly clipped. Cutting to whole numbers takes 1/2 and adds 1/12.
        var (mean, variance) = Moments(Apply("GaussianNoise", 1));
        Assert.InRange(mean, 127.3, 127.7);
        Assert.InRange(Math.Sqrt(variance - 1 / 12.0), 20.2, 20.6);
        // 0.04 at 64 pixels, 0.04 at 32.
        Assert.InRange(Math.Sqrt(Moments(Apply("GaussianNoise", 1, Pictures.Of(64, 64, (_, _) => new Rgb(128, 128, 128)))).Variance), 10.0, 10.4);
        // Speckle: 128 · 0.15.
        Assert.InRange(Math.Sqrt(Moments(Apply("SpeckleNoise", 1)).Variance), 19.0, 19.4);
        // Poisson of λ = 128/255 · 60: mean 128, variance 128² / λ.
        (mean, variance) = Moments(Apply("ShotNoise", 1));
        Assert.InRange(mean, 127.0, 128.0);
        Assert.InRange(variance, 535, 552);
        // Impulses: c/2 black, c/2 white.
        byte[] impulses = Apply("ImpulseNoise", 5).Pixels.ToArray();
        Assert.InRange(impulses.Count(p => p == 0) / (double)impulses.Length, 0.132, 0.138);
        Assert.InRange(impulses.Count(p => p == 255) / (double)impulses.Length, 0.132, 0.138);
        Assert.Equal(new byte[] { 0, 128, 255 }, impulses.Distinct().Order().ToArray());
    }

    [Theory]
    [InlineData("DefocusBlur")]
    [InlineData("GlassBlur")]
    [InlineData("MotionBlur")]
    [InlineData("ZoomBlur")]
    [InlineData("GaussianBlur")]
    [InlineData("Pixelate")]
    [InlineData("ElasticTransform")]
    [InlineData("Contrast")]
    [InlineData("JpegCompression")]
    public void WhatOnlyMovesOrMixesLeavesOneColourAlone(string name)
    {
        for (int severity = 1; severity <= 5; severity++)
            foreach (int side in new[] { 32, 64, 120 })
            {
                byte[] pixels = Apply(name, severity, Pictures.Of(side, side, (_, _) => new Rgb(128, 128, 128))).Pixels.ToArray();
                // JPEG rounds; the sum of the authors' largest disks, which reach their arrays' borders, is a little above 1.
                Assert.All(pixels, p => Assert.InRange(p, 127, 130));
                if (name is not ("JpegCompression" or "DefocusBlur")) Assert.All(pixels, p => Assert.Equal(128, p));
            }
    }

    [Fact]
    public void LightAndColourFollowTheirFormulas()
    {
        PixelImage image = Pictures.Of(64, 64, (x, _) => x < 32 ? new Rgb(100, 50, 0) : new Rgb(200, 150, 100));
        Assert.Equal(new Rgb(125, 62, 0), Apply("Brightness", 1, image)[0, 0]); // value 100 + 25.5: all times 1.255
        Assert.Equal(new Rgb(25, 25, 25), Apply("Brightness", 1, Pictures.Of(64, 64, (_, _) => Rgb.Black))[5, 5]);
        Assert.Equal(new Rgb(130, 80, 30), Apply("Contrast", 1, image)[0, 0]); // means 150, 100, 50: (100 − 150) 0.4 + 150
        Assert.Equal(new Rgb(100, 85, 70), Apply("Saturate", 1, image)[0, 0]); // 100 − 100 · 0.3 …
        Assert.Equal(new Rgb(100, 50, 0), Apply("Saturate", 3, image)[0, 0]); // saturated already
        Assert.Equal(new Rgb(200, 100, 0), Apply("Saturate", 3, image)[40, 0]); // twice ½ is 1: 200 − (200 − 150) · 2
    }

    [Fact]
    public void PixelsAreMeansOfBoxes()
    {
        PixelImage image = Pictures.Noise(64, 64, seed: 3);
        PixelImage halved = Apply("Pixelate", 5, image); // 64 · 0.5 = 32: boxes of 2 × 2, each row's mean rounded first
        for (int y = 0; y < 64; y += 2)
            for (int x = 0; x < 64; x += 2)
            {
                int Mean(int a, int b) => (a + b + 1) / 2;
                int expected = Mean(Mean(image[x, y].R, image[x + 1, y].R), Mean(image[x, y + 1].R, image[x + 1, y + 1].R));
                foreach (var (u, v) in new[] { (0, 0), (1, 0), (0, 1), (1, 1) }) Assert.Equal(expected, halved[x + u, y + v].R);
            }
    }

    [Fact]
    public void ADiskIsTheAuthors()
    {
        float[][] disk = DefocusBlur.Disk(3, 0.1); // an edge of 0.1 is none: 29 places
        Assert.Equal(17, disk.Length);
        Assert.Equal(29, disk.Sum(r => r.Count(v => v > 0.001)));
        Assert.Equal(1 / 29f, disk[8][8], 6);
        Assert.Equal(21, DefocusBlur.Disk(10, 0.5).Length);
        Assert.Equal(1, DefocusBlur.Disk(10, 0.5).Sum(r => r.Sum()), 1);
        Assert.Equal(1, DefocusBlur.Disk(0.3, 0.4).Sum(r => r.Sum()), 5);
    }

    [Fact]
    public void MotionIsHalfAGaussianAlongItsWay()
    {
        float[] line = new float[64 * 9];
        line[4 * 64 + 40] = 1;
        float[] blurred = MotionBlur.Along(line, 64, 9, 10, 3, 0);
        double[] weights = [.. Enumerable.Range(0, 21).Select(i => Math.Exp(-i * i / 18.0))];
        for (int i = 0; i <= 20; i++) Assert.Equal(weights[i] / weights.Sum(), blurred[4 * 64 + 40 - i], 6); // a pixel takes what lies before it
        Assert.Equal(0, blurred[4 * 64 + 41]);
        Assert.Equal(weights[1] / weights.Sum(), MotionBlur.Along(line, 64, 9, 10, 3, 90)[3 * 64 + 40], 6);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.5)]
    [InlineData(2.0)]
    public void AZoomKeepsTheMiddle(double factor)
    {
        // A ramp stays a ramp, with its middle where it was and its slope by scipy's corners.
        int side = 64, cut = (int)Math.Ceiling(side / factor), zoomed = (int)Math.Round(cut * factor);
        float[] ramp = [.. Enumerable.Range(0, side * side).Select(i => (float)(i % side))];
        float[] larger = Planes.Zoom(ramp, side, side, factor);
        double slope = (cut - 1.0) / (zoomed - 1);
        Assert.Equal(slope, larger[side * 10 + 40] - larger[side * 10 + 39], 3);
        Assert.InRange((larger[31] + larger[32]) / 2, 31.0, 32.0);
    }

    [Fact]
    public void GaussiansAreMirroredAsOftenAsTheyReach()
    {
        // A wide one as a matrix is what a long row of mirrors gives.
        var random = new Random(1);
        float[] plane = [.. Enumerable.Range(0, 16 * 12).Select(_ => random.NextSingle())];
        float[] wide = Planes.Gaussian(plane, 16, 12, 11, Border.Reflect, 3);
        double[] weights = [.. Enumerable.Range(-33, 67).Select(i => Math.Exp(-0.5 * i * i / 121.0))];
        double expected = 0;
        for (int v = -33; v <= 33; v++)
            for (int u = -33; u <= 33; u++) expected += weights[v + 33] * weights[u + 33] * plane[Planes.Inside(5 + v, 12, Border.Reflect) * 16 + Planes.Inside(3 + u, 16, Border.Reflect)];
        Assert.Equal(expected / (weights.Sum() * weights.Sum()), wide[5 * 16 + 3], 4);
    }

    [Fact]
    public void FogBrightensAndKeepsTheRange()
    {
        PixelImage fog = Apply("Fog", 3, Pictures.Smooth(224, 224));
        Assert.InRange(fog.Pixels.ToArray().Max(), 200, 255);
        float[] clouds = CnnVis.Engine.Corruptions.Weather.Plasma.Of(64, 2, new CorruptionRandom(1));
        Assert.Equal((0f, 1f), (clouds.Min(), clouds.Max()));
    }

    [Fact]
    public void TheSameSeedGivesTheSamePictureAndEachCorruptionDoesSomething()
    {
        foreach (int side in new[] { 32, 64, 120 }) // 120 takes the parameters for 224
        {
            PixelImage image = Pictures.Smooth(side, side);
            foreach (ICorruption corruption in CorruptionMethods.Everything)
                for (int severity = 1; severity <= 5; severity += 2)
                {
                    PixelImage once = Corruptor.Apply(image, corruption, severity, 3);
                    Assert.True(once.Pixels.SequenceEqual(Corruptor.Apply(image, corruption, severity, 3).Pixels), corruption.Name);
                    // The faintest leave smooth waves of 32 pixels as they are.
                    if (side == 120 && corruption.Name != "Pixelate") Assert.False(once.Pixels.SequenceEqual(image.Pixels), $"{corruption.Name} {severity}");
                }
            Assert.False(Corruptor.Apply(image, CorruptionMethods.Fifteen[0], 1, 1).Pixels.SequenceEqual(Corruptor.Apply(image, CorruptionMethods.Fifteen[0], 1, 2).Pixels));
        }
    }

    [Fact]
    public void OddSizesWork()
    {
        foreach (var (width, height) in new[] { (33, 27), (300, 260), (1, 1), (5, 64) })
            foreach (ICorruption corruption in CorruptionMethods.Everything)
            {
                PixelImage corrupted = Corruptor.Apply(Pictures.Noise(width, height), corruption, 5, 0);
                Assert.Equal((width, height), (corrupted.Width, corrupted.Height));
            }
    }

    [Fact]
    public void NormalNumbersAreNormal()
    {
        var random = new CorruptionRandom(9);
        double[] drawn = [.. Enumerable.Range(0, 400_000).Select(_ => random.Normal())];
        Assert.InRange(drawn.Average(), -0.006, 0.006);
        Assert.InRange(drawn.Average(d => d * d), 0.99, 1.01);
        Assert.InRange(drawn.Average(d => d * d * d * d), 2.95, 3.05);
        Assert.InRange(drawn.Count(d => d > 1.959964) / 400_000.0, 0.0242, 0.0258);
        Assert.InRange(drawn.Count(d => d < -3.4426) / 400_000.0, 0.00022, 0.00037); // the tail, 0.000288
    }

    private static PixelImage Apply(string name, int severity, PixelImage? image = null) => Corruptor.Apply(image ?? _grey, CorruptionMethods.Parse([name])[0], severity, 5);

    private static (double Mean, double Variance) Moments(PixelImage image)
    {
        double[] values = [.. image.Pixels.ToArray().Select(p => (double)p)];
        double mean = values.Average();
        return (mean, values.Average(v => (v - mean) * (v - mean)));
    }
}
