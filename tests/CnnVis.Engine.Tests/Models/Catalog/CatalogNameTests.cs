using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;
using CnnVis.Engine.Graphs.Operators.Convolutions;
using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Catalog;
using CnnVis.Engine.Models.Naming;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models.Catalog;

/// <summary>Names of parameters as torchvision's weights have them, and of layers as the papers do.</summary>
public sealed class CatalogNameTests
{
    public static TheoryData<string> Names => CatalogNetworks.Names;

    [Theory]
    [InlineData("alexnet", "features.0.weight", "64,3,11,11", "classifier.6.bias", "1000")]
    [InlineData("vgg16_bn", "features.1.running_var", "64", "features.40.weight", "512,512,3,3")]
    [InlineData("resnet50", "layer1.0.downsample.0.weight", "256,64,1,1", "layer4.2.bn3.running_mean", "2048")]
    [InlineData("resnet18", "layer2.0.downsample.1.weight", "128", "layer4.1.conv2.weight", "512,512,3,3")]
    [InlineData("resnext50_32x4d", "layer1.0.conv2.weight", "128,4,3,3", "layer4.0.conv1.weight", "1024,1024,1,1")]
    [InlineData("wide_resnet50_2", "layer1.0.conv1.weight", "128,64,1,1", "layer4.2.conv3.weight", "2048,1024,1,1")]
    [InlineData("squeezenet1_0", "features.3.squeeze.weight", "16,96,1,1", "classifier.1.weight", "1000,512,1,1")]
    [InlineData("squeezenet1_1", "features.12.expand3x3.bias", "256", "features.0.weight", "64,3,3,3")]
    [InlineData("densenet121", "features.denseblock1.denselayer1.norm1.weight", "64", "features.transition3.conv.weight", "512,1024,1,1")]
    [InlineData("densenet161", "features.denseblock4.denselayer24.conv2.weight", "48,192,3,3", "classifier.weight", "1000,2208")]
    [InlineData("googlenet", "inception3a.branch3.1.conv.weight", "32,16,3,3", "inception5b.branch4.1.bn.bias", "128")]
    [InlineData("inception_v3", "Mixed_5b.branch1x1.conv.weight", "64,192,1,1", "Mixed_7c.branch3x3dbl_3b.conv.weight", "384,384,3,1")]
    [InlineData("inception_v3", "Mixed_6b.branch7x7_2.conv.weight", "128,128,1,7", "Conv2d_4a_3x3.bn.running_mean", "192")]
    [InlineData("mobilenet_v2", "features.1.conv.0.0.weight", "32,1,3,3", "features.18.1.weight", "1280")]
    [InlineData("mobilenet_v2", "features.17.conv.3.running_var", "320", "classifier.1.weight", "1000,1280")]
    [InlineData("mobilenet_v3_small", "features.1.block.1.fc1.weight", "8,16,1,1", "features.12.0.weight", "576,96,1,1")]
    [InlineData("mobilenet_v3_large", "features.4.block.2.fc2.bias", "72", "classifier.3.weight", "1000,1280")]
    [InlineData("mnasnet1_0", "layers.8.0.layers.3.weight", "48,1,3,3", "layers.14.weight", "1280,320,1,1")]
    [InlineData("shufflenet_v2_x1_0", "stage2.0.branch1.0.weight", "24,1,3,3", "stage4.3.branch2.5.weight", "232,232,1,1")]
    [InlineData("efficientnet_b0", "features.1.0.block.0.0.weight", "32,1,3,3", "features.7.0.block.2.fc1.weight", "48,1152,1,1")]
    [InlineData("efficientnet_b4", "features.8.0.weight", "1792,448,1,1", "features.7.1.block.3.1.bias", "448")]
    [InlineData("regnet_y_400mf", "trunk_output.block1.block1-0.proj.0.weight", "48,32,1,1", "trunk_output.block4.block4-5.f.se.fc1.weight", "110,440,1,1")]
    [InlineData("convnext_tiny", "features.1.0.layer_scale", "96,1,1", "features.7.2.block.5.weight", "768,3072")]
    [InlineData("convnext_tiny", "features.2.0.weight", "96", "classifier.2.bias", "1000")]
    public void ParametersAreCalledAndShapedAsTorchvisions(string name, string key, string shape, string otherKey, string otherShape)
    {
        var parameters = NetworkCatalog.Find(name)!.Describe().Parameters.ToDictionary(p => p.Name, p => string.Join(",", p.Shape));
        Assert.Equal((shape, otherShape), (parameters[key], parameters[otherKey]));
    }

    [Theory]
    [InlineData("alexnet", 16), InlineData("vgg16", 32), InlineData("vgg16_bn", 97 - 13), InlineData("resnet18", 122 - 20), InlineData("resnet50", 320 - 53)]
    [InlineData("densenet121", 727 - 121), InlineData("squeezenet1_0", 52), InlineData("mobilenet_v2", 314 - 52)]
    public void StateDictsHaveThatManyTensorsBesideTheirCounters(string name, int count) =>
        Assert.Equal(count, NetworkCatalog.Find(name)!.Describe().Parameters.Count(p => p.Role != ParameterRole.Constant));

    [Theory]
    [InlineData("alexnet", "conv1 relu1 pool1 conv2 relu2 pool2 conv3 relu3 conv4 relu4 conv5 relu5 pool5 flatten drop5 fc6 relu6 drop6 fc7 relu7 fc8")]
    [InlineData("vgg11_bn", "conv1_1 bn1_1 relu1_1 pool1 conv2_1 bn2_1 relu2_1 pool2 conv3_1 bn3_1 relu3_1 conv3_2")]
    [InlineData("resnet18", "conv1 bn1 relu1 pool1 conv2_1_1 bn2_1_1 relu2_1_1 conv2_1_2 bn2_1_2 add2_1 relu2_1 conv2_2_1")]
    [InlineData("resnet50", "conv1 bn1 relu1 pool1 conv2_1_1 bn2_1_1 relu2_1_1 conv2_1_2 bn2_1_2 relu2_1_2 conv2_1_3 bn2_1_3 conv2_1_proj bn2_1_proj add2_1 relu2_1 conv2_2_1")]
    [InlineData("resnet20_cifar", "conv1 bn1 relu1 conv2_1_1 bn2_1_1 relu2_1_1 conv2_1_2 bn2_1_2 add2_1 relu2_1 conv2_2_1")]
    [InlineData("googlenet", "conv1 bn1 relu1 pool1 conv2 bn2 relu2 conv3 bn3 relu3 pool2 inception3a_1x1 inception3a_bn_1x1 inception3a_relu_1x1 inception3a_3x3_reduce")]
    [InlineData("squeezenet1_1", "conv1 relu1 pool1 fire2_squeeze1x1 fire2_relu_squeeze1x1 fire2_expand1x1 fire2_relu_expand1x1 fire2_expand3x3 fire2_relu_expand3x3 fire2 fire3_squeeze1x1")]
    [InlineData("densenet121", "conv1 bn1 relu1 pool1 bn2_1_1 relu2_1_1 conv2_1_1 bn2_1_2 relu2_1_2 conv2_1_2 concat2_1 bn2_2_1")]
    [InlineData("mobilenet_v2", "conv1 bn1 relu1 conv2_1 bn2_1 relu2_1 conv2_2 bn2_2 conv3_1 bn3_1 relu3_1 conv3_2 bn3_2 relu3_2 conv3_3 bn3_3 conv4_1")]
    [InlineData("efficientnet_b0", "conv1 bn1 sigmoid1 silu1 conv2_1_1 bn2_1_1 sigmoid2_1_1 silu2_1_1 se2_1_pool se2_1_fc1 se2_1_sigmoid se2_1_act se2_1_fc2 se2_1_gate se2_1 conv2_1_2 bn2_1_2 conv3_1_1")]
    [InlineData("convnext_tiny", "conv1 permute1 ln1 permute1_2 conv2_1_1 permute2_1_1 ln2_1_1 permute2_1_1_2 conv2_1_2 gelu2_1_2 conv2_1_3 scale2_1_3 add2_1 conv2_2_1")]
    public void LayersBeginInThePapersStyle(string name, string aliases)
    {
        string[] expected = aliases.Split(' ');
        Assert.Equal(expected, Aliases(name).Take(expected.Length));
    }

    [Theory]
    [InlineData("resnet50", "relu5_3 pool5 flatten fc"), InlineData("resnet20_cifar", "relu4_3 pool4 flatten fc")]
    [InlineData("densenet121", "concat5_16 bn5 relu5 pool5 flatten fc")]
    [InlineData("googlenet", "inception5b pool5 flatten drop fc")]
    [InlineData("inception_v3", "mixed7c pool3 drop flatten fc")]
    [InlineData("squeezenet1_0", "fire9 drop9 conv10 relu10 pool10 flatten")]
    [InlineData("mobilenet_v3_large", "pool17 flatten fc1 hswish_fc1 drop_fc1 fc2")]
    [InlineData("mnasnet1_0", "conv9 bn9 relu9 pool9 flatten drop9 fc")]
    [InlineData("shufflenet_v2_x1_0", "shuffle4_4 conv5 bn5 relu5 pool5 flatten fc")]
    [InlineData("regnet_y_400mf", "add5_6 relu5_6 pool5 flatten fc")]
    public void AndEndInIt(string name, string aliases)
    {
        string[] expected = aliases.Split(' ');
        Assert.Equal(expected, Aliases(name).TakeLast(expected.Length));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryNameStandsForOneLayer(string name)
    {
        using Graph graph = Hollow(name);
        string[] aliases = LayerNames.Of(graph);
        var owners = graph.Nodes.Select((node, i) => (node.Name, i)).ToDictionary(n => n.Name, n => n.i, StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < aliases.Length; i++)
        {
            Assert.Matches("^[a-z][a-z0-9_]*$", aliases[i]);
            Assert.Equal(i, owners.GetValueOrDefault(aliases[i], i));
        }
        Assert.Equal(aliases.Length, aliases.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void PyTorchsExportedNamesAreUnderstood()
    {
        // What torch.onnx.export calls the nodes of a ResNet, batch normalisation folded.
        Operator relu = OperatorCatalog.Create("Relu");
        Conv conv = new(OperatorAttributes.None);
        using var graph = new Graph("x", [1, 1, 4, 4],
            [new Node("/conv1/Conv", conv, ["x", "w"], "a"), new Node("/relu/Relu", relu, ["a"], "b"),
             new Node("/layer1/layer1.0/conv1/Conv", conv, ["b", "w"], "c"), new Node("/layer1/layer1.0/relu/Relu", relu, ["c"], "d"),
             new Node("/layer1/layer1.0/conv2/Conv", conv, ["d", "w"], "e"), new Node("/layer1/layer1.0/Add", OperatorCatalog.Create("Add"), ["e", "b"], "f"),
             new Node("/layer1/layer1.0/relu_1/Relu", relu, ["f"], "g")],
            new Dictionary<string, Tensor> { ["w"] = ones(1, 1, 1, 1) }, "g");
        Assert.Equal(["conv1", "relu1", "conv2_1_1", "relu2_1_1", "conv2_1_2", "add2_1", "relu2_1"], LayerNames.Of(graph));
    }

    [Fact]
    public void AnAliasThatIsAnotherLayersOwnNameGivesWay()
    {
        Conv conv = new(OperatorAttributes.None);
        using var graph = new Graph("x", [1, 1, 4, 4],
            [new Node("stem", conv, ["x", "w"], "a"), new Node("conv1", conv, ["a", "w"], "b"), new Node("RELU2", OperatorCatalog.Create("Relu"), ["b"], "c")],
            new Dictionary<string, Tensor> { ["w"] = ones(1, 1, 1, 1) }, "c");
        Assert.Equal(["conv1_2", "conv2", "relu2"], LayerNames.Of(graph));
    }

    [Fact]
    public void BothNamesAreTheSameLayer()
    {
        using Graph graph = CatalogNetworks.Make("resnet18");
        Network network = Network.Create("resnet18", "test", graph, new Dictionary<string, string>(), new ImportOptions());
        Assert.Same(network.Layer("layer3.1.relu_1"), network.Layer("RELU4_2"));
        Assert.Equal([256, 4, 4], network.Layer("relu4_2").OutputShape);
    }

    private static string[] Aliases(string name)
    {
        using Graph graph = Hollow(name);
        return LayerNames.Of(graph);
    }

    /// <summary>The network with shapes and no numbers.</summary>
    private static Graph Hollow(string name) => NetworkCatalog.Find(name)!.Describe().Build(new HollowParameters());
}
