using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;
using CnnVis.Engine.Graphs.Operators.Convolutions;
using CnnVis.Engine.Graphs.Operators.Normalization;
using CnnVis.Engine.Graphs.Operators.Pooling;
using CnnVis.Engine.Graphs.Operators.Products;
using CnnVis.Engine.Graphs.Operators.Shapes;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests;

/// <summary>Networks for tests: shapes of the classics, seeded random weights, small enough to run in a moment.</summary>
internal static class TestNetworks
{
    /// <summary>Builds a chain node by node.</summary>
    internal sealed class Chain(long seed, params long[] input)
    {
        private readonly Generator _random = new((ulong)seed);
        private readonly List<Node> _nodes = [];
        private readonly Dictionary<string, Tensor> _parameters = [];

        public string Value { get; set; } = "image";

        public Chain Add(string name, Operator @operator, params string[] others)
        {
            _nodes.Add(new Node(name, @operator, [Value, .. others], name));
            Value = name;
            return this;
        }

        public string Parameter(string name, params long[] shape)
        {
            _parameters[name] = (randn(shape, generator: _random) * (1 / Math.Sqrt(shape.Skip(1).Aggregate(1L, (a, b) => a * b)))).DetachFromDisposeScope();
            return name;
        }

        public Chain Given(string name, Tensor value)
        {
            _parameters[name] = value.DetachFromDisposeScope();
            return this;
        }

        public string Positive(string name, long count)
        {
            _parameters[name] = (rand([count], generator: _random) + 0.5).DetachFromDisposeScope();
            return name;
        }

        public Chain Conv(string name, long input, long output, long kernel, long stride = 1, long padding = 0, long groups = 1) => Add(name,
            new Conv(new OperatorAttributes(("strides", new[] { stride, stride }), ("pads", new[] { padding, padding, padding, padding }), ("group", groups))),
            Parameter(name + ".w", output, input / groups, kernel, kernel), Parameter(name + ".b", output));

        public Chain Relu(string name) => Add(name, OperatorCatalog.Create("Relu"));

        public Chain MaxPool(string name, long kernel, long stride, long padding = 0) => Add(name, new MaxPool(Window(kernel, stride, padding)));

        public Chain Fc(string name, long input, long output) => Add(name, new Gemm(new OperatorAttributes(("transB", 1L))), Parameter(name + ".w", output, input), Parameter(name + ".b", output));

        public Chain BatchNorm(string name, long channels) => Add(name, new BatchNormalization(OperatorAttributes.None),
            Positive(name + ".scale", channels), Parameter(name + ".bias", channels), Parameter(name + ".mean", channels), Positive(name + ".var", channels));

        public Graph Build() => new("image", input, _nodes, _parameters, Value);

        public static OperatorAttributes Window(long kernel, long stride, long padding) =>
            new(("kernel_shape", new[] { kernel, kernel }), ("strides", new[] { stride, stride }), ("pads", new[] { padding, padding, padding, padding }));
    }

    /// <summary>torchvision's AlexNet at full size.</summary>
    public static Graph AlexNet(long width = 1) => new Chain(1, 1, 3, 224, 224)
        .Conv("conv1", 3, 64 / width, 11, 4, 2).Relu("relu1").MaxPool("pool1", 3, 2)
        .Conv("conv2", 64 / width, 192 / width, 5, 1, 2).Relu("relu2").MaxPool("pool2", 3, 2)
        .Conv("conv3", 192 / width, 384 / width, 3, 1, 1).Relu("relu3")
        .Conv("conv4", 384 / width, 256 / width, 3, 1, 1).Relu("relu4")
        .Conv("conv5", 256 / width, 256 / width, 3, 1, 1).Relu("relu5").MaxPool("pool5", 3, 2)
        .Add("flatten", new Flatten(OperatorAttributes.None))
        .Fc("fc6", 256 / width * 36, 4096 / width).Relu("relu6").Fc("fc7", 4096 / width, 4096 / width).Relu("relu7").Fc("fc8", 4096 / width, 1000 / width)
        .Build();

    /// <summary>VGG-16's stages, narrowed.</summary>
    public static Graph Vgg16(long width = 8, long side = 224)
    {
        var chain = new Chain(2, 1, 3, side, side);
        long channels = 3;
        int number = 0;
        foreach (var (count, output) in new[] { (2, 64L), (2, 128L), (3, 256L), (3, 512L), (3, 512L) })
        {
            for (int i = 0; i < count; i++)
            {
                chain.Conv($"features.{number}", channels, output / width, 3, 1, 1).Relu($"features.{number}.relu");
                channels = output / width;
                number++;
            }
            chain.MaxPool($"features.{number++}", 2, 2);
        }
        return chain.Add("flatten", new Flatten(OperatorAttributes.None)).Fc("classifier.0", channels * (side / 32) * (side / 32), 64).Relu("classifier.1").Fc("classifier.3", 64, 32).Build();
    }

    /// <summary>A residual network of two blocks, the second with a strided projection, batch-normalised.</summary>
    public static Graph Residual()
    {
        var chain = new Chain(3, 1, 3, 32, 32).Conv("stem", 3, 8, 7, 2, 3).BatchNorm("stem_bn", 8).Relu("stem_relu").MaxPool("stem_pool", 3, 2, 1);
        string skip = chain.Value;
        chain.Conv("a1", 8, 8, 3, 1, 1).BatchNorm("a1_bn", 8).Relu("a1_relu").Conv("a2", 8, 8, 3, 1, 1).BatchNorm("a2_bn", 8).Add("a_add", OperatorCatalog.Create("Add"), skip).Relu("a_out");
        skip = chain.Value;
        chain.Conv("projection", 8, 16, 1, 2);
        string projected = chain.Value;
        chain.Value = skip;
        return chain.Conv("b1", 8, 16, 3, 2, 1).Relu("b1_relu").Conv("b2", 16, 16, 3, 1, 1).Add("b_add", OperatorCatalog.Create("Add"), projected).Relu("b_out")
            .Add("gap", new GlobalAveragePool(OperatorAttributes.None)).Add("flatten", new Flatten(OperatorAttributes.None)).Fc("fc", 16, 10).Build();
    }

    /// <summary>Everything else that the first networks need: groups, LRN, average pooling, concatenation, clipping, softmax.</summary>
    public static Graph Oddments()
    {
        var chain = new Chain(4, 1, 3, 33, 27).Conv("c1", 3, 8, 3, 2, 1).Add("lrn", new LRN(new OperatorAttributes(("size", 5L), ("alpha", 1e-2f), ("beta", 0.75f), ("bias", 2f))));
        string left = chain.Value;
        chain.Conv("grouped", 8, 8, 3, 1, 1, groups: 4);
        string right = chain.Value;
        chain.Value = left;
        return chain.Add("avg", new AveragePool(Chain.Window(3, 1, 1)))
            .Add("join", new Concat(new OperatorAttributes(("axis", 1L))), right)
            .Add("mul", OperatorCatalog.Create("Mul"), Gain(chain))
            .Add("drop", new Dropout(OperatorAttributes.None))
            .Add("gap", new GlobalAveragePool(OperatorAttributes.None))
            .Add("flatten", new Flatten(OperatorAttributes.None))
            .Fc("fc", 16, 7)
            .Add("prob", OperatorCatalog.Create("Softmax", new OperatorAttributes(("axis", -1L))))
            .Build();

        static string Gain(Chain chain) => chain.Parameter("gain", 16, 1, 1);
    }
}
