using CnnVis.Engine.Models.Weights;

namespace CnnVis.Engine.Tests.Models.Weights;

/// <summary>Archives that lie about themselves.</summary>
public sealed class WeightArchiveTests : IDisposable
{
    private static readonly byte[] _array = NumPyFileTests.Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", NumPyFileTests.Floats(2));
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "")]
    [InlineData(true, "a comment")]
    [InlineData(false, "PK\u0005\u0006 a comment that looks like an end")]
    public void ZipAndZip64AreRead(bool zip64, string comment)
    {
        using StateDict weights = WeightFile.Read(_folder.Add("x", new ZipWriter { Zip64 = zip64, Comment = comment }.Add("folder/", []).Add("a.npy", _array).Add("b.npy", _array, deflate: true).Finish()));
        Assert.Equal(["a", "b"], weights.Keys);
    }

    [Fact]
    public void NoChecksumIsNoError()
    {
        using StateDict weights = WeightFile.Read(_folder.Add("x", new ZipWriter().Add("a.npy", _array, crc: 0).Finish()));
        Assert.Single(weights);
    }

    public static TheoryData<string, byte[]> Lies => new()
    {
        { "checksum", new ZipWriter().Add("a.npy", _array, crc: 1).Finish() },
        { "checksum", new ZipWriter().Add("a.npy", _array, deflate: true, crc: 1).Finish() },
        { "two of its entries", new ZipWriter().Add("a.npy", _array).Add("a.npy", _array).Finish() },
        { "leads out", new ZipWriter().Add("../a.npy", _array).Finish() },
        { "leads out", new ZipWriter().Add("b\\..\\..\\a.npy", _array).Finish() },
        { "leads out", new ZipWriter().Add("/etc/a.npy", _array).Finish() },
        { "leads out", new ZipWriter().Add("C:a.npy", _array).Finish() },
        { "overlap", new ZipWriter().Add("a.npy", _array, length: _array.Length + 8, packed: _array.Length + 8).Add("b.npy", _array).Finish() },
        { "overlap the directory", new ZipWriter().Add("a.npy", _array, length: _array.Length + 8, packed: _array.Length + 8).Finish() },
        { "not where", new ZipWriter().Add("a.npy", _array).Add("b.npy", _array, offset: 0).Finish() },
        { "cut short", new ZipWriter().Add("a.npy", _array, offset: 1L << 31).Finish() },
        { "impossible", new ZipWriter().Add("a.npy", _array, length: 1 << 30, packed: 1 << 30).Finish() },
        { "impossible", new ZipWriter().Add("a.npy", _array, length: 1 << 20).Finish() },
        { "impossible", new ZipWriter { Zip64 = true }.Add("a.npy", _array, length: long.MaxValue, packed: long.MaxValue).Finish() },
        { "impossible", new ZipWriter { Zip64 = true }.Add("a.npy", _array, length: -1, packed: -1).Finish() },
        { "zip bomb", new ZipWriter { Zip64 = true }.Add("a.npy", _array, deflate: true, length: 1L << 40).Finish() },
        { "zip bomb", new ZipWriter().Add("a.npy", [.. _array, .. new byte[50_000]], deflate: true, length: _array.Length).Finish() },
        { "shorter", new ZipWriter().Add("a.npy", NumPyFileTests.Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", NumPyFileTests.Floats(1)), deflate: true, length: _array.Length).Finish() },
        { "encrypted", new ZipWriter().Add("a.npy", _array, flags: 1).Finish() },
        { "method 9", new ZipWriter().Add("a.npy", _array, method: 9).Finish() },
        { "damaged", new ZipWriter().Add("a.npy", _array, method: 8).Finish() },
        { "its end is missing", new ZipWriter().Add("a.npy", _array).Finish()[..^1] },
        { "its end is missing", [.. new ZipWriter().Add("a.npy", _array).Finish(), 0] },
        { "without weights", new ZipWriter().Add("a.txt", _array).Finish() },
        { "empty zip", new ZipWriter().Finish() },
        { "more than one checkpoint", new ZipWriter().Add("a/data.pkl", _array).Add("b/data.pkl", _array).Finish() },
        { "PyTorch 1.0", new ZipWriter().Add("a/model.json", _array).Finish() },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public void EveryLieIsOneClearError(string says, byte[] file)
    {
        string path = _folder.Add("x.npz", file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<CnnVisException>(() => WeightFile.Read(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        Assert.Equal(ErrorIds.WeightsUnreadable, error.ErrorId);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ABombThatDeclaresItselfIsNotUnpacked()
    {
        byte[] bomb = new ZipWriter().Add("a.npy", [.. NumPyFileTests.Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (25000000,), }", []), .. new byte[100_000_000]], deflate: true).Finish();
        Assert.InRange(bomb.Length, 0, 200_000);
        Assert.Contains("zip bomb", Assert.Throws<CnnVisException>(() => WeightFile.Read(_folder.Add("x.npz", bomb))).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
