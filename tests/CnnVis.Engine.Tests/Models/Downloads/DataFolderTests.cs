using CnnVis.Engine.Models.Downloads;

namespace CnnVis.Engine.Tests.Models.Downloads;

/// <summary>Where downloads go.</summary>
[Collection(nameof(DownloadFixture))]
public sealed class DataFolderTests : IDisposable
{
    private readonly DownloadFixture _fixture = new();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void WithoutTheVariableItIsTheUsersOwn(string? value)
    {
        Environment.SetEnvironmentVariable(DataFolder.Variable, value);
        Assert.Equal(Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "CnnVis", "weights"), DataFolder.Weights);
    }

    [Fact]
    public void ATildeIsTheUsersFolder()
    {
        Environment.SetEnvironmentVariable(DataFolder.Variable, "~/nets");
        Assert.Equal(Path.GetFullPath(Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "nets")), DataFolder.Home);
    }

    [Fact]
    public void AFileWithoutAHashInItsNameCannotBePublished() =>
        Assert.Throws<ArgumentException>(() => new PublishedFile("alexnet.pth", 1));

    public void Dispose() => _fixture.Dispose();
}
