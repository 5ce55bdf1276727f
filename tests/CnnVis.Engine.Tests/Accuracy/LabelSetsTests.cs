using CnnVis.Engine.Accuracy.Labels;

namespace CnnVis.Engine.Tests.Accuracy;

public sealed class LabelSetsTests
{
    [Theory]
    [InlineData(@"([a-z]+)_\d", "/tmp/run_3x/cat/cat_1.png", "cat")] // not "run"
    [InlineData(@"([a-z]+)_\d", "/tmp/run_3x/cat/1.png", "run")]
    [InlineData(@"/([a-z]+)/", "/data/photos/cats/1.png", "cats")]
    [InlineData(@"([^/]+)/[^/]+$", "/data/photos/cats/1.png", "cats")]
    [InlineData(@"n\d{8}", @"C:\n00000001\train\n01443537_12.jpg", "n01443537")]
    [InlineData(@"set=(?<label>\w+)|(\w+)-of", "/sets/a-of-b/set=dog.png", "dog")]
    [InlineData("^cat", "/tmp/x/cat.png", "cat")]
    [InlineData("bird", "/tmp/x/cat.png", null)]
    public void APatternLooksAtTheNameFirst(string pattern, string path, string? label) => Assert.Equal(label, LabelSets.Pattern(pattern)(path));
}
