using CnnVis.Engine.Embedding;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Embedding;

/// <summary>The number of threads is the whole process's, and must not change under a computation: nothing else runs meanwhile.</summary>
[Collection(nameof(OwnershipTests))]
public sealed class TsneThreadsTests
{
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
