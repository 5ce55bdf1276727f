using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;
using CnnVis.Engine.Graphs.Operators.Convolutions;
using CnnVis.Engine.Graphs.Operators.Normalization;
using CnnVis.Engine.Graphs.Operators.Pooling;
using CnnVis.Engine.Graphs.Operators.Products;
using CnnVis.Engine.Graphs.Operators.Shapes;

namespace CnnVis.Engine.Tests.Attribution.Occlusion;

/// <summary>Networks whose every join and border is a trap for patches.</summary>
internal static class PatchNetworks
{
    /// <summary>Their names.</summary>
    public static string[] Names => ["alexnet", "vgg16", "residual", "oddments", "gated", "borders", "branches", "upsampled", "folded", "pixels"];

    public static Graph Make(string name) => name switch
    {
        "alexnet" => TestNetworks.AlexNet(width: 8),
        "vgg16" => TestNetworks.Vgg16(width: 8, side: 64),
        "residual" => TestNetworks.Residual(),
        "oddments" => TestNetworks.Oddments(),
        "gated" => Gated(),
        "borders" => Borders(),
        "branches" => Branches(),
        "upsampled" => Upsampled(),
        "folded" => Folded(),
        _ => Pixels(),
    };

    private static OperatorAttributes With(params (string, object)[] values) => new(values);

    private static TestNetworks.Chain Head(this TestNetworks.Chain chain, long channels, long classes) => chain
        .Add("gap", new GlobalAveragePool(OperatorAttributes.None)).Add("flatten", new Flatten(OperatorAttributes.None)).Fc("fc", channels, classes).Add("prob", OperatorCatalog.Create("Softmax", With(("axis", 1L))));

    /// <summary>Squeeze and excitation: from the gate on, everything changes everywhere.</summary>
    private static Graph Gated()
    {
        var chain = new TestNetworks.Chain(11, 1, 3, 29, 31).Conv("c1", 3, 8, 3, 1, 1).Relu("r1");
        string maps = chain.Value;
        chain.Add("squeeze", new GlobalAveragePool(OperatorAttributes.None)).Conv("down", 8, 4, 1).Relu("r2").Conv("up", 4, 8, 1).Add("gate", OperatorCatalog.Create("Sigmoid"));
        string gate = chain.Value;
        chain.Value = maps;
        return chain.Add("scaled", OperatorCatalog.Create("Mul"), gate).Conv("c2", 8, 8, 3, 2, 1).Relu("r3").Head(8, 5).Build();
    }

    /// <summary>Asymmetric padding, ceil mode, dilation, strides larger than the window, padding that counts and that does not.</summary>
    private static Graph Borders() => new TestNetworks.Chain(12, 1, 3, 37, 41)
        .Add("c1", new Conv(With(("pads", new[] { 2L, 0, 1, 3 }), ("strides", new[] { 1L, 2 }), ("dilations", new[] { 2L, 1 }))), "w1").Relu("r1")
        .Add("max", new MaxPool(With(("kernel_shape", new[] { 3L, 2 }), ("strides", new[] { 2L, 2 }), ("pads", new[] { 0L, 1, 1, 0 }), ("ceil_mode", 1L))))
        .Add("mean", new AveragePool(With(("kernel_shape", new[] { 3L, 3 }), ("strides", new[] { 1L, 1 }), ("pads", new[] { 1L, 1, 1, 1 }))))
        .Add("counted", new AveragePool(With(("kernel_shape", new[] { 2L, 3 }), ("strides", new[] { 2L, 1 }), ("pads", new[] { 0L, 1, 1, 1 }), ("ceil_mode", 1L), ("count_include_pad", 1L))))
        .Conv("skipping", 6, 6, 1, 2)
        .Add("same", new Conv(With(("auto_pad", "SAME_UPPER"))), "w2").Head(5, 4).Build(("w1", [6, 3, 3, 3]), ("w2", [5, 6, 2, 2]));

    /// <summary>Branches of different windows joined along channels and by sums, constants that differ from place to place, several outputs of one value.</summary>
    private static Graph Branches()
    {
        var chain = new TestNetworks.Chain(13, 1, 3, 40, 40).Conv("c1", 3, 8, 5, 2, 2).Relu("r1");
        string from = chain.Value;
        chain.Conv("b1", 8, 4, 1);
        string b1 = chain.Value;
        chain.Value = from;
        chain.Conv("b2", 8, 4, 5, 1, 2).Relu("b2r");
        string b2 = chain.Value;
        chain.Value = from;
        chain.MaxPool("b3p", 3, 1, 1).Conv("b3", 8, 8, 3, 1, 1);
        string b3 = chain.Value;
        chain.Value = b1;
        return chain.Add("cat", new Concat(With(("axis", 1L))), b2).Add("sum", OperatorCatalog.Create("Add"), b3).Add("place", OperatorCatalog.Create("Sub"), "places")
            .Add("norm", new LRN(With(("size", 3L)))).Add("choice", OperatorCatalog.Create("Max"), from).Add("soft", OperatorCatalog.Create("Softmax", With(("axis", 1L))))
            .Conv("c4", 8, 6, 3, 2, 1).Head(6, 5).Build(("places", [1, 20, 20]));
    }

    /// <summary>Operators that no patch goes through, and what comes after them.</summary>
    private static Graph Upsampled() => new TestNetworks.Chain(14, 1, 3, 24, 20).Conv("c1", 3, 6, 3, 1, 1).Relu("r1").MaxPool("p1", 2, 2)
        .Add("turned", new Transpose(With(("perm", new[] { 0L, 1, 3, 2 })))).Conv("c2", 6, 4, 3, 1, 1).Add("instance", new InstanceNormalization(OperatorAttributes.None), "scale", "bias")
        .Conv("c3", 4, 4, 3, 1, 1).Head(4, 3).Build(("scale", [4]), ("bias", [4]));

    /// <summary>A folded map through Dropout into MatMul with a bias added after it.</summary>
    private static Graph Folded() => new TestNetworks.Chain(15, 1, 3, 26, 22).Conv("c1", 3, 6, 3, 1, 1).Relu("r1").MaxPool("p1", 2, 2).Add("flatten", new Flatten(OperatorAttributes.None))
        .Add("drop", new Dropout(OperatorAttributes.None)).Add("product", new MatMul(OperatorAttributes.None), "w").Add("bias", OperatorCatalog.Create("Add"), "b").Relu("r2").Fc("fc", 9, 4)
        .Build(("w", [6 * 13 * 11, 9]), ("b", [9]));

    /// <summary>Almost nothing: the picture itself, folded.</summary>
    private static Graph Pixels() => new TestNetworks.Chain(16, 1, 1, 9, 12).Add("flatten", new Flatten(OperatorAttributes.None)).Fc("fc", 108, 3).Build();

    private static Graph Build(this TestNetworks.Chain chain, params (string Name, long[] Shape)[] parameters)
    {
        foreach (var (name, shape) in parameters) chain.Parameter(name, shape);
        return chain.Build();
    }
}
