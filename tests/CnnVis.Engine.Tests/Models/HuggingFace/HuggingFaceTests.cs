using System.Text.RegularExpressions;
using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Catalog;
using CnnVis.Engine.Models.Catalog.Families;
using CnnVis.Engine.Models.HuggingFace;
using CnnVis.Engine.Models.Weights.Safetensors;
using CnnVis.Engine.Tests.Models.Catalog;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models.HuggingFace;

/// <summary>Folders as timm and transformers save them: the names are theirs, the numbers random, and the answers those of our network with the same tensors.</summary>
public sealed class HuggingFaceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData("basic", false), InlineData("bottleneck", false), InlineData("bottleneck", true)]
    public void TransformersResNets(string layer, bool stridesFirst)
    {
        bool bottlenecks = layer == "bottleneck";
        CatalogEntry entry = ResNet.Of("resnet", 8, [16, 32], [2, 1], bottlenecks, stridesFirst, 1) with { Input = CatalogEntry.Square(32, 36), Mean = [0.1f, 0.2f, 0.3f], StandardDeviation = [0.4f, 0.5f, 0.6f] };
        Network network = Saved(entry, 3, name => Replaced(name,
            (@"^conv1\.", "resnet.embedder.embedder.convolution."), (@"^bn1\.", "resnet.embedder.embedder.normalization."),
            (@"^layer1\.(\d+)\.", "resnet.encoder.stages.0.layers.$1."), (@"^layer2\.(\d+)\.", "resnet.encoder.stages.1.layers.$1."),
            (@"downsample\.0", "shortcut.convolution"), (@"downsample\.1", "shortcut.normalization"),
            (@"\.conv1\.", ".layer.0.convolution."), (@"\.conv2\.", ".layer.1.convolution."), (@"\.conv3\.", ".layer.2.convolution."), (@"\.bn1\.", ".layer.0.normalization."), (@"\.bn2\.", ".layer.1.normalization."), (@"\.bn3\.", ".layer.2.normalization."),
            (@"^fc\.", "classifier.1.")),
            $$$"""{"architectures":["ResNetForImageClassification"],"model_type":"resnet","depths":[2,1],"hidden_sizes":[16,32],"embedding_size":8,"layer_type":"{{{layer}}}","hidden_act":"relu","downsample_in_first_stage":false,"downsample_in_bottleneck":{{{(stridesFirst ? "true" : "false")}}},"num_channels":3,"id2label":{"0":"cat","1":"dog","2":"cup"}}""",
            """{"crop_pct":0.875,"do_normalize":true,"do_resize":true,"do_rescale":true,"rescale_factor":0.00392156862745098,"image_mean":[0.1,0.2,0.3],"image_std":[0.4,0.5,0.6],"resample":3,"size":{"shortest_edge":32}}""");
        Assert.Equal(["cat", "dog", "cup"], network.Classes);
        Assert.Equal(new CnnInput(3, 32, 32, ResizeMode.Crop, 36) { Interpolation = Interpolation.Bicubic }, network.Input);
        Assert.Contains("relu3_1", network.Layers.Select(l => l.Alias));
    }

    [Fact]
    public void TransformersConvNeXt()
    {
        CatalogEntry entry = ConvNeXt.Of("convnext", null, [(8, 1), (16, 2)], 1e-12f) with { Input = CatalogEntry.Square(384, 384) };
        Network network = Saved(entry, 4, name => Replaced(name,
            (@"^features\.0\.0\.", "convnext.embeddings.patch_embeddings."), (@"^features\.0\.1\.", "convnext.embeddings.layernorm."),
            (@"^features\.1\.(\d+)\.", "convnext.encoder.stages.0.layers.$1."), (@"^features\.2\.", "convnext.encoder.stages.1.downsampling_layer."), (@"^features\.3\.(\d+)\.", "convnext.encoder.stages.1.layers.$1."),
            (@"block\.0\.", "dwconv."), (@"block\.2\.", "layernorm."), (@"block\.3\.", "pwconv1."), (@"block\.5\.", "pwconv2."), (@"layer_scale$", "layer_scale_parameter"),
            (@"^classifier\.0\.", "convnext.layernorm."), (@"^classifier\.2\.", "classifier.")),
            """{"architectures":["ConvNextForImageClassification"],"model_type":"convnext","depths":[1,2],"hidden_sizes":[8,16],"hidden_act":"gelu","layer_norm_eps":1e-12,"image_size":224}""",
            """{"do_normalize":true,"image_mean":[0.485,0.456,0.406],"image_std":[0.229,0.224,0.225],"resample":3,"size":384}""");
        Assert.Equal(new CnnInput(3, 384, 384, ResizeMode.Stretch, 384) { Interpolation = Interpolation.Bicubic }, network.Input);
    }

    [Theory]
    [InlineData("resnet18", "resnet18.a1_in1k"), InlineData("efficientnet_b0", "efficientnet_b0"), InlineData("mobilenet_v2", "mobilenetv2_100"), InlineData("convnext_tiny", "convnext_tiny"), InlineData("densenet121", "densenet121")]
    public void Timms(string name, string architecture)
    {
        CatalogEntry entry = NetworkCatalog.Find(name)! with { Input = CatalogEntry.Square(64, 67), Mean = [0.5f, 0.5f, 0.5f], StandardDeviation = [0.25f, 0.25f, 0.25f] };
        int[] blocks = [1, 2, 3, 4, 3, 3, 1];
        Func<string, string> theirs = name switch
        {
            "efficientnet_b0" => ours => Replaced(ours,
                (@"^features\.0\.0\.", "conv_stem."), (@"^features\.0\.1\.", "bn1."), (@"^features\.8\.0\.", "conv_head."), (@"^features\.8\.1\.", "bn2."), (@"^classifier\.1\.", "classifier."),
                (@"^features\.1\.(\d+)\.block\.0\.0\.", "blocks.0.$1.conv_dw."), (@"^features\.1\.(\d+)\.block\.0\.1\.", "blocks.0.$1.bn1."), (@"^features\.1\.(\d+)\.block\.1\.fc1\.", "blocks.0.$1.se.conv_reduce."), (@"^features\.1\.(\d+)\.block\.1\.fc2\.", "blocks.0.$1.se.conv_expand."),
                (@"^features\.1\.(\d+)\.block\.2\.0\.", "blocks.0.$1.conv_pw."), (@"^features\.1\.(\d+)\.block\.2\.1\.", "blocks.0.$1.bn2."),
                (@"^features\.(\d+)\.", new Func<Match, string>(m => $"blocks.{int.Parse(m.Groups[1].Value) - 1}.")),
                (@"block\.0\.0\.", "conv_pw."), (@"block\.0\.1\.", "bn1."), (@"block\.1\.0\.", "conv_dw."), (@"block\.1\.1\.", "bn2."), (@"block\.2\.fc1\.", "se.conv_reduce."), (@"block\.2\.fc2\.", "se.conv_expand."), (@"block\.3\.0\.", "conv_pwl."), (@"block\.3\.1\.", "bn3.")),
            "mobilenet_v2" => ours => Replaced(ours,
                (@"^features\.0\.0\.", "conv_stem."), (@"^features\.0\.1\.", "bn1."), (@"^features\.18\.0\.", "conv_head."), (@"^features\.18\.1\.", "bn2."), (@"^classifier\.1\.", "classifier."),
                (@"^features\.1\.conv\.0\.0\.", "blocks.0.0.conv_dw."), (@"^features\.1\.conv\.0\.1\.", "blocks.0.0.bn1."), (@"^features\.1\.conv\.1\.", "blocks.0.0.conv_pw."), (@"^features\.1\.conv\.2\.", "blocks.0.0.bn2."),
                (@"^features\.(\d+)\.", new Func<Match, string>(m => Place(int.Parse(m.Groups[1].Value) - 1))),
                (@"conv\.0\.0\.", "conv_pw."), (@"conv\.0\.1\.", "bn1."), (@"conv\.1\.0\.", "conv_dw."), (@"conv\.1\.1\.", "bn2."), (@"conv\.2\.", "conv_pwl."), (@"conv\.3\.", "bn3.")),
            "convnext_tiny" => ours => Replaced(ours,
                (@"^features\.0\.", "stem."), (@"^features\.([246])\.", new Func<Match, string>(m => $"stages.{int.Parse(m.Groups[1].Value) / 2}.downsample.")), (@"^features\.([1357])\.(\d+)\.", new Func<Match, string>(m => $"stages.{int.Parse(m.Groups[1].Value) / 2}.blocks.{m.Groups[2].Value}.")),
                (@"block\.0\.", "conv_dw."), (@"block\.2\.", "norm."), (@"block\.3\.", "mlp.fc1."), (@"block\.5\.", "mlp.fc2."), (@"layer_scale$", "gamma"), (@"^classifier\.0\.", "head.norm."), (@"^classifier\.2\.", "head.fc.")),
            _ => ours => ours,
        };
        Network network = Saved(entry, 3, theirs,
            $$$"""{"architecture":"{{{architecture}}}","num_classes":3,"num_features":512,"pretrained_cfg":{"tag":"a1_in1k","input_size":[3,64,64],"interpolation":"bicubic","crop_pct":0.95,"crop_mode":"center","mean":[0.5,0.5,0.5],"std":[0.25,0.25,0.25],"num_classes":3},"label_names":["n1","n2","n3"],"label_descriptions":{"n1":"tench","n3":"shark"}}""", null);
        Assert.Equal(["tench", "n2", "shark"], network.Classes);
        Assert.Equal(entry.Input with { Interpolation = Interpolation.Bicubic }, network.Input);

        string Place(int number)
        {
            int stage = 0;
            for (; number >= blocks[stage]; stage++) number -= blocks[stage];
            return $"blocks.{stage}.{number}.";
        }
    }

    /// <summary>PIL's numbers and timm's names of how pictures are resized.</summary>
    [Theory]
    [InlineData("0", "nearest", Interpolation.Nearest), InlineData("1", "lanczos", Interpolation.Lanczos), InlineData("2", "bilinear", Interpolation.Bilinear)]
    [InlineData("3", "bicubic", Interpolation.Bicubic), InlineData("4", "box", Interpolation.Box), InlineData("5", "hamming", Interpolation.Hamming)]
    public void PicturesAreResizedAsTold(string number, string name, Interpolation expected)
    {
        ConfigFile Config(string json) => ConfigFile.Read(_folder.Add($"{Guid.NewGuid():N}.json", System.Text.Encoding.UTF8.GetBytes(json)));
        ConfigFile transformers = Config("""{"architectures":["ResNetForImageClassification"]}""");
        Assert.Equal(expected, TransformersConfig.Read("folder", transformers, Config($$"""{"size":{"shortest_edge":224},"resample":{{number}}}""")).Input.Interpolation);
        Assert.Equal(expected, TimmConfig.Read("folder", "resnet18", Config($$$"""{"pretrained_cfg":{"interpolation":"{{{name}}}"}}""")).Input.Interpolation);
        Assert.Contains("'6'", Assert.Throws<CnnVisException>(() => TransformersConfig.Read("folder", transformers, Config("""{"size":224,"resample":6}"""))).Message);
        Assert.Contains("'random'", Assert.Throws<CnnVisException>(() => TimmConfig.Read("folder", "resnet18", Config("""{"pretrained_cfg":{"interpolation":"random"}}"""))).Message);
    }

    [Fact]
    public void TimmsVggHasConvolutionsForMatrices()
    {
        var dialect = Assert.Single(NetworkCatalog.Find("vgg16")!.Dialects);
        Assert.Equal(["classifier.0.weight", "classifier.3.bias", "classifier.6.weight", "features.0.weight"], new[] { "pre_logits.fc1.weight", "pre_logits.fc2.bias", "head.fc.weight", "features.0.weight" }.Select(dialect.Translate));
    }

    [Theory]
    [InlineData("""{"architecture":"vit_base_patch16_224","num_classes":1000}""", "timm.create_model('local-dir:"), InlineData("""{"architectures":["ViTForImageClassification"],"model_type":"vit"}""", "AutoModelForImageClassification")]
    public void AnUnknownArchitectureSaysWhichAreKnownAndHowToExportIt(string config, string python)
    {
        _folder.Add("config.json", System.Text.Encoding.UTF8.GetBytes(config));
        var error = Assert.Throws<CnnVisException>(() => Network.Load(_folder.Path));
        Assert.Equal(ErrorIds.ModelUnreadable, error.ErrorId);
        Assert.Contains("ViT", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("resnet", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(python, error.Message);
        Assert.Contains("torch.onnx.export(", error.Message);
    }

    [Theory]
    [InlineData("[]"), InlineData("{"), InlineData("""{"architecture":5}"""), InlineData("""{"architecture":"resnet18","pretrained_cfg":{"input_size":[3,32,64]}}"""), InlineData("""{"architecture":"resnet18"}"""),
     InlineData("""{"architectures":["ResNetForImageClassification"],"depths":[60000,60000],"hidden_sizes":[8,8]}"""), InlineData("""{"architectures":["ResNetForImageClassification"],"depths":[1],"hidden_sizes":[6]}""")]
    public void WhatMakesNoSenseIsOneError(string config)
    {
        _folder.Add("config.json", System.Text.Encoding.UTF8.GetBytes(config));
        Assert.Equal(ErrorIds.ModelUnreadable, Assert.Throws<CnnVisException>(() => Network.Load(_folder.Path)).ErrorId);
    }

    /// <summary>Writes the folder, and compares the network in it with ours of the same tensors.</summary>
    private Network Saved(CatalogEntry entry, int classes, Func<string, string> theirs, string config, string? preprocessor)
    {
        using var parameters = new VariedParameters(9);
        using Graph ours = entry.Describe().WithClasses(classes).Build(parameters);
        string[] names = [.. entry.Describe().Parameters.Where(p => p.Role != ParameterRole.Constant).Select(p => p.Name)];
        _folder.Add("config.json", System.Text.Encoding.UTF8.GetBytes(config));
        if (preprocessor is not null) _folder.Add("preprocessor_config.json", System.Text.Encoding.UTF8.GetBytes(preprocessor));
        using (FileStream file = File.Create(_folder["model.safetensors"])) SafetensorsWriter.Write(file, names.Select(n => KeyValuePair.Create(theirs(n), Flat(n, ours.Parameters[n]))));
        Assert.True(HuggingFaceFolder.Is(_folder.Path));
        Network network = Network.Load(_folder.Path);
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        Tensor picture = rand([2, .. ours.InputShape.Skip(1)], generator: new Generator(1)), mean = tensor(entry.Mean.ToArray()).view(3, 1, 1), deviation = tensor(entry.StandardDeviation.ToArray()).view(3, 1, 1);
        Tensor expected = new ForwardWalk(ours, [ours.Output]).Run((picture - mean) / deviation)[0].softmax(1);
        Assert.True(network.Forward(picture, [network.Graph.Output])[0].allclose(expected, 1e-4, 1e-5));
        return network;

        // Shapes as files have them: of layer scales [C], of pointwise matrices [out, in].
        static Tensor Flat(string name, Tensor value) => name.EndsWith("layer_scale", StringComparison.Ordinal) ? value.view(-1) : name.Contains(".block.", StringComparison.Ordinal) && value.shape is [_, _, 1, 1] && Regex.IsMatch(name, @"^features\.[1357]\.\d+\.block\.[35]\.weight$") ? value.view(value.shape[0], -1) : value;
    }

    private static string Replaced(string name, params (string Pattern, Replacement With)[] rules) => rules.Aggregate(name, (now, rule) => rule.With.In(now, rule.Pattern));

    private sealed record Replacement(Func<string, string, string> In)
    {
        public static implicit operator Replacement(string text) => new((name, pattern) => Regex.Replace(name, pattern, text));

        public static implicit operator Replacement(Func<Match, string> made) => new((name, pattern) => Regex.Replace(name, pattern, m => made(m)));
    }
}
