using System.Buffers.Binary;
using System.Text;
using CnnVis.Engine.Models.Weights;
using CnnVis.Engine.Models.Weights.Safetensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models.Weights;

public sealed class SafetensorsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WhatIsWrittenIsReadAgain(bool half)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var tensors = new Dictionary<string, Tensor>
        {
            ["conv.weight"] = randn(4, 3, 2, 2).transpose(0, 1), // not contiguous
            ["conv.bias"] = tensor(0.5f),
            ["empty"] = zeros(0, 3),
            ["größe\n\"1\""] = tensor(new long[] { long.MinValue, 7, long.MaxValue }),
            ["mask"] = tensor(new[] { true, false, true }),
        };
        var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, tensors, half, new Dictionary<string, string> { ["format"] = "pt" });
        using StateDict read = Read(stream.ToArray());
        Assert.Equal(tensors.Keys, read.Keys);
        Assert.Equal((WeightFormat.Safetensors, "pt"), (read.Format, read.Metadata["format"]));
        foreach (var (name, tensor) in tensors)
        {
            Assert.Equal((tensor.dtype, string.Join(',', tensor.shape)), (read[name].dtype, string.Join(',', read[name].shape)));
            Assert.True(read[name].allclose(tensor, rtol: half ? 1e-3 : 0, atol: half ? 1e-4 : 0), name);
        }
    }

    [Fact]
    public void TiedWeightsAreFoundByTheirOtherName()
    {
        using var scope = NewDisposeScope();
        var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, new Dictionary<string, Tensor> { ["embed.weight"] = tensor(new[] { 1f, 2f }) }, metadata: new Dictionary<string, string> { ["head.weight"] = "embed.weight", ["format"] = "pt", ["embed.weight"] = "embed.weight" });
        using StateDict read = Read(stream.ToArray());
        Assert.Equal(["embed.weight", "head.weight"], read.Keys);
        Assert.Equal([1f, 2f], read["head.weight"].data<float>());
    }

    public static TheoryData<string, string, string> Widenings => new()
    {
        { "F64", "000000000000f83f" + "00000000000000c0", "1.5 -2" },
        { "F32", "0000c03f" + "000000c0", "1.5 -2" },
        { "F16", "003e" + "00c0", "1.5 -2" },
        { "BF16", "c03f" + "00c0", "1.5 -2" },
        { "I64", "ffffffffffffffff" + "0200000000000000", "-1 2" },
        { "I32", "ffffffff" + "02000000", "-1 2" },
        { "I16", "ffff" + "0200", "-1 2" },
        { "I8", "ff" + "02", "-1 2" },
        { "U64", "ffffffffffffff7f" + "0200000000000000", "9223372036854775807 2" },
        { "U32", "ffffffff" + "02000000", "4294967295 2" },
        { "U16", "ffff" + "0200", "65535 2" },
        { "U8", "ff" + "02", "255 2" },
        { "BOOL", "00" + "02", "False True" },
    };

    [Theory]
    [MemberData(nameof(Widenings))]
    public void EveryTypeIsWidened(string type, string bytes, string values)
    {
        byte[] data = Convert.FromHexString(bytes);
        using StateDict read = Read(File($"{{\"x\":{{\"dtype\":\"{type}\",\"shape\":[2],\"data_offsets\":[0,{data.Length}]}}}}", data));
        object[] numbers = read["x"].dtype switch
        {
            ScalarType.Float32 => [.. read["x"].data<float>().Select(v => (object)v)],
            ScalarType.Int64 => [.. read["x"].data<long>().Select(v => (object)v)],
            _ => [.. read["x"].data<bool>().Select(v => (object)v)],
        };
        Assert.Equal(values, FormattableString.Invariant($"{numbers[0]} {numbers[1]}"));
    }

    [Theory]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 8, "need 8 bytes")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "cut short")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "goes on after")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "gap")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"y":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "overlaps")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"y":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "overlaps")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "two of its tensors")]
    [InlineData("""{"x":{"dtype":"F32","shape":[4611686018427387904,4,4],"data_offsets":[0,4]}}""", 4, "impossible")]
    [InlineData("""{"x":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 4, "impossible")]
    [InlineData("""{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "no valid")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[8,4]}}""", 8, "lacks")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[9223372036854775800,9223372036854775804]}}""", 8, "damaged")]
    [InlineData("""{"x":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]}}""", 4, "F8_E4M3")]
    [InlineData("""{"x":{"dtype":"U64","shape":[1],"data_offsets":[0,8]}}""", -8, "damaged")]
    [InlineData("""{"x":{"dtype":5,"shape":[1],"data_offsets":[0,4]}}""", 4, "no valid")]
    [InlineData("""{"x":{"shape":[1],"data_offsets":[0,4]}}""", 4, "lacks")]
    [InlineData("""{"x":7}""", 0, "no valid")]
    [InlineData("""{"x":{"dtype":"F32","shape":[[[[[[1]]]]]],"data_offsets":[0,4]}}""", 4, "no valid")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} {}""", 4, "damaged")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1]""", 4, "damaged")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "no valid")]
    [InlineData("""{"__metadata__":{"a":"1"}}""", 0, "no tensors")]
    [InlineData("""{}""", 0, "no tensors")]
    public void WhatDoesNotFitTogetherIsOneClearError(string header, int bytes, string says)
    {
        byte[] data = new byte[Math.Abs(bytes)];
        if (bytes < 0) data.AsSpan().Fill(0xFF);
        var error = Assert.Throws<CnnVisException>(() => Read(File(header, data)));
        Assert.Equal(ErrorIds.WeightsUnreadable, error.ErrorId);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.Path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AHeaderLongerThanTheFileTakesNoMemory()
    {
        byte[] file = File("{}", []);
        BinaryPrimitives.WriteInt64LittleEndian(file, 1L << 38);
        Assert.Throws<CnnVisException>(() => Read(file));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<CnnVisException>(() => Read(file));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }

    [Fact]
    public void TheWriterRefusesWhatItCannotKeep()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<CnnVisException>(() => Write("__metadata__", tensor(1f))).ErrorId);
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<CnnVisException>(() => Write("x", tensor(1.0))).ErrorId);

        static void Write(string name, Tensor tensor) => SafetensorsWriter.Write(new MemoryStream(), [KeyValuePair.Create(name, tensor)]);
    }

    [Fact]
    public void TheHeaderIsPaddedAndPlain()
    {
        using Tensor x = tensor(new[] { 1f, 2f });
        var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, [KeyValuePair.Create("a", x)]);
        byte[] file = stream.ToArray();
        long length = BinaryPrimitives.ReadInt64LittleEndian(file);
        Assert.Equal(0, length % 8);
        Assert.Equal(8 + length + 8, file.Length);
        Assert.Equal("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", Encoding.UTF8.GetString(file, 8, (int)length).TrimEnd());
        Assert.Equal(2, BitConverter.ToSingle(file, file.Length - 4));
    }

    public void Dispose() => _folder.Dispose();

    private StateDict Read(byte[] file) => WeightFile.Read(_folder.Add("x.bin", file));

    private static byte[] File(string header, byte[] data)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        return [.. length, .. json, .. data];
    }
}
