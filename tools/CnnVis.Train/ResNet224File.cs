using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using CnnVis.Engine.Models.Onnx;
using CnnVis.Engine.Models.Weights;
using Google.Protobuf;
using static TorchSharp.torch;
using DataType = CnnVis.Engine.Models.Onnx.TensorProto.Types.DataType;

namespace CnnVis.Train;

/// <summary>
/// Writes <c>resnet224.onnx</c>: the structure of the package's network under torchvision's names of modules, with pixels in [0, 1] as input and a linear classifier behind its codes. All
/// numbers but the classifier's stay in the package's files, as external data: each is where its bytes are found there. The mean is divided by 255 and brought to red, green, blue, and the first
/// filters likewise the other way round, by nodes that take only parameters: whoever reads the file computes them once.
/// </summary>
/// <param name="package">The folder of the NuGet package.</param>
/// <param name="head">A safetensors file with the classifier, fc.weight [classes, codes] and fc.bias, and the names of its classes, as Export-CnnModel writes it.</param>
internal sealed class ResNet224File(string package, string head)
{
    private const string Folder = "resnet224", Input = "image", Names = "cnnvis.classes";

    /// <summary>Blocks of each stage.</summary>
    private static readonly int[] _blocks = [2, 2, 2, 3];

    private readonly GraphProto _graph = new() { Name = Folder };

    public void Write(Stream target)
    {
        GraphProto features = Read("ResNet18Onnx", "ResNet18.onnx", out byte[] bytes), preparation = Read("ResNetPrepOnnx", "ResNetPreprocess.onnx", out byte[] meanBytes);
        _graph.Input.Add(Port(Input, 3, 224, 224));

        _graph.Initializer.Add(Outside(preparation.Initializer.Single(), "mean.bgr", "ResNetPreprocess.onnx", meanBytes)); // [1, 3, 224, 224], of 0 to 255
        Constant("order", DataType.Int64, [3], MemoryMarshal.AsBytes<long>([2, 1, 0]));
        Constant("range", DataType.Float, [1], MemoryMarshal.AsBytes<float>([255]));
        Add("mean.rgb", "Gather", ["mean.bgr", "order"], ("axis", 1));
        Add("mean.value", "Div", ["mean.rgb", "range"]);
        Add("mean", "Sub", [Input, "mean.value"]);
        Add("conv1.rgb", "Gather", ["conv1.bgr", "order"], ("axis", 1));
        Add("conv1.weight", "Mul", ["conv1.rgb", "range"]);

        string code = Rename(features, bytes);
        Add("flatten", "Flatten", [code], ("axis", 1));
        using StateDict classifier = WeightFile.Read(head);
        foreach (string name in new[] { "fc.weight", "fc.bias" }) Half(name, classifier[name]);
        Add("fc", "Gemm", ["flatten", "fc.weight", "fc.bias"], ("transB", 1));
        Add("prob", "Softmax", ["fc"], ("axis", 1));
        string[] classes = JsonSerializer.Deserialize<string[]>(classifier.Metadata[Names]) ?? [];
        _graph.Output.Add(Port("prob", classes.Length));

        var model = new ModelProto { IrVersion = 7, ProducerName = "CnnVis", Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 8 }); // the package's
        // The picture as a whole: measured, it is better than a crop of a larger one.
        foreach (var (key, value) in new[] { (Names, JsonSerializer.Serialize(classes)), ("cnnvis.input", """{"Channels":3,"Height":224,"Width":224,"ResizeMode":"Crop","ResizeTo":224,"Low":0,"High":1}""") })
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        model.WriteTo(target);
    }

    /// <summary>Takes the package's nodes over under torchvision's names; gives the name of the last value.</summary>
    private string Rename(GraphProto features, byte[] bytes)
    {
        var parameters = features.Initializer.ToDictionary(i => i.Name);
        var values = new Dictionary<string, string> { [features.Input[0].Name] = "mean" };
        foreach (var (node, name) in features.Node.Zip(Modules(), (node, module) => module.Type == node.OpType ? (node, module.Name) : throw new InvalidDataException($"'{node.Name}' is no {module.Type}: the package's network is another one.")))
        {
            string[] suffixes = node.OpType == "BatchNormalization" ? ["", "weight", "bias", "running_mean", "running_var"] : ["", name == "conv1" ? "bgr" : "weight"];
            NodeProto renamed = node.Clone();
            renamed.Name = name;
            for (int i = 0; i < node.Input.Count; i++)
            {
                if (!parameters.TryGetValue(node.Input[i], out TensorProto? parameter)) renamed.Input[i] = values[node.Input[i]];
                else
                {
                    string own = $"{name}.{suffixes[i]}";
                    _graph.Initializer.Add(Outside(parameter, own, "ResNet18.onnx", bytes));
                    renamed.Input[i] = own == "conv1.bgr" ? "conv1.weight" : own;
                }
            }
            renamed.Output[0] = values[node.Output[0]] = name;
            _graph.Node.Add(renamed);
        }
        return values[features.Output[0].Name];
    }

    /// <summary>torchvision's names of the modules, in the file's order: where the maps become smaller, the projection stands first.</summary>
    private static IEnumerable<(string Name, string Type)> Modules()
    {
        const string normalization = "BatchNormalization";
        foreach (var module in new[] { ("conv1", "Conv"), ("bn1", normalization), ("relu", "Relu"), ("maxpool", "MaxPool") }) yield return module;
        for (int stage = 0; stage < _blocks.Length; stage++)
            for (int block = 0; block < _blocks[stage]; block++)
            {
                string at = $"layer{stage + 1}.{block}";
                if (stage > 0 && block == 0)
                {
                    yield return ($"{at}.downsample.0", "Conv");
                    yield return ($"{at}.downsample.1", normalization);
                }
                foreach (var (name, type) in new[] { ("conv1", "Conv"), ("bn1", normalization), ("relu", "Relu"), ("conv2", "Conv"), ("bn2", normalization), ("add", "Add"), ("relu_1", "Relu") }) yield return ($"{at}.{name}", type);
            }
        yield return ("avgpool", "AveragePool");
    }

    private GraphProto Read(string folder, string file, out byte[] bytes)
    {
        bytes = File.ReadAllBytes(Path.Combine(package, "tools", "DnnImageModels", folder, file));
        return ModelProto.Parser.ParseFrom(bytes).Graph;
    }

    /// <summary>A parameter whose bytes lie in a file of the package.</summary>
    private static TensorProto Outside(TensorProto parameter, string name, string file, byte[] bytes)
    {
        ReadOnlySpan<byte> own = MemoryMarshal.AsBytes<float>(parameter.FloatData.ToArray()); // packed, as they lie in the file
        int offset = bytes.AsSpan().IndexOf(own);
        if (own.Length == 0 || offset < 0) throw new InvalidDataException($"The numbers of '{parameter.Name}' do not lie in one piece in {file}.");
        var outside = new TensorProto { Name = name, DataType = (int)DataType.Float, DataLocation = TensorProto.Types.DataLocation.External };
        outside.Dims.AddRange(parameter.Dims);
        foreach (var (key, value) in new[] { ("location", $"{Folder}/{file}"), ("offset", offset.ToString(CultureInfo.InvariantCulture)), ("length", own.Length.ToString(CultureInfo.InvariantCulture)) })
            outside.ExternalData.Add(new StringStringEntryProto { Key = key, Value = value });
        return outside;
    }

    /// <summary>A parameter kept as float16, behind a Cast.</summary>
    private void Half(string name, Tensor value)
    {
        using var scope = NewDisposeScope();
        Constant(name + ".stored", DataType.Float16, value.shape, value.to(ScalarType.Float16).contiguous().bytes);
        Add(name, "Cast", [name + ".stored"], ("to", (long)DataType.Float));
    }

    private void Constant(string name, DataType type, ReadOnlySpan<long> shape, ReadOnlySpan<byte> values)
    {
        var constant = new TensorProto { Name = name, DataType = (int)type, RawData = ByteString.CopyFrom(values) };
        constant.Dims.AddRange(shape.ToArray());
        _graph.Initializer.Add(constant);
    }

    private void Add(string name, string type, string[] inputs, params (string Name, long Value)[] attributes)
    {
        var node = new NodeProto { Name = name, OpType = type };
        node.Input.AddRange(inputs);
        node.Output.Add(name);
        node.Attribute.AddRange(attributes.Select(a => new AttributeProto { Name = a.Name, I = a.Value, Type = AttributeProto.Types.AttributeType.Int }));
        _graph.Node.Add(node);
    }

    private static ValueInfoProto Port(string name, params long[] shape)
    {
        var dimensions = new TensorShapeProto();
        dimensions.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "N" });
        dimensions.Dim.AddRange(shape.Select(extent => new TensorShapeProto.Types.Dimension { DimValue = extent }));
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float, Shape = dimensions } } };
    }
}
