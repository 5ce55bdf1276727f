using CnnVis.Engine.Corruptions;
using CnnVis.Engine.Tests.Images;

namespace CnnVis.Engine.Tests.Corruptions;

public sealed class PerturbationTests
{
    [Fact]
    public void TheMiddleFrameOfAMotionIsThePicture()
    {
        PixelImage image = Pictures.Smooth(64, 64);
        foreach (string name in new[] { "Translate", "Rotate", "Brightness" })
        {
            Perturbation perturbation = Perturbations.Parse([name])[0];
            PixelImage[] frames = [.. Perturbations.Frames(image, perturbation, 0)];
            Assert.Equal(perturbation.FrameCount, frames.Length);
            byte[] middle = frames[name == "Translate" ? 20 : 15].Pixels.ToArray();
            Assert.All(middle.Zip(image.Pixels.ToArray()), p => Assert.InRange(p.First - p.Second, -1, 1));
            Assert.False(frames[0].Pixels.SequenceEqual(image.Pixels));
        }
        Assert.Equal(10, Perturbations.Parse(["All"]).Count);
    }

    [Fact]
    public void ATranslationMovesToTheRight()
    {
        PixelImage dot = Pictures.Of(224, 224, (x, y) => x == 100 && y == 50 ? Rgb.White : Rgb.Black);
        PixelImage[] frames = [.. Perturbations.Frames(dot, Perturbations.Parse(["Translate"])[0], 0)];
        Assert.Equal(255, frames[40][120, 50].R);
        Assert.Equal(255, frames[0][80, 50].R);
    }

    [Fact]
    public void FlipsAndDistancesByHand()
    {
        // Frames' orders: 0 1 2, 1 0 2, 1 0 2, 0 1 2.
        float[] values = [.9f, .5f, .1f, .5f, .9f, .1f, .5f, .9f, .1f, .9f, .5f, .1f];
        Assert.Equal((2 / 3.0, 4 / 3.0), PerturbationMeasurement.Compare(values, 4, isNoise: false));
        Assert.Equal((2 / 3.0, 4 / 3.0), PerturbationMeasurement.Compare(values, 4, isNoise: true)); // frames 1 and 2 differ from the first
        Assert.Equal((1 / 2.0, 1.0), PerturbationMeasurement.Compare(values[..9], 3, isNoise: false));
        Assert.Equal((1.0, 2.0), PerturbationMeasurement.Compare(values[..9], 3, isNoise: true));
    }
}
