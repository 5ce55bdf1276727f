using CnnVis.Engine.Classifiers;
using CnnVis.Engine.Models;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Classifiers;

public sealed class ClassifierNetworkTests
{
    private static readonly Network _network = ModelCatalog.Get("alexnet64");

    [Theory]
    [InlineData("relu7")]
    [InlineData("pool5")] // maps: flattened
    [InlineData("conv1")]
    public void AnswersWithTheClassifierOverTheLayer(string layerName)
    {
        CnnLayer layer = _network.Layer(layerName);
        int length = layer.OutputShape.Aggregate(1, (a, b) => a * b);
        float[] weight = [.. Enumerable.Range(0, 3 * length).Select(i => 0.01f * MathF.Sin(i))], bias = [0.1f, -0.2f, 0.3f];
        Network network = ClassifierNetwork.Create(_network, layer, Head(weight, bias), "three");

        using var scope = NewDisposeScope();
        Tensor picture = rand([2, 3, 64, 64], generator: new Generator(5));
        Tensor code = _network.Forward(picture, [_network.Value(layer)])[0].flatten(1);
        Tensor expected = (code.mm(tensor(weight, [3, length]).t()) + tensor(bias)).softmax(1);
        Assert.True(network.Forward(picture, [network.Graph.Output])[0].allclose(expected, rtol: 1e-4, atol: 1e-6));
        Assert.Equal(["x", "y", "z"], network.Classes);
        Assert.Equal(AnswerKind.Classes, network.Answer);
        Assert.Equal(_network.Input, network.Input);
        Assert.Equal("prob", network.Layers[^1].Alias);
        Assert.Equal(layer.Alias, network.Layers[layer.Index].Alias);
        Assert.True(network.Forward(picture, [network.Graph.Output])[0].shape.SequenceEqual([2, 3]));
        Assert.Equal(100, _network.Classes.Count); // the other network is as it was
    }

    [Fact]
    public void RefusesAClassifierOfOtherCodes()
    {
        CnnLayer layer = _network.Layer("relu7");
        Assert.Throws<CnnVisException>(() => ClassifierNetwork.Create(_network, layer, Head(new float[3 * 100], new float[3]), "three"));
        float[] infinite = new float[3 * 512];
        infinite[7] = float.PositiveInfinity;
        Assert.Equal(ErrorIds.ComputationFailed, Assert.Throws<CnnVisException>(() => ClassifierNetwork.Create(_network, layer, Head(infinite, new float[3]), "three")).ErrorId);
        using var scope = NewDisposeScope();
        Assert.True(_network.Forward(zeros(1, 3, 64, 64), [_network.Graph.Output])[0].isfinite().all().item<bool>()); // its parameters are still there
    }

    [Fact]
    public void ViewsAreThePictureItsMirrorImageAndCropsOfIt()
    {
        using var scope = NewDisposeScope();
        Tensor pictures = arange(2 * 3 * 20 * 10, dtype: ScalarType.Float32).view(2, 3, 20, 10) / 1200;
        Tensor[] views = [.. new PictureViews(Flip: true, Crops: 2, Seed: 4).Of(pictures, 0)];
        Assert.Equal(4, views.Length);
        Assert.True(views[0].equal(pictures).all().item<bool>());
        Assert.True(views[1].flip(3).equal(pictures).all().item<bool>());
        Assert.All(views, v => Assert.Equal([2, 3, 20, 10], v.shape));
        Assert.False(views[2].allclose(views[3]));
        Assert.True(views[2].min().item<float>() >= 0 && views[2].max().item<float>() <= 1);
        Tensor again = new PictureViews(Flip: true, Crops: 2, Seed: 4).Of(pictures.narrow(0, 1, 1), 1).ElementAt(2); // what a picture's crop is does not depend on its batch
        Assert.True(again[0].allclose(views[2][1]));
    }

    private static ClassifierHead Head(float[] weight, float[] bias) => new(["x", "y", "z"], weight, bias, new CnnClassifierFit
    {
        Layer = "",
        Count = 0,
        CodeLength = 0,
        ClassCount = 3,
        WeightDecay = 0,
        Objective = 0,
        Iterations = 0,
        IsConverged = true,
        HeldOutCount = 0,
        HeldOutAccuracy = null,
        Trials = [],
    });
}
