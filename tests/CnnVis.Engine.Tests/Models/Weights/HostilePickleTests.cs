using CnnVis.Engine.Models.Weights;

namespace CnnVis.Engine.Tests.Models.Weights;

/// <summary>Pickles that no honest writer makes: each is one clear error, in little time and memory.</summary>
public sealed class HostilePickleTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string, byte[]> Broken => new()
    {
        { "cut short", [] },
        { "cut short", new PickleWriter().Op('}').Stop()[..^1] },
        { "where there is none", new PickleWriter().Stop() },
        { "where there is none", new PickleWriter().Op('0').Stop() },
        { "where there is none", new PickleWriter().Raw(0x87).Stop() },
        { "where there is none", new PickleWriter().Op('}').Op('(').Op('a').Stop() },
        { "lacks a mark", new PickleWriter().Op('t').Stop() },
        { "opcode 0xFF", new PickleWriter().Raw(0xff).Stop() },
        { "opcode 0x82", new PickleWriter().Raw(0x82, 1).Stop() }, // extension registry
        { "opcode 0x97", new PickleWriter().Raw(0x97).Stop() }, // out-of-band buffer
        { "protocol 6", new PickleWriter().Raw(0x80, 6).Stop() },
        { "memo 7", new PickleWriter().Op('h').Raw(7).Stop() },
        { "memo 255", new PickleWriter().Op('N').Op('q').Raw(255).Stop() },
        { "memo 2147483647", new PickleWriter().Op('N').Op('r').Raw(255, 255, 255, 127).Stop() },
        { "memo 4294967295", new PickleWriter().Op('N').Op('r').Raw(255, 255, 255, 255).Stop() },
        { "cut short", new PickleWriter().Op('X').Raw(255, 255, 255, 255).Stop() },
        { "cut short", new PickleWriter().Op('X').Raw(255, 255, 255, 127).Stop() },
        { "cut short", new PickleWriter().Raw(0x8d, 255, 255, 255, 255, 255, 255, 255, 127).Stop() },
        { "cut short", new PickleWriter().Raw(0x8e, 255, 255, 255, 255, 255, 255, 255, 255).Stop() },
        { "impossible length", new PickleWriter().Raw(0x8b, 255, 255, 255, 127).Stop() },
        { "not UTF-8", new PickleWriter().Op('X').Raw(1, 0, 0, 0, 0xff).Stop() },
        { "'posix.system'", new PickleWriter().Global("posix", "system").Text("true").Raw(0x85).Op('R').Stop() },
        { "'builtins.eval'", new PickleWriter().Text("builtins").Text("eval").Raw(0x93).Stop() },
        { "'__builtin__.getattr'", new PickleWriter().Global("__builtin__", "getattr").Stop() },
        { "'torch.storage._load_from_bytes'", new PickleWriter().Global("torch.storage", "_load_from_bytes").Stop() },
        { "'torch._utils._rebuild_tensor_v2 '", new PickleWriter().Global("torch._utils", "_rebuild_tensor_v2 ").Stop() },
        { "'__torch__.Net'", new PickleWriter().Global("__torch__", "Net").Stop() }, // no TorchScript archive
        { "'torchvision.models.resnet.ResNet'", new PickleWriter().Global("torchvision.models.resnet", "ResNet").Stop() },
        { "'os.system'", new PickleWriter().Op('(').Text("true").Raw("ios\nsystem\n"u8).Stop() },
        { "cannot be called", new PickleWriter().Int(1).Op(')').Op('R').Stop() },
        { "cannot be called", new PickleWriter().Global("collections", "OrderedDict").Int(1).Op('R').Stop() },
        { "calls a storage type", new PickleWriter().Global("torch", "FloatStorage").Op(')').Op('R').Stop() },
        { "no list", new PickleWriter().Op('N').Op('N').Op('a').Stop() },
        { "no dict", new PickleWriter().Op('N').Op('N').Op('N').Op('s').Stop() },
        { "without a value", new PickleWriter().Op('}').Op('(').Op('N').Op('u').Stop() },
        { "no storage", new PickleWriter().Int(1).Op('Q').Stop() },
        { "no storage", new PickleWriter().Op('(').Text("module").Text("x").Op('t').Op('Q').Stop() },
        { "no storage", new PickleWriter().Storage("FloatStorage", "0", -1).Stop() },
        { "in two ways", new PickleWriter().Storage("FloatStorage", "0", 1).Storage("FloatStorage", "0", 2).Stop() },
        { "in two ways", new PickleWriter().Storage("FloatStorage", "0", 1).Storage("LongStorage", "0", 1).Stop() },
        { "not known", new PickleWriter().Global("torch._utils", "_rebuild_tensor_v2").Op(')').Op('R').Stop() },
        { "no tensors", new PickleWriter().Op('}').Stop() },
        { "no tensors", new PickleWriter().Int(3).Stop() },
        { "need 8 bytes", Dict(p => p.Floats("0", 2)) },
        { "1152921504606846976 numbers in a row", Dict(p => p.Tensor("FloatStorage", "0", 1L << 60, 0, [1], [1])) },
        { "does not fit", Dict(p => p.Tensor("FloatStorage", "0", 1, 0, [2], [1])) },
        { "does not fit", Dict(p => p.Tensor("FloatStorage", "0", 1, 1, [1], [1])) },
        { "does not fit", Dict(p => p.Tensor("FloatStorage", "0", 1, -1, [1], [1])) },
        { "does not fit", Dict(p => p.Tensor("FloatStorage", "0", 1, 0, [-1], [1])) },
        { "does not fit", Dict(p => p.Tensor("FloatStorage", "0", 1, 0, [2], [-1])) },
        { "does not fit", Dict(p => p.Tensor("FloatStorage", "0", 1, 0, [1L << 40, 1L << 40], [0, 0])) },
        { "does not fit", Dict(p => p.Tensor("FloatStorage", "0", 1, 0, [3, 2], [long.MaxValue, long.MaxValue])) },
        { "does not fit", Dict(p => p.Tensor("FloatStorage", "0", 1, 0, [long.MaxValue], [0])) },
        { "impossible shape", Dict(p => p.Tensor("FloatStorage", "0", 1, 0, [1, 1], [1])) },
        { "impossible shape", Dict(p => p.Tensor("FloatStorage", "0", 1, 0, new long[65], new long[65])) },
        { "'data/7' is missing", Dict(p => p.Floats("7", 1)) },
        { "'data/../0' is missing", Dict(p => p.Floats("../0", 1)) },
        { "QUInt8Storage are not read", Dict(p => p.Tensor("QUInt8Storage", "0", 4, 0, [4], [1])) },
        { "is quantised", Dict(p => p.Global("torch._utils", "_rebuild_qtensor").Op(')').Op('R')) },
        { "two of its tensors", new PickleWriter().Op('}').Op('(').Text("x").Floats("0", 1).Text("x").Floats("0", 1).Op('u').Stop() },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void EachIsOneClearError(string says, byte[] pickle) => Refused(pickle, says);

    [Fact]
    public void DeepNestingCostsNoStack()
    {
        Refused([.. Enumerable.Repeat((byte)']', 500_000), .. Enumerable.Repeat((byte)'a', 499_999), (byte)'.'], "nested more than");
        Refused([(byte)')', .. Enumerable.Repeat((byte)0x85, 500_000), (byte)'.'], "nested more than");
    }

    [Fact]
    public void AListInItselfEnds() => Refused(new PickleWriter().Op(']').Memo().Op('h').Raw(0).Op('a').Stop(), "nested more than");

    [Fact]
    public void SharedReferencesDoNotMultiply()
    {
        // 40 dicts that each hold the one before twice: 2^40 names for one tensor.
        var pickle = new PickleWriter().Op('}').Text("x").Floats("0", 1).Op('s').Memo();
        for (int i = 0; i < 40; i++) pickle.Op('}').Op('(').Text("a").Op('h').Raw((byte)i).Text("b").Op('h').Raw((byte)i).Op('u').Memo();
        Refused(pickle.Stop(), "over and over");
        // The same below a wrapper key, where it is searched for tensors first, and there are none.
        var empty = new PickleWriter().Op('}').Memo();
        for (int i = 0; i < 40; i++) empty.Op('}').Op('(').Text("state_dict").Op('h').Raw((byte)i).Text("b").Op('h').Raw((byte)i).Op('u').Memo();
        Refused(empty.Stop(), "over and over");
    }

    [Fact]
    public void OneListUnderAMillionDictsIsNotCopied()
    {
        var pickle = new PickleWriter().Op(']').Memo().Op('(');
        for (int i = 0; i < 20_000; i++) pickle.Text("k").Op('N').Raw(0x86);
        pickle.Op('e').Op('0').Op(']').Op('(');
        for (int i = 0; i < 50_000; i++) pickle.Global("collections", "OrderedDict").Op('h').Raw(0).Raw(0x85).Op('R');
        Refused(pickle.Op('e').Stop(), "over and over");
    }

    [Fact]
    public void AMillionEmptyDictsStayWithinTheLimit() => Refused([.. Enumerable.Repeat((byte)'}', 3_000_000), (byte)'.'], "more than 2000000 values");

    public void Dispose() => _folder.Dispose();

    private static byte[] Dict(Func<PickleWriter, PickleWriter> value) => value(new PickleWriter().Op('}').Text("x")).Op('s').Stop();

    private void Refused(byte[] pickle, string says)
    {
        byte[] zip = new ZipWriter().Add("x/data.pkl", pickle).Add("x/data/0", new byte[4]).Finish();
        string path = _folder.Add("x.pth", zip);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<CnnVisException>(() => WeightFile.Read(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4L * zip.Length + (128 << 20));
        Assert.Equal(ErrorIds.WeightsUnreadable, error.ErrorId);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Message.Length, 1, 2000);
    }
}
