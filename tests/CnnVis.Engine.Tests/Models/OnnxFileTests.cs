using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models.Onnx;
using Google.Protobuf;
using static TorchSharp.torch;
using DataType = CnnVis.Engine.Models.Onnx.TensorProto.Types.DataType;

namespace CnnVis.Engine.Tests.Models;

/// <summary>How parameters come out of ONNX files: number formats, data beside the file, sizes that lie.</summary>
public sealed class OnnxFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Formats => [.. new[] { "Float", "Double", "Float16", "Bfloat16", "Int64", "Int32", "Int16", "Int8", "Uint8", "Uint16", "Uint32", "Uint64", "Bool" }];

    [Theory]
    [MemberData(nameof(Formats))]
    public void EveryNumberFormatIsWidened(string name)
    {
        var type = Enum.Parse<DataType>(name);
        byte[] raw = [.. new[] { 1, 0, 1 }.SelectMany(v => Number(type, v))];
        var asRaw = new TensorProto { DataType = (int)type, Dims = { 3 }, RawData = ByteString.CopyFrom(raw) };
        var asList = new TensorProto { DataType = (int)type, Dims = { 3 } };
        switch (type)
        {
            case DataType.Float: asList.FloatData.AddRange([1, 0, 1]); break;
            case DataType.Double: asList.DoubleData.AddRange([1, 0, 1]); break;
            case DataType.Int64: asList.Int64Data.AddRange([1, 0, 1]); break;
            case DataType.Uint32 or DataType.Uint64: asList.Uint64Data.AddRange([1, 0, 1]); break;
            case DataType.Float16: asList.Int32Data.AddRange([0x3C00, 0, 0x3C00]); break;
            case DataType.Bfloat16: asList.Int32Data.AddRange([0x3F80, 0, 0x3F80]); break;
            default: asList.Int32Data.AddRange([1, 0, 1]); break;
        }
        File.WriteAllBytes(_folder["data.bin"], [9, 9, 9, .. raw, 9]);
        var beside = new TensorProto { DataType = (int)type, Dims = { 3 }, Stored = new StoredBytes(_folder["data.bin"], 3, raw.Length) };
        foreach (TensorProto proto in new[] { asRaw, asList, beside })
        {
            using Tensor tensor = OnnxTensors.Read(proto);
            Assert.Equal(name == "Bool" ? ScalarType.Bool : name.Contains("nt") ? ScalarType.Int64 : ScalarType.Float32, tensor.dtype);
            using Tensor numbers = tensor.to(ScalarType.Float32);
            Assert.Equal([1f, 0f, 1f], numbers.data<float>().ToArray());
        }
    }

    [Fact]
    public void NegativeAndLargeNumbersKeepTheirValue()
    {
        Assert.Equal(-3L, Single(DataType.Int8, [0xFD]));
        Assert.Equal(253L, Single(DataType.Uint8, [0xFD]));
        Assert.Equal(-2L, Single(DataType.Int16, [0xFE, 0xFF]));
        Assert.Equal(4294967295L, Single(DataType.Uint32, [255, 255, 255, 255]));
        var error = Assert.Throws<CnnVisException>(() => Single(DataType.Uint64, [255, 255, 255, 255, 255, 255, 255, 255]));
        Assert.Contains("2^63", error.Message);

        static long Single(DataType type, byte[] raw)
        {
            using Tensor tensor = OnnxTensors.Read(new TensorProto { DataType = (int)type, RawData = ByteString.CopyFrom(raw) });
            Assert.Empty(tensor.shape);
            return tensor.item<long>();
        }
    }

    [Theory]
    [InlineData("String")]
    [InlineData("Complex64")]
    [InlineData("99")]
    public void OtherFormatsAreNamed(string name)
    {
        var type = Enum.Parse<DataType>(name);
        var error = Assert.Throws<CnnVisException>(() => OnnxTensors.Read(new TensorProto { Name = "w", DataType = (int)type, Dims = { 1 }, RawData = ByteString.CopyFrom(1) }));
        Assert.Contains($"'w' is of type {type}", error.Message);
    }

    [Theory]
    [InlineData(new long[] { -1 }, 4)]
    [InlineData(new long[] { long.MaxValue, long.MaxValue }, 4)]
    [InlineData(new[] { 1L << 32, 1L << 32 }, 0)]
    [InlineData(new long[] { 2_000_000_000 }, 4)]
    [InlineData(new long[] { 2 }, 4)]
    [InlineData(new long[] { 1 }, 5)]
    [InlineData(new long[] { 0 }, 4)]
    public void SizesThatLieAreRefusedBeforeAnythingIsAllocated(long[] shape, int bytes)
    {
        var proto = new TensorProto { Name = "w", DataType = (int)DataType.Float, RawData = ByteString.CopyFrom(new byte[bytes]) };
        proto.Dims.AddRange(shape);
        Assert.Equal(ErrorIds.ModelUnreadable, Assert.Throws<CnnVisException>(() => OnnxTensors.Read(proto)).ErrorId);
    }

    [Fact]
    public void DataInSeveralFilesGiveTheSameNetwork()
    {
        using var graph = TestNetworks.Residual();
        ModelProto model = Written(graph);
        string path = Externalised(model, i => i % 2 == 0 ? "a.bin" : "part/b.bin");
        using var read = OnnxReader.Read(path).Graph;
        using var scope = NewDisposeScope();
        Tensor input = rand([1, 3, 32, 32], generator: new Generator(5));
        Assert.True(new ForwardWalk(graph, [graph.Output]).Run(input)[0].Equals(new ForwardWalk(read, [read.Output]).Run(input)[0]));
    }

    [Theory]
    [InlineData("../w.bin", "own folder")]
    [InlineData("/etc/passwd", "own folder")]
    [InlineData("a/../../w.bin", "own folder")]
    [InlineData("..\\w.bin", "own folder")]
    [InlineData("C:\\w.bin", "own folder")]
    [InlineData("", "own folder")]
    [InlineData("w\0.bin", "own folder")]
    [InlineData("none.bin", "not in the network's folder")]
    [InlineData("link.bin", "is a link")]
    [InlineData("way/w.bin", "is a link")]
    [InlineData(".", "not in the network's folder")]
    public void DataStayInTheNetworksFolder(string location, string complaint)
    {
        string inner = _folder["model"];
        Directory.CreateDirectory(inner);
        File.WriteAllBytes(_folder["w.bin"], new byte[1 << 16]);
        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(Path.Combine(inner, "link.bin"), _folder["w.bin"]);
            Directory.CreateSymbolicLink(Path.Combine(inner, "way"), _folder["."]);
        }
        var tensor = External(location, 0, 8);
        var error = Assert.Throws<CnnVisException>(() => ExternalData.Find(tensor, Path.Combine(inner, "net.onnx")));
        Assert.Equal(ErrorIds.ModelUnreadable, error.ErrorId);
        if (OperatingSystem.IsWindows() && complaint == "is a link") return;
        Assert.Contains(complaint, error.Message);
    }

    [Theory]
    [InlineData("0", "101")]
    [InlineData("101", "0")]
    [InlineData("100", "1")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("-1", "4")]
    [InlineData("99999999999999999999", "4")]
    [InlineData("4", "-4")]
    [InlineData("0x4", "4")]
    [InlineData(" 4", "4")]
    [InlineData("4", "")]
    public void PlacesOutsideTheDataAreRefused(string offset, string length)
    {
        File.WriteAllBytes(_folder["w.bin"], new byte[100]);
        var tensor = External("w.bin", 0, 0);
        tensor.ExternalData[1].Value = offset;
        tensor.ExternalData[2].Value = length;
        Assert.Equal(ErrorIds.ModelUnreadable, Assert.Throws<CnnVisException>(() => ExternalData.Find(tensor, _folder["net.onnx"])).ErrorId);
    }

    [Fact]
    public void WithoutLengthTheRestOfTheFileIsMeant()
    {
        File.WriteAllBytes(_folder["w.bin"], new byte[100]);
        var tensor = new TensorProto { ExternalData = { new StringStringEntryProto { Key = "location", Value = "./w.bin" } } };
        Assert.Equal(new StoredBytes(_folder["w.bin"], 0, 100), ExternalData.Find(tensor, _folder["net.onnx"]));
    }

    [Fact]
    public void LargeDataStayInTheFileUntilTheyAreRead()
    {
        var model = new ModelProto { Graph = new GraphProto { Name = "g" } };
        byte[] bytes = [.. Enumerable.Range(0, 4000).Select(i => (byte)i)];
        model.Graph.Initializer.Add(new TensorProto { Name = "raw", DataType = (int)DataType.Uint8, Dims = { 4000 }, RawData = ByteString.CopyFrom(bytes) });
        var list = new TensorProto { Name = "list", DataType = (int)DataType.Float, Dims = { 1000 } };
        list.FloatData.AddRange(Enumerable.Range(0, 1000).Select(i => i / 4f));
        model.Graph.Node.Add(new NodeProto { OpType = "Constant", Output = { "list" }, Attribute = { new AttributeProto { Name = "value", T = list, Type = AttributeProto.Types.AttributeType.Tensor } } });
        File.WriteAllBytes(_folder["net.onnx"], model.ToByteArray());

        ModelProto parsed = OnnxFile.Parse(_folder["net.onnx"]);
        Assert.Empty(parsed.Graph.Initializer[0].RawData);
        Assert.Equal(4000, parsed.Graph.Initializer[0].Stored!.Length);
        using Tensor raw = OnnxTensors.Read(parsed.Graph.Initializer[0]), floats = OnnxTensors.Read(parsed.Graph.Node[0].Attribute[0].T);
        Assert.Equal(bytes.Select(b => (long)b), raw.data<long>().ToArray());
        Assert.Equal(list.FloatData, floats.data<float>().ToArray());
    }

    [Fact]
    public void ParsingIsWhatTheLibraryDoes()
    {
        using var graph = TestNetworks.Oddments();
        ModelProto model = Written(graph);
        model.MetadataProps.Add(new StringStringEntryProto { Key = "k", Value = "ü" });
        File.WriteAllBytes(_folder["net.onnx"], model.ToByteArray());
        ModelProto parsed = OnnxFile.Parse(_folder["net.onnx"]);
        foreach (TensorProto tensor in parsed.Graph.Initializer.Where(t => t.Stored is not null))
        {
            byte[] bytes = new byte[tensor.Stored!.Length];
            using (var file = tensor.Stored.Open()) tensor.Stored.Fill(file, 0, bytes);
            (tensor.RawData, tensor.Stored) = (ByteString.CopyFrom(bytes), null);
        }
        Assert.Equal(model, parsed);
    }

    private static ModelProto Written(CnnVis.Engine.Graphs.Graph graph)
    {
        using var stream = new MemoryStream();
        OnnxWriter.Write(new OnnxNetwork(graph, new Dictionary<string, string>()), stream);
        return ModelProto.Parser.ParseFrom(stream.ToArray());
    }

    /// <summary>Moves the parameters into other files, each behind the last.</summary>
    private string Externalised(ModelProto model, Func<int, string> place)
    {
        for (int i = 0; i < model.Graph.Initializer.Count; i++)
        {
            TensorProto tensor = model.Graph.Initializer[i];
            string file = _folder[place(i)];
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            using var stream = new FileStream(file, FileMode.Append);
            TensorProto external = External(place(i), stream.Position, tensor.RawData.Length);
            tensor.RawData.WriteTo(stream);
            tensor.RawData = ByteString.Empty;
            tensor.ExternalData.Add(external.ExternalData);
            tensor.DataLocation = TensorProto.Types.DataLocation.External;
        }
        File.WriteAllBytes(_folder["net.onnx"], model.ToByteArray());
        return _folder["net.onnx"];
    }

    private static TensorProto External(string location, long offset, long length) => new()
    {
        Name = "w",
        DataLocation = TensorProto.Types.DataLocation.External,
        ExternalData =
        {
            new StringStringEntryProto { Key = "location", Value = location },
            new StringStringEntryProto { Key = "offset", Value = $"{offset}" },
            new StringStringEntryProto { Key = "length", Value = $"{length}" },
        },
    };

    private static byte[] Number(DataType type, int value) => type switch
    {
        DataType.Float => BitConverter.GetBytes((float)value),
        DataType.Double => BitConverter.GetBytes((double)value),
        DataType.Float16 => BitConverter.GetBytes((Half)value),
        DataType.Bfloat16 => BitConverter.GetBytes((float)value)[2..],
        DataType.Int64 or DataType.Uint64 => BitConverter.GetBytes((long)value),
        DataType.Int32 or DataType.Uint32 => BitConverter.GetBytes(value),
        DataType.Int16 or DataType.Uint16 => BitConverter.GetBytes((short)value),
        _ => [(byte)value],
    };
}
