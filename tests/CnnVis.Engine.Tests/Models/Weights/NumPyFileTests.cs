using System.Buffers.Binary;
using System.Text;
using CnnVis.Engine.Models.Weights;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models.Weights;

public sealed class NumPyFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void EveryVersionOfTheHeaderIsRead(int version)
    {
        using StateDict weights = WeightFile.Read(_folder.Add("conv.npy", Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", Floats(6), version)));
        Assert.Equal((WeightFormat.NumPy, "conv"), (weights.Format, Assert.Single(weights.Keys)));
        Assert.Equal([2, 3], weights["conv"].shape);
        Assert.Equal([0f, 1, 2, 3, 4, 5], weights["conv"].data<float>());
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }", "00000000 0000803f 00000040 00004040 00008040 0000a040", "0 2 4 1 3 5")]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }", "3fc00000 c0000000", "1.5 -2")]
    [InlineData("{'descr': '>f8', 'fortran_order': False, 'shape': (1L,)}", "3ff8000000000000", "1.5")]
    [InlineData("{\"shape\": (), \"fortran_order\": False, \"descr\": \"<f8\"}", "000000000000f83f", "1.5")]
    [InlineData("{'descr': '>i2', 'fortran_order': False, 'shape': (2,), }", "ffff 0102", "-1 258")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2), }", "ff 02", "255 2")]
    [InlineData("{'descr': '|b1', 'fortran_order': False, 'shape': (2,), }", "01 00", "1 0")]
    [InlineData("{'descr': '<f2', 'fortran_order': False, 'shape': (2,), }   \n", "003e 00c0", "1.5 -2")]
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (0, 7), }", "", "")]
    public void OrderBytesAndTypesAreUnderstood(string header, string bytes, string values)
    {
        using StateDict weights = WeightFile.Read(_folder.Add("x.dat", Npy(header, Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)))));
        using var scope = NewDisposeScope();
        Assert.Equal(values, string.Join(' ', weights["x"].contiguous().to(ScalarType.Float32).data<float>().Select(v => FormattableString.Invariant($"{v}"))));
    }

    [Theory]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "Python objects")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", "several fields")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "'<c8'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "need 8 bytes")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 4), }", "impossible")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", "damaged")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "damaged")]
    [InlineData("{'descr': '<f4', 'fortran_order': __import__('os').system('x'), 'shape': (1,), }", "damaged")]
    [InlineData("{'descr': '<f4', 'shape': (1,), }", "damaged")]
    [InlineData("{'descr': '', 'fortran_order': False, 'shape': (1,), }", "damaged")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)", "damaged")]
    [InlineData("{'descr': '<f4", "damaged")]
    [InlineData("", "damaged")]
    public void WhatIsNoPlainArrayIsOneClearError(string header, string says)
    {
        var error = Assert.Throws<CnnVisException>(() => WeightFile.Read(_folder.Add("x.npy", Npy(header, new byte[4]))));
        Assert.Equal(ErrorIds.WeightsUnreadable, error.ErrorId);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ArchivesGiveTheirArraysInOrderAndPassOverText(bool deflate)
    {
        byte[] zip = new ZipWriter()
            .Add("layer/w:0.npy", Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (300,), }", Floats(300)), deflate)
            .Add("arch.npy", Npy("{'descr': '<U8', 'fortran_order': False, 'shape': (), }", new byte[32]), deflate)
            .Add("b.npy", Npy("{'descr': '<i4', 'fortran_order': False, 'shape': (1,), }", [7, 0, 0, 0]), deflate)
            .Finish();
        using StateDict weights = WeightFile.Read(_folder.Add("x.npz", zip));
        Assert.Equal(["layer/w:0", "b"], weights.Keys);
        Assert.Equal(299f, weights["layer/w:0"][299].item<float>());
        Assert.Equal(7L, weights["b"][0].item<long>());
    }

    public void Dispose() => _folder.Dispose();

    internal static byte[] Npy(string header, byte[] data, int version = 1)
    {
        byte[] text = Encoding.Latin1.GetBytes(header), size = new byte[version == 1 ? 2 : 4];
        if (version == 1) BinaryPrimitives.WriteUInt16LittleEndian(size, (ushort)text.Length);
        else BinaryPrimitives.WriteInt32LittleEndian(size, text.Length);
        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. size, .. text, .. data];
    }

    internal static byte[] Floats(int count) => [.. Enumerable.Range(0, count).SelectMany(i => BitConverter.GetBytes((float)i))];
}
