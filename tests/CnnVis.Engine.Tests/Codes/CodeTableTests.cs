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
    [InlineData("=1+1")]
    [InlineData("'=1+1")]
    [InlineData("''@x")]
    [InlineData("'quoted'")]
    [InlineData("-5 degrees.png")]
    public void TextReadsBackTheSame(string text)
    {
        CnnCode[] codes = [Code(text, "label", 1.5f, -0f, float.Epsilon), Code("second", text, float.MaxValue, 1f / 3, 0)];
        using (FileStream file = File.Create(_folder["codes.csv"])) CodeTable.Write(file, codes, 3);
        CnnCode[] read = [.. CodeTable.Read(_folder["codes.csv"])];
        Assert.Equal(codes.Select(c => (c.Path, c.Label)), read.Select(c => (c.Path, c.Label)));
        Assert.Equal(codes.SelectMany(c => c.Values.ToArray()).Select(BitConverter.SingleToInt32Bits), read.SelectMany(c => c.Values.ToArray()).Select(BitConverter.SingleToInt32Bits));
    }

    /// <summary>A spreadsheet would compute, or run, what begins so.</summary>
    [Fact]
    public void WhatWouldBeAFormulaIsWrittenAsText()
    {
        using (FileStream file = File.Create(_folder["codes.csv"])) CodeTable.Write(file, [Code("=cmd|' /C calc'!A0", "@sum", -1)], 1);
        string row = File.ReadLines(_folder["codes.csv"]).Last();
        Assert.StartsWith("'=cmd|", row, StringComparison.Ordinal);
        Assert.Contains(",'@sum,", row, StringComparison.Ordinal);
        Assert.EndsWith(",-1", row, StringComparison.Ordinal); // numbers stay numbers
    }

    public void Dispose() => _folder.Dispose();

    private static CnnCode Code(string path, string label, params float[] values) => new() { Path = path, Label = label, Model = "net", Layer = "fc7", Values = values };
}
