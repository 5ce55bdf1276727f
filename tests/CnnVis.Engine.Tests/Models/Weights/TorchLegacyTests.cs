using System.Text;
using CnnVis.Engine.Models.Weights;

namespace CnnVis.Engine.Tests.Models.Weights;

/// <summary>The format before PyTorch 1.6, piece by piece.</summary>
public sealed class TorchLegacyTests : IDisposable
{
    private static readonly byte[] _magic = new PickleWriter().Raw(0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19).Stop(), _protocol = new PickleWriter().Int(1001).Stop(), _machine = new PickleWriter().Op('}').Stop();
    private readonly TempFolder _folder = new();

    [Fact]
    public void StoragesThatAreViewsOfOthersAreUnderstood()
    {
        byte[] tensor = View(new PickleWriter().Op('}').Text("x").Global("torch._utils", "_rebuild_tensor").Op('('), offset: 1, count: 3).Long(1).Long(2).Raw(0x85).Long(1).Raw(0x85).Op('t').Op('R').Op('s').Stop();
        using StateDict weights = WeightFile.Read(_folder.Add("x.pth", File(tensor, Keys("7"), Storage(4, [0f, 1, 2, 3]))));
        Assert.Equal([2f, 3f], weights["x"].data<float>());
    }

    [Fact]
    public void AnOrderedDictOfPython2IsUnderstood()
    {
        byte[] dict = new PickleWriter().Global("collections", "OrderedDict").Op(']').Op('(').Op(']').Op('(').Op('U').Raw(1, (byte)'w').Floats("7", 1).Op('e').Op('e').Raw(0x85).Op('R').Stop();
        using StateDict weights = WeightFile.Read(_folder.Add("x.pth", File(dict, Keys("7"), Storage(1, [5f]))));
        Assert.Equal(5f, weights["w"][0].item<float>());
    }

    public static TheoryData<string, byte[]> Broken => new()
    {
        { "no checkpoint of PyTorch's", new PickleWriter().Op('}').Stop() },
        { "other than 1001", [.. _magic, .. new PickleWriter().Int(7).Stop()] },
        { "cut short", _magic },
        { "lacks the list", File(Dict(), new PickleWriter().Op('N').Stop()) },
        { "storage '7' is missing", File(Dict(), new PickleWriter().Op(']').Stop()) },
        { "'8', which nothing uses", File(Dict(), Keys("8")) },
        { "twice", File(Dict(), Keys("7", "7"), Storage(1, [1f]), Storage(1, [1f])) },
        { "says 1 numbers", File(Dict(), Keys("7"), Storage(2, [1f, 2f])) },
        { "cut short", File(Dict(), Keys("7"), Storage(1, [])) },
        { "cut short", File(Dict(), Keys("7")) },
        { "cut short", File(new PickleWriter().Op('}').Text("x").Floats("7", int.MaxValue).Op('s').Stop(), Keys("7"), Storage(int.MaxValue, [1f])) },
        { "impossible way", File(View(new PickleWriter(), offset: 3, count: 2).Stop(), Keys("7"), Storage(4, [0f, 1, 2, 3])) },
        { "impossible way", File(View(new PickleWriter(), offset: -1, count: 2).Stop(), Keys("7"), Storage(4, [0f, 1, 2, 3])) },
        { "impossible way", File(View(new PickleWriter(), offset: long.MaxValue, count: long.MaxValue).Stop(), Keys("7"), Storage(4, [0f, 1, 2, 3])) },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void WhatDoesNotFitTogetherIsOneClearError(string says, byte[] file) => Refused(says, file);

    [Theory]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "git lfs pull")]
    [InlineData("<!doctype html><html></html>", "web page")]
    [InlineData("GGUF\u0003", "GGUF")]
    [InlineData("\u001f\u008b\u0008", "gzip")]
    [InlineData("\u0089HDF\r\n\u001a\n", "HDF5")]
    [InlineData("hello", "no kind that is read")]
    [InlineData("", "empty")]
    public void OtherFilesAreCalledByTheirName(string start, string says) => Refused(says, Encoding.Latin1.GetBytes(start));

    [Fact]
    public void TheTarOfTheFirstVersionsIsCalledByItsName() => Refused("tar archive", [.. "storages"u8, .. new byte[249], .. "ustar"u8, .. new byte[250]]);

    public void Dispose() => _folder.Dispose();

    private void Refused(string says, byte[] file)
    {
        var error = Assert.Throws<CnnVisException>(() => WeightFile.Read(_folder.Add("x.pth", file)));
        Assert.Equal(ErrorIds.WeightsUnreadable, error.ErrorId);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    private static byte[] File(params byte[][] parts) => [.. _magic, .. _protocol, .. _machine, .. parts.SelectMany(p => p)];

    private static byte[] Dict() => new PickleWriter().Op('}').Text("x").Floats("7", 1).Op('s').Stop();

    private static byte[] Keys(params string[] keys)
    {
        var pickle = new PickleWriter().Op(']').Op('(');
        foreach (string key in keys) pickle.Text(key);
        return pickle.Op('e').Stop();
    }

    private static byte[] Storage(long count, float[] values) => [.. BitConverter.GetBytes(count), .. values.SelectMany(BitConverter.GetBytes)];

    /// <summary>A storage of 4 numbers, of which some are meant.</summary>
    private static PickleWriter View(PickleWriter pickle, long offset, long count) =>
        pickle.Op('(').Text("storage").Global("torch", "FloatStorage").Text("7").Text("cpu").Long(4).Op('(').Text("view").Long(offset).Long(count).Op('t').Op('t').Op('Q');
}
