using CnnVis.Engine.Accuracy.Interventions;
using CnnVis.Engine.Attributes;
using CnnVis.Engine.Attributes.Measures;
using CnnVis.Engine.Tests.Images;

namespace CnnVis.Engine.Tests.Accuracy;

public sealed class InterventionTests
{
    private static readonly PixelImage _image = Pictures.Of(64, 64, (x, y) => new Rgb((byte)(60 + 2 * x), (byte)(90 + y), (byte)(40 + (x * y) % 90)));

    [Theory]
    [InlineData("Brightness", 0.2)]
    [InlineData("Brightness", 0.8)]
    [InlineData("Contrast", 0.05)]
    [InlineData("Contrast", 0.25)]
    [InlineData("Saturation", 0.2)]
    [InlineData("Saturation", 0.7)]
    [InlineData("Colorfulness", 10.0)]
    [InlineData("Noise", 30.0)]
    public void PicturesAreBroughtToALevel(string attribute, double level)
    {
        PixelImage changed = Intervention.Of(attribute)!.Bring(_image, level)!;
        double found = attribute switch
        {
            "Brightness" => LightMeasures.Of(LumaPlane.Of(changed)).Brightness,
            "Contrast" => LightMeasures.Of(LumaPlane.Of(changed)).Contrast,
            "Saturation" => ColorMeasures.Of(changed).Saturation,
            "Colorfulness" => ColorMeasures.Of(changed).Colorfulness,
            _ => Detail.Noise(LumaPlane.Of(changed)),
        };
        Assert.InRange(found, 0.95 * level, 1.05 * level);
    }

    [Fact]
    public void BlurTakesHalfOfTheSharpness()
    {
        double before = Detail.Sharpness(ImageAttributeReader.FixedSize(_image));
        PixelImage changed = Intervention.Of("sharpness")!.Bring(_image, before / 2)!;
        Assert.InRange(Detail.Sharpness(ImageAttributeReader.FixedSize(changed)), 0.4 * before, 0.5 * before);
    }

    [Fact]
    public void WhatCannotBeDoneIsNotDone()
    {
        Assert.Null(Intervention.Of("Sharpness")!.Bring(_image, 1e6));
        Assert.Null(Intervention.Of("Noise")!.Bring(_image, 0));
        Assert.Null(Intervention.Of("Scale"));
    }
}
