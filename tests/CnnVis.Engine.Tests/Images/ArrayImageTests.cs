using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using CnnVis.Engine.Images;

namespace CnnVis.Engine.Tests.Images;

/// <summary>Pictures from NumPy files, of any number of channels, and photos for networks that take opacity.</summary>
public sealed class ArrayImageTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("<f4", false)]
    [InlineData(">f4", false)]
    [InlineData("<f8", false)]
    [InlineData("<f4", true)]
    public void FloatsComeAsTheyAre(string type, bool fortran)
    {
        float[] values = [.. Enumerable.Range(0, 5 * 2 * 3).Select(i => i / 32f)]; // [5, 2, 3]
        string path = Npy(type, fortran, "(5, 2, 3)", fortran ? Transposed(values) : values);
        Assert.Equal(values, Load(path, new CnnInput(5, 2, 3, ResizeMode.Stretch, 2)));
    }

    [Fact]
    public void BytesAreDividedBy255()
    {
        string path = _folder.Add("x.npy", [.. Header("|u1", false, "(2, 1, 2)"), 0, 255, 51, 102]);
        Assert.Equal([0, 1, 0.2f, 0.4f], Load(path, new CnnInput(2, 1, 2, ResizeMode.Stretch, 1)));
    }

    [Fact]
    public void ResizesAsPhotosAre()
    {
        PixelImage image = Pictures.Noise(31, 23);
        float[] planes = [.. Enumerable.Range(0, 3).SelectMany(c => Enumerable.Range(0, 31 * 23).Select(i => image.Pixels[3 * i + c] / 255f))];
        string path = Npy("<f4", false, "(3, 23, 31)", planes);
        foreach (ResizeMode mode in Enum.GetValues<ResizeMode>())
        {
            var input = new CnnInput(3, 12, 10, mode, 14);
            float[] photo = new float[input.Length];
            Preprocessor.Prepare(image, input, photo);
            float[] array = Load(path, input);
            for (int i = 0; i < photo.Length; i++) Assert.Equal(photo[i], array[i], 1e-5f);
        }
    }

    [Theory]
    [InlineData("<f4", "(2, 2)", 2f, "[0, 1]")]
    [InlineData("<f4", "(2, 2)", float.NaN, "[0, 1]")]
    [InlineData("<f4", "(4,)", 0f, "[channels, rows, columns]")]
    [InlineData("<f4", "(1, 1, 2, 2)", 0f, "[channels, rows, columns]")]
    [InlineData("<f4", "(0, 2, 2)", 0f, "fit|need|channels")]
    [InlineData("<f4", "(9, 9)", 0f, "need")]
    [InlineData("<f4", "(4611686018427387904, 4)", 0f, "impossible")]
    [InlineData("<i4", "(2, 2)", 0f, "Int32")]
    public void WhatIsNoPictureIsSaid(string type, string shape, float value, string complaint)
    {
        var error = Assert.Throws<CnnVisException>(() => Load(Npy(type, false, shape, [value, 0, 0, 0]), new CnnInput(1, 2, 2, ResizeMode.Stretch, 2)));
        Assert.Equal(ErrorIds.ImageUnreadable, error.ErrorId);
        Assert.Contains(complaint.Split('|'), c => error.Message.Contains(c));
    }

    [Fact]
    public void GarbageAndMissingFilesAreSaid()
    {
        var input = new CnnInput(1, 2, 2, ResizeMode.Stretch, 2);
        Assert.Equal(ErrorIds.ImageUnreadable, Assert.Throws<CnnVisException>(() => Load(_folder.Add("a.npy", "no array"u8), input)).ErrorId);
        Assert.Equal(ErrorIds.ImageUnreadable, Assert.Throws<CnnVisException>(() => Load(_folder.Add("b.npy", []), input)).ErrorId);
        Assert.Equal(ErrorIds.PathNotFound, Assert.Throws<CnnVisException>(() => Load(_folder["none.npy"], input)).ErrorId);
    }

    [Fact]
    public void OtherNumbersOfChannelsAreRefused()
    {
        var error = Assert.Throws<CnnVisException>(() => Load(Npy("<f4", false, "(2, 2)", [0, 0, 0, 0]), new CnnInput(3, 2, 2, ResizeMode.Stretch, 2)));
        Assert.Contains("1 channels, and the network takes 3", error.Message);
        error = Assert.Throws<CnnVisException>(() => Load(_folder.Add("x.png", Pictures.Png(Pictures.Noise(4, 4))), new CnnInput(7, 2, 2, ResizeMode.Stretch, 2)));
        Assert.Contains(".npy", error.Message);
    }

    [Theory]
    [InlineData("(1, 1, 2)", new[] { 0f, 1 }, new byte[] { 0, 0, 0, 255, 255, 255 })]
    [InlineData("(2, 1, 2)", new[] { 0f, 1, 0, 1 }, new byte[] { 255, 255, 255, 255, 255, 255 })]
    [InlineData("(3, 1, 1)", new[] { 1f, 0, 0.2f }, new byte[] { 255, 0, 51 })]
    [InlineData("(4, 1, 1)", new[] { 1f, 0, 0, 0.6f }, new byte[] { 255, 102, 102 })]
    [InlineData("(5, 1, 1)", new[] { 1f, 0, 0, 0, 0 }, new byte[] { 51, 51, 51 })]
    public void CanBeLookedAt(string shape, float[] values, byte[] pixels)
    {
        string path = Npy("<f4", false, shape, values);
        PixelImage image = ImageCodec.Decode(path, DecodeOptions.Default);
        Assert.Equal(pixels, image.Pixels.ToArray());
        Assert.Equal((image.Width, image.Height), (ImageCodec.ReadHeader(path).Width, ImageCodec.ReadHeader(path).Height));
        Assert.True(ImageFiles.IsImage(path));
    }

    [Fact]
    public void PhotosGetAnOpacity()
    {
        string clear = _folder.Add("clear.png", Pictures.Png(Pictures.Of(1, 1, (_, _) => new Rgb(200, 100, 50))));
        Assert.Equal([200 / 255f, 100 / 255f, 50 / 255f, 1], Load(clear, new CnnInput(4, 1, 1, ResizeMode.Stretch, 1)), new Near());
        Assert.Equal([(0.299f * 200 + 0.587f * 100 + 0.114f * 50) / 255, 1], Load(clear, new CnnInput(2, 1, 1, ResizeMode.Stretch, 1)), new Near());
        string half = _folder.Add("half.png", Png.Of(2, 1, 8, 6, [200, 100, 50, 128, 9, 9, 9, 0]));
        Assert.Equal([200 / 255f, 0, 100 / 255f, 0, 50 / 255f, 0, 128 / 255f, 0], Load(half, new CnnInput(4, 1, 2, ResizeMode.Stretch, 1)), new Near());
    }

    private static float[] Load(string path, CnnInput input)
    {
        float[] values = new float[input.Length];
        Preprocessor.Load(path, input, DecodeOptions.Default, values);
        return values;
    }

    /// <summary>The same [5, 2, 3] with the first index the fastest.</summary>
    private static float[] Transposed(float[] values) => [.. Enumerable.Range(0, 3).SelectMany(x => Enumerable.Range(0, 2).SelectMany(y => Enumerable.Range(0, 5).Select(c => values[(c * 2 + y) * 3 + x])))];

    private string Npy(string type, bool fortran, string shape, float[] values)
    {
        byte[] numbers = type switch
        {
            "<f8" => MemoryMarshal.AsBytes(values.Select(v => (double)v).ToArray().AsSpan()).ToArray(),
            "<i4" => MemoryMarshal.AsBytes(values.Select(v => (int)v).ToArray().AsSpan()).ToArray(),
            ">f4" => [.. values.SelectMany(v => BitConverter.GetBytes(v).Reverse())],
            _ => MemoryMarshal.AsBytes(values.AsSpan()).ToArray(),
        };
        return _folder.Add("x.npy", [.. Header(type, fortran, shape), .. numbers]);
    }

    private static byte[] Header(string type, bool fortran, string shape)
    {
        string text = $"{{'descr': '{type}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': {shape}, }}\n";
        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)text.Length);
        return [0x93, .. "NUMPY"u8, 1, 0, .. length, .. Encoding.Latin1.GetBytes(text)];
    }

    private sealed class Near : IEqualityComparer<float>
    {
        public bool Equals(float a, float b) => MathF.Abs(a - b) < 0.005f; // colours were multiplied by an opacity of 8 bits

        public int GetHashCode(float value) => 0;
    }
}
