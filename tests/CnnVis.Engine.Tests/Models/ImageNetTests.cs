using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Catalog;

namespace CnnVis.Engine.Tests.Models;

/// <summary>ImageNet's class names.</summary>
public sealed class ImageNetTests
{
    [Theory]
    [InlineData(0, "tench")]
    [InlineData(1, "goldfish")]
    [InlineData(134, "crane")]
    [InlineData(207, "golden retriever")]
    [InlineData(281, "tabby")]
    [InlineData(517, "crane")]
    [InlineData(999, "toilet tissue")]
    public void StandAtTheirIndex(int index, string name) => Assert.Equal(name, ImageNet.Classes[index]);

    [Fact]
    public void AreAThousandOfWhichTwoPairsShareAName()
    {
        Assert.Equal(1000, ImageNet.Classes.Count);
        Assert.Equal(["crane", "maillot"], ImageNet.Classes.GroupBy(c => c).Where(g => g.Count() > 1).Select(g => g.Key).Order());
    }

    [Fact]
    public void ANameOfTwoClassesIsRefusedWithBothIndices()
    {
        string[] names = ["crane", "Cardigan", "crane", "cardigan"];
        var options = new ImportOptions { Classes = [.. Enumerable.Range(0, 125).Select(i => i < names.Length ? names[i] : $"class {i}")] };
        Network network = Network.Create("net", "test", TestNetworks.AlexNet(width: 8), new Dictionary<string, string>(), options);
        foreach (string name in new[] { "crane", "CRANE" })
        {
            var error = Assert.Throws<CnnVisException>(() => network.Class(name));
            Assert.Equal(ErrorIds.ClassNotFound, error.ErrorId);
            Assert.Contains("0, 2", error.Message);
        }
        Assert.Equal(2, network.Class("2"));
        Assert.Equal(1, network.Class("Cardigan"));
        Assert.Equal(3, network.Class("cardigan"));
        Assert.Contains("1, 3", Assert.Throws<CnnVisException>(() => network.Class("CARDIGAN")).Message);
    }

    /// <summary>Files and folders are named by classes with underscores, and files of classes by either.</summary>
    [Fact]
    public void UnderscoresAreSpacesWhereNothingElseIsMeant()
    {
        string[] names = ["black stork", "sea_slug", "big cat", "big_cat"];
        var options = new ImportOptions { Classes = [.. Enumerable.Range(0, 125).Select(i => i < names.Length ? names[i] : $"class {i}")] };
        Network network = Network.Create("net", "test", TestNetworks.AlexNet(width: 8), new Dictionary<string, string>(), options);
        Assert.Equal((0, 0, 0), (network.Class("black_stork"), network.Class("Black_Stork"), network.Class("black stork")));
        Assert.Equal((1, 1), (network.Class("sea slug"), network.Class("sea_slug")));
        Assert.Equal((2, 3), (network.Class("big cat"), network.Class("big_cat")));
        Assert.Equal(ErrorIds.ClassNotFound, Assert.Throws<CnnVisException>(() => network.Class("blackstork")).ErrorId);
    }
}
