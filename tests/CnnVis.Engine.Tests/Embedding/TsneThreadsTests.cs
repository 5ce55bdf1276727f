using CnnVis.Engine.Embedding;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Embedding;

/// <summary>The number of threads is the whole process's, and must not change under a computation: nothing else runs meanwhile.</summary>
[Collection(nameof(OwnershipTests))]
public sealed class TsneThreadsTests
{
    [Theory]
    [InlineData(100), InlineData(1100)]
    public void ComponentsHaveTheSameBytesWhateverTheNumberOfThreads(int dimension)
    {
        PointMatrix points = PrincipalComponentsTests.LowRank(2000, dimension, rank: 60);
        float[] many = PrincipalComponents.Project(points, 50).Values;
        int threads = get_num_threads();
        try
        {
            set_num_threads(1);
            Assert.Equal(many, PrincipalComponents.Project(points, 50).Values);
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Fact]
    public void TheSameSeedGivesTheSameBytesWhateverTheNumberOfThreads()
    {
        PointMatrix points = TsneTests.Clusters(3000, 20);
        var options = new TsneOptions { Iterations = 60, Initialization = TsneInitialization.Random, Seed = 5 };
        float[] many = Tsne.Embed(points, options).Positions;
        int threads = get_num_threads();
        try
        {
            set_num_threads(1);
            Assert.Equal(many, Tsne.Embed(points, options).Positions);
        }
        finally
        {
            set_num_threads(threads);
        }
        Assert.NotEqual(many, Tsne.Embed(points, options with { Seed = 6 }).Positions);
    }
}
