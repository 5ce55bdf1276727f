using CnnVis.Engine.Activations;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;

namespace CnnVis.Engine.Tests.Models;

public sealed class UnitClassTests
{
    private static readonly Network _network = ModelCatalog.Get("alexnet64");

    [Theory]
    [InlineData("fc8", true)]
    [InlineData("prob", true)]
    [InlineData("fc7", false)]
    [InlineData("relu5", false)]
    [InlineData("none", false)]
    public void OnlyTheLastUnitsStandForClasses(string layer, bool isClass)
    {
        for (int unit = 0; unit < 100; unit++) Assert.Equal(isClass ? _network.Classes[unit] : null, _network.ClassOf(layer, unit));
        Assert.Null(_network.ClassOf(layer, 100));
    }

    [Fact]
    public void SheetsOfAnswersNameTheirClasses()
    {
        using var stream = new ImageStream(_network, 1, default);
        var reader = new ActivationReader(_network, [(_network.Layer("prob"), [3, 1]), (_network.Layer("relu7"), [3, 1])]);
        CnnActivation[] read = [.. stream.Batches([ImageSource.Of(Path.Combine(Repository.Root, "examples", "photos", "chelsea.png"))]).Select(batch => reader.Read(batch)[0]).Single()];
        DrawOptions numbered = DrawOptions.Default with { Numbers = true };
        Assert.Equal([_network.Classes[3], _network.Classes[1]], read[0].Draw(numbered).Cells.Select(c => c.Caption));
        Assert.Equal(["3", "1"], read[1].Draw(numbered).Cells.Select(c => c.Caption));
    }
}
