using CnnVis.Engine.Codes.Files;

namespace CnnVis.Engine.Tests.Codes;

public sealed class CodeTableTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("a,b;c\td.png")]
    [InlineData("he said \"no\".png")]
    [InlineData("\"")]
    [InlineData("one\ntwo\r\nthree\rfour")]
    [InlineData("  blanks around  ")]
    [InlineData("日本 🐟, ü")]
    public void TextReadsBackTheSame(string text)
    {
        CnnCode[] codes = [Code(text, "label", 1.5f, -0f, float.Epsilon), Code("second", text, float.MaxValue, 1f / 3, 0)];
        using (FileStream file = File.Create(_folder["codes.csv"])) CodeTable.Write(file, codes, 3);
        CnnCode[] read = [.. CodeTable.Read(_folder["codes.csv"])];
        Assert.Equal(codes.Select(c => (c.Path, c.Label)), read.Select(c => (c.Path, c.Label)));
        Assert.Equal(codes.SelectMany(c => c.Values).Select(BitConverter.SingleToInt32Bits), read.SelectMany(c => c.Values).Select(BitConverter.SingleToInt32Bits));
    }

    public void Dispose() => _folder.Dispose();

    private static CnnCode Code(string path, string label, params float[] values) => new() { Path = path, Label = label, Model = "net", Layer = "fc7", Values = values };
}
