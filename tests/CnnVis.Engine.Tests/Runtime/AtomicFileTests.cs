using CnnVis.Engine.Runtime;

namespace CnnVis.Engine.Tests.Runtime;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WritesTheContentAndMakesMissingFolders()
    {
        AtomicFile.Write(_folder["new/deep/a.bin"], stream => stream.Write("abc"u8), overwrite: false);
        AtomicFile.Write(_folder["new/b.bin"], "bytes"u8, overwrite: false);
        Assert.Equal("abc"u8, File.ReadAllBytes(_folder["new/deep/a.bin"]));
        Assert.Equal("bytes"u8, File.ReadAllBytes(_folder["new/b.bin"]));
        AssertFiles("new/b.bin", "new/deep/a.bin");
    }

    [Fact]
    public void ReplacesOnlyWhereItMay()
    {
        string path = _folder.Add("a.bin", "old"u8);
        bool asked = false;
        var error = Assert.Throws<CnnVisException>(() => AtomicFile.Write(path, _ => asked = true, overwrite: false));
        Assert.Equal((ErrorIds.FileExists, path), (error.ErrorId, error.Target));
        Assert.False(asked);
        Assert.Equal("old"u8, File.ReadAllBytes(path));
        AtomicFile.Write(path, "new"u8, overwrite: true);
        Assert.Equal("new"u8, File.ReadAllBytes(path));
        AssertFiles("a.bin");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AFailureOnTheWayLeavesWhatWasThere(bool existed)
    {
        if (existed) _folder.Add("a.bin", "old"u8);
        var error = Assert.Throws<CnnVisException>(() => AtomicFile.Write(_folder["a.bin"], stream =>
        {
            stream.Write(new byte[1_000_000]);
            throw new IOException("The disk is full.");
        }, overwrite: true));
        Assert.Equal(ErrorIds.WriteFailed, error.ErrorId);
        Assert.Contains("The disk is full.", error.Message, StringComparison.Ordinal);
        Assert.Contains(_folder["a.bin"], error.Message, StringComparison.Ordinal);
        if (existed)
        {
            Assert.Equal("old"u8, File.ReadAllBytes(_folder["a.bin"]));
            AssertFiles("a.bin");
        }
        else
        {
            AssertFiles();
        }
    }

    [Fact]
    public void CancellationAndOwnErrorsPassAsTheyAre()
    {
        Assert.Throws<OperationCanceledException>(() => AtomicFile.Write(_folder["a.bin"], _ => throw new OperationCanceledException(), overwrite: true));
        var error = Assert.Throws<CnnVisException>(() => AtomicFile.Write(_folder["a.bin"], _ => throw new CnnVisException(ErrorIds.LayerNotFound, "No such layer."), overwrite: true));
        Assert.Equal(ErrorIds.LayerNotFound, error.ErrorId);
        AssertFiles();
    }

    [Fact]
    public void AFileThatAppearsMeanwhileIsKept()
    {
        string path = _folder["a.bin"];
        var error = Assert.Throws<CnnVisException>(() => AtomicFile.Write(path, _ => File.WriteAllText(path, "theirs"), overwrite: false));
        Assert.Equal(ErrorIds.FileExists, error.ErrorId);
        Assert.Equal("theirs", File.ReadAllText(path));
        AssertFiles("a.bin");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void PathsThatCannotBeFilesAreErrors(bool overwrite)
    {
        Directory.CreateDirectory(_folder["folder"]);
        _folder.Add("file", "old"u8);
        foreach (string path in new[] { _folder["folder"], _folder["file/below.bin"], _folder["bad\0name"], _folder[new string('x', 300)] })
        {
            var error = Assert.Throws<CnnVisException>(() => AtomicFile.Write(path, "new"u8, overwrite));
            Assert.Equal((ErrorIds.WriteFailed, path), (error.ErrorId, error.Target));
        }
        AssertFiles("file");
    }

    [Fact]
    public void TheLongestNameIsWritten()
    {
        string name = new('x', 250);
        AtomicFile.Write(_folder[name], "long"u8, overwrite: false);
        AssertFiles(name);
    }

    private void AssertFiles(params string[] expected) =>
        Assert.Equal(expected, Directory.EnumerateFiles(_folder.Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Select(p => Path.GetRelativePath(_folder.Path, p).Replace('\\', '/')).Order(StringComparer.Ordinal));
}
