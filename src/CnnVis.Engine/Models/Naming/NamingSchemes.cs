using static CnnVis.Engine.Models.Naming.NamingRule;

namespace CnnVis.Engine.Models.Naming;

/// <summary>
/// The families whose papers name their parts, told by torchvision's module paths. Blocks are numbered by stage and place as in He et al. 2015, table 1
/// (conv2_1_3 is the third convolution of the first block of conv2_x, relu2_1 what the block gives); Inception modules and fire modules keep their names.
/// </summary>
internal static class NamingSchemes
{
    private static readonly NamingScheme[] _all =
    [
        new("layer1.0.conv1", [ // ResNet
            Block(@"^layer(\d)\.(\d+)\.downsample", "{1+1}_{2+1}", "proj"),
            Block(@"^layer(\d)\.(\d+)(?:\.(?:conv|bn)(\d))?", "{1+1}_{2+1}", "{3}")]),
        new("trunk_output.block1.block1-0.f.a.0", [ // RegNet
            .. Gate(@"^trunk_output\.block(\d)\.block\d-(\d+)\.f\.se\.", "{1+1}_{2+1}"),
            Block(@"^trunk_output\.block(\d)\.block\d-(\d+)\.proj", "{1+1}_{2+1}", "proj"),
            Block(@"^trunk_output\.block(\d)\.block\d-(\d+)", "{1+1}_{2+1}")]),
        new("features.denseblock1.denselayer1.conv1", [ // DenseNet
            Block(@"^features\.denseblock(\d)\.denselayer(\d+)\.(?:conv|norm|relu)(\d)", "{1+1}_{2}", "{3}"),
            Block(@"^features\.denseblock(\d)\.denselayer(\d+)", "{1+1}_{2}"),
            Block(@"^features\.transition(\d)", "{1+1}_trans")]),
        new("features.1.0.block.0.0", [ // EfficientNet
            .. Gate(@"^features\.(\d)\.(\d+)\.block\.\d\.", "{1+1}_{2+1}"),
            Block(@"^features\.(\d)\.(\d+)\.(?:block|add)", "{1+1}_{2+1}"),
            Block(@"^features\.(\d)\.", "{1+1}")]),
        new("features.1.0.block.2", [ // ConvNeXt; torchvision's features.2, .4 and .6 only make the maps smaller
            Block(@"^features\.0\.", "1"),
            Block(@"^features\.1\.(\d+)", "2_{1+1}"), Block(@"^features\.3\.(\d+)", "3_{1+1}"), Block(@"^features\.5\.(\d+)", "4_{1+1}"), Block(@"^features\.7\.(\d+)", "5_{1+1}"),
            Block(@"^features\.2\.", "3_0"), Block(@"^features\.4\.", "4_0"), Block(@"^features\.6\.", "5_0")]),
        new("features.1.block.0.0", [ // MobileNetV3
            .. Gate(@"^features\.(\d+)\.block\.\d\.", "{1+1}"),
            Block(@"^features\.(\d+)\.", "{1+1}")]),
        new("features.1.conv.0.0", [ // MobileNetV2
            Block(@"^features\.(\d+)\.", "{1+1}")]),
        new("layers.8.0.layers.0", [ // MnasNet
            Block(@"^layers\.[0-2]$", "1"),
            Block(@"^layers\.[3-7]$", "2"),
            Block(@"^layers\.([89])\.(\d)", "{1-5}_{2+1}"),
            Block(@"^layers\.1([0-3])\.(\d)", "{1+5}_{2+1}"),
            Block(@"^layers\.1[4-6]$", "9")]),
        new("stage2.0.branch1.0", [ // ShuffleNet V2
            Layer(@"^stage(\d)\.(\d+)\.shuffle$", "shuffle{1}_{2+1}"),
            Block(@"^stage(\d)\.(\d+)", "{1}_{2+1}"),
            Block(@"^conv(\d)\.", "{1}")]),
        new("inception3a.branch1.conv", [ // GoogLeNet
            Layer(@"^(inception\w+)\.branch1\.(?:conv|(bn|relu))", "{1}_{2_}1x1"),
            Layer(@"^(inception\w+)\.branch2\.0\.(?:conv|(bn|relu))", "{1}_{2_}3x3_reduce"),
            Layer(@"^(inception\w+)\.branch2\.1\.(?:conv|(bn|relu))", "{1}_{2_}3x3"),
            Layer(@"^(inception\w+)\.branch3\.0\.(?:conv|(bn|relu))", "{1}_{2_}5x5_reduce"),
            Layer(@"^(inception\w+)\.branch3\.1\.(?:conv|(bn|relu))", "{1}_{2_}5x5"),
            Layer(@"^(inception\w+)\.branch4\.0$", "{1}_pool"),
            Layer(@"^(inception\w+)\.branch4\.1\.(?:conv|(bn|relu))", "{1}_{2_}pool_proj"),
            Layer(@"^(inception\w+)(?:\.cat)?$", "{1}"),
            Layer(@"^maxpool(\d)$", "pool{1}"),
            Layer(@"^avgpool$", "pool5"),
            Layer(@"^dropout$", "drop")]),
        new("Mixed_5b.branch1x1.conv", [ // Inception v3
            Layer(@"^Mixed_(\w+)\.branch_pool\.(?:conv|(bn|relu))", "mixed{1}_{2_}pool_proj"),
            Layer(@"^Mixed_(\w+)\.branch(\w+)\.(?:conv|(bn|relu))", "mixed{1}_{3_}{2}"),
            Layer(@"^Mixed_(\w+)\.(?:avg|max)_pool2d$", "mixed{1}_pool"),
            Layer(@"^Mixed_(7[bc])\.cat$", "mixed{1}_3x3"),
            Layer(@"^Mixed_(7[bc])\.cat_1$", "mixed{1}_3x3dbl"),
            Layer(@"^Mixed_(\w+?)(?:\.cat(?:_2)?)?$", "mixed{1}"),
            Block(@"^Conv2d_(\w\w)_", "{1}"),
            Layer(@"^maxpool(\d)$", "pool{1}"),
            Layer(@"^avgpool$", "pool3"),
            Layer(@"^dropout$", "drop")]),
        new("features.3.squeeze", [ // SqueezeNet
            Layer(@"^features\.(\d+)\.squeeze$", "fire{#}_squeeze1x1"),
            Layer(@"^features\.(\d+)\.squeeze_activation$", "fire{#}_relu_squeeze1x1"),
            Layer(@"^features\.(\d+)\.(expand\dx\d)$", "fire{#}_{2}"),
            Layer(@"^features\.(\d+)\.(expand\dx\d)_activation$", "fire{#}_relu_{2}"),
            Layer(@"^features\.(\d+)\.cat$", "fire{#}")]),
    ];

    /// <summary>The scheme of the family that has these modules, or null.</summary>
    public static NamingScheme? Of(IReadOnlyList<string> paths) => Array.Find(_all, scheme => paths.Contains(scheme.Signature, StringComparer.Ordinal));

    /// <summary>Squeeze and excitation (Hu et al. 2018) of a block: se2_1_fc1, and se2_1 for what it gives.</summary>
    private static IEnumerable<NamingRule> Gate(string at, string label) =>
        new[] { ("avgpool", "_pool"), ("fc1", "_fc1"), (@"activation\.sigmoid", "_sigmoid"), ("activation", "_act"), ("fc2", "_fc2"), ("scale_activation", "_gate"), ("mul", "") }
            .Select(unit => Layer($"{at}{unit.Item1}$", $"se{label}{unit.Item2}"));
}
