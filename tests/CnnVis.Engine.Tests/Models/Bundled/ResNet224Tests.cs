using CnnVis.Engine.Codes;
using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Bundled;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace CnnVis.Engine.Tests.Models.Bundled;

public sealed class ResNet224Tests
{
    private static readonly string _models = Path.Combine(AppContext.BaseDirectory, "models");

    private static readonly Network _network = ModelCatalog.Get(ResNet224.Name);

    [Fact]
    public void GivesTheCodesOfThePackagesFiles()
    {
        float[] bytes = Picture(255);
        using var preparation = new InferenceSession(Path.Combine(_models, ResNet224.Name, "ResNetPreprocess.onnx"));
        using var features = new InferenceSession(Path.Combine(_models, ResNet224.Name, "ResNet18.onnx"));
        float[] expected = Run(features, Run(preparation, bytes));

        using var scope = NewDisposeScope();
        Tensor code = _network.Forward(tensor([.. bytes.Select(b => b / 255)], [1, 3, 224, 224]), [_network.Value(CodeLayer.Of(_network))])[0];
        Assert.Equal(512, expected.Length);
        Assert.Equal(expected, code.data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 2e-4f);
    }

    [Fact]
    public void IsAnOnnxFileThatOthersReadToo()
    {
        float[] pixels = Picture(1);
        using var session = new InferenceSession(Path.Combine(_models, "resnet224.onnx"));
        using var scope = NewDisposeScope();
        Tensor answer = _network.Forward(tensor(pixels, [1, 3, 224, 224]), [_network.Graph.Output])[0];
        Assert.Equal(Run(session, pixels), answer.data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-5f);
    }

    [Fact]
    public void TakesThePictureWholeAndHasThePapersNames()
    {
        Assert.Equal(new CnnInput(3, 224, 224, ResizeMode.Crop, 224), _network.Input);
        Assert.Equal(100, _network.Classes.Count);
        Assert.Equal("goldfish", _network.Classes[0]);
        Assert.Equal(["mean", "conv1", "bn1", "relu1", "pool1", "conv2_1_1"], _network.Layers.Take(6).Select(l => l.Alias));
        Assert.Equal(["relu5_3", "pool5", "flatten", "fc", "prob"], _network.Layers.TakeLast(5).Select(l => l.Alias));
        Assert.Equal([512, 7, 7], _network.Layer("conv5_3_2").OutputShape);
        Assert.Equal("pool5", CodeLayer.Of(_network).Alias);
        Assert.Equal(22, _network.Layers.Count(l => l.Operator == "Conv"));
        Assert.Equal(0, _network.Layer("mean").ParameterCount); // it only prepares the picture
    }

    [Fact]
    public void SaysHowToGetWhatIsMissing()
    {
        using var folder = new TempFolder();
        File.Copy(Path.Combine(_models, "alexnet64.onnx"), Path.Combine(folder.Path, "alexnet64.onnx"));
        File.Copy(Path.Combine(_models, "resnet224.onnx"), Path.Combine(folder.Path, "resnet224.onnx"));
        var bundled = new BundledNetworks(folder.Path);

        Assert.Equal(["alexnet64"], bundled.Names);
        Assert.Equal("alexnet64", bundled.Get("alexnet64").Name);
        var error = Assert.Throws<CnnVisException>(() => bundled.Get("ResNet224"));
        Assert.Equal(ErrorIds.ModelNotFound, error.ErrorId);
        Assert.Contains("Microsoft.ML.DnnImageFeaturizer.ResNet18", error.Message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(folder.Path, "resnet224", "ResNet18.onnx"), error.Message, StringComparison.Ordinal);
    }

    /// <summary>Waves of many lengths, another in each colour: [3, 224, 224] from 0 to <paramref name="most"/>.</summary>
    private static float[] Picture(float most)
    {
        float[] values = new float[3 * 224 * 224];
        for (int c = 0; c < 3; c++)
            for (int y = 0; y < 224; y++)
                for (int x = 0; x < 224; x++) values[(c * 224 + y) * 224 + x] = most * (0.5f + 0.5f * MathF.Sin((c + 1) * 0.0007f * x * x + 0.03f * (c + 2) * y));
        return values;
    }

    private static float[] Run(InferenceSession session, float[] values)
    {
        string input = session.InputMetadata.Keys.Single();
        using var results = session.Run([NamedOnnxValue.CreateFromTensor(input, new DenseTensor<float>(values, [1, 3, 224, 224]))]);
        return [.. results[0].AsEnumerable<float>()];
    }
}
