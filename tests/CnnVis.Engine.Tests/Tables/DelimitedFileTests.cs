using System.Text;
using CnnVis.Engine.Tables;

namespace CnnVis.Engine.Tests.Tables;

public sealed class DelimitedFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("a,b\n1,2", "1|2")]
    [InlineData("a\tb,c\tb\n1\t2,3\t4", "1|2,3|4")] // the separator that the first line has most of
    [InlineData("a;b\r\n\"x;y\";2\r\n", "x;y|2")]
    [InlineData("a,b\n\"he said \"\"no\"\"\",2", "he said \"no\"|2")]
    [InlineData("a,b\n\"one\ntwo\",2", "one\ntwo|2")]
    [InlineData("a, b\n \"x, y\" , 2 ", "x, y|2")]
    [InlineData("a,b\n\" kept \",", " kept |")]
    [InlineData("1 2\n3  4\n", "3|4")]
    [InlineData("\n\na,b\n\n , \n\n1,2\n\n", "|,1|2")]
    public void Fields(string text, string rows) => Assert.Equal(rows, string.Join(',', Open(text).Rows.Select(r => string.Join('|', r.Fields))));

    [Fact]
    public void LinesAreCountedInTheFile() => Assert.Equal([3, 5, 7], Open("a,b\n\nx,\"1\n2\"\ny,3\n\nz,4\n").Rows.Select(r => r.Line));

    [Fact]
    public void ColumnsAreFoundByAnyOfTheirNames()
    {
        DelimitedFile file = Open("# File,Class Name,\"x, y\"\na,b,c");
        Assert.Equal(["file", "class name", "x, y"], file.Columns);
        Assert.Equal((0, 1, -1), (file.Find("path", "file"), file.Require("the class", "label", "class name"), file.Find("z")));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-32")]
    public void AByteOrderMarkIsNoPartOfTheFirstName(string encoding)
    {
        File.WriteAllText(_folder["marked.csv"], "name,b\nä,2", Encoding.GetEncoding(encoding));
        DelimitedFile file = DelimitedFile.Open(_folder["marked.csv"]);
        Assert.Equal("name", file.Columns[0]);
        Assert.Equal("ä", file.Rows.Single().Fields[0]);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData(" \n\n", "is empty")]
    [InlineData("a,b\n1,2\n\n3", "Line 4 of '*' has 1 fields where the first line has 2")]
    [InlineData("a,b\n1,2\n3,4,5", "Line 3 of '*' has 3 fields where the first line has 2")]
    [InlineData("a,b\n1,\"2\n3,4\n", "Line 2 of '*' opens a quote that is never closed")]
    [InlineData("a,b\n1,2\n3\0,4", "Line 3 of '*' holds control characters")]
    [InlineData("a\u001b[31m,b\n1,2", "Line 1 of '*' holds control characters")]
    public void BadFilesAreRefused(string text, string why)
    {
        CnnVisException error = Assert.Throws<CnnVisException>(() => Open(text).Rows.Count());
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains(why.Replace("*", _folder["table.csv"]), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ARowMayNotSwallowTheFile()
    {
        CnnVisException error = Assert.Throws<CnnVisException>(() => Open("a,b\n1,2\n\"" + new string('x', 1 << 24) + "\n3,4\n").Rows.Count());
        Assert.Contains("does not end", error.Message, StringComparison.Ordinal);
    }

    /// <summary>The rows before a fault are there already when it is met.</summary>
    [Fact]
    public void RowsAreReadOneAtATime()
    {
        using var rows = Open("a,b\n1,2\n3").Rows.GetEnumerator();
        Assert.True(rows.MoveNext());
        Assert.Equal("1", rows.Current.Fields[0]);
        Assert.Throws<CnnVisException>(() => rows.MoveNext());
    }

    public void Dispose() => _folder.Dispose();

    private DelimitedFile Open(string text)
    {
        File.WriteAllText(_folder["table.csv"], text);
        return DelimitedFile.Open(_folder["table.csv"]);
    }
}
