using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Metadata;

namespace CnnVis.Engine.Tests.Models;

/// <summary>What other programs write beside their networks.</summary>
public sealed class ForeignMetadataTests
{
    [Theory]
    [InlineData("{0: 'cat', 1: 'dog'}")]
    [InlineData("{\"1\": \"dog\", \"0\": \"cat\"}")]
    [InlineData("{'cat': 0, 'dog': 1}")]
    [InlineData("[\"cat\", \"dog\"]")]
    [InlineData("('cat', 'dog',)")]
    [InlineData("cat\ndog\n")]
    [InlineData("cat, dog")]
    [InlineData("cat;dog")]
    [InlineData(" [cat,dog] ")]
    public void ListsAreRead(string text) => Assert.Equal(["cat", "dog"], LooseList.Texts(text)!);

    [Theory]
    [InlineData("")]
    [InlineData("{0: 'cat', 0: 'dog'}")]
    [InlineData("{0: 'cat', 2: 'dog'}")]
    [InlineData("{-1: 'cat', 0: 'dog'}")]
    [InlineData("{'a': 'cat', 'b': 'dog'}")]
    [InlineData("['cat")]
    [InlineData("['cat'")]
    [InlineData("[['n1', 'cat'], ['n2', 'dog']]")]
    [InlineData("{0: 'cat', 1}")]
    public void WhatIsNoListIsNone(string text) => Assert.Null(LooseList.Texts(text));

    [Fact]
    public void QuotesAndCommasBelongToNames() =>
        Assert.Equal(["it's", "a, b: c", "say \"x\""], LooseList.Texts("""["it's", 'a, b: c', "say \"x\""]""")!);

    [Fact]
    public void UltralyticsAndOnnxKeysAreRead()
    {
        ImportOptions options = ForeignMetadata.Complete(new ImportOptions(), new Dictionary<string, string>
        {
            ["names"] = "{0: 'cat', 1: 'dog'}",
            ["imgsz"] = "[480, 640]",
            ["Image.BitmapPixelFormat"] = "Bgr8",
            ["Image.NominalPixelRange"] = "NominalRange_0_255",
            ["MEAN"] = "[103.9, 116.8, 123.7]",
            ["std"] = "1",
        });
        Assert.Equal([480, 640], options.InputSize!);
        Assert.Equal(ChannelOrder.Bgr, options.ChannelOrder);
        Assert.Equal(PixelRange.Byte, options.ValueRange);
        Assert.Equal([103.9f, 116.8f, 123.7f], options.Mean!);
        Assert.Equal([1f], options.StandardDeviation!);
    }

    [Fact]
    public void WhatTheUserSaysWinsAndNonsenseIsPassedOver()
    {
        ImportOptions options = ForeignMetadata.Complete(new ImportOptions { ValueRange = PixelRange.Unit }, new Dictionary<string, string>
        {
            ["Image.NominalPixelRange"] = "NominalRange_0_255",
            ["imgsz"] = "[0, -5]",
            ["mean"] = "[NaN, 1e30]",
            ["std"] = "zero",
            ["Image.BitmapPixelFormat"] = "Gray8",
        });
        Assert.Equal(PixelRange.Unit, options.ValueRange);
        Assert.Null(options.InputSize);
        Assert.Null(options.Mean);
        Assert.Null(options.StandardDeviation);
        Assert.Null(options.ChannelOrder);
    }
}
