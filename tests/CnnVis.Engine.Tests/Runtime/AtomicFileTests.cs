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

    /// <summary>Shards of a run write beside each other, and each sweeps what others left: never what they are just making.</summary>
    [Fact]
    public void SweepsTakeNothingThatIsBeingMade()
    {
        using var done = new CancellationTokenSource();
        Thread[] sweeps = [.. Enumerable.Range(0, 2).Select(_ => new Thread(() =>
        {
            while (!done.IsCancellationRequested) TemporaryName.Sweep(_folder[""]);
        }))];
        foreach (Thread sweep in sweeps) sweep.Start();
        try
        {
            for (int i = 0; i < 3000; i++)
            {
                using FileStream held = TemporaryName.CreateFile(_folder[""]);
                Assert.True(File.Exists(held.Name), $"file {i}");
                File.Delete(held.Name);
                (string folder, FileStream lockFile) = TemporaryName.CreateFolder(_folder[""]);
                Assert.True(File.Exists(lockFile.Name), $"folder {i}");
                Directory.Delete(folder, recursive: true);
                lockFile.Dispose();
            }
        }
        finally
        {
            done.Cancel();
            foreach (Thread sweep in sweeps) sweep.Join();
        }
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

    [SkippableFact]
    public void ModeAndLinksAreKept()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no modes, and links need rights there.");
        if (OperatingSystem.IsWindows()) return;
        string file = _folder.Add("data/real.bin", "old"u8), link = _folder["link.bin"];
        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.SetUnixFileMode(file, Private);
        File.CreateSymbolicLink(link, "data/real.bin");
        Assert.Equal(ErrorIds.FileExists, Assert.Throws<CnnVisException>(() => AtomicFile.Write(link, "no"u8, overwrite: false)).ErrorId);
        AtomicFile.Write(link, "new"u8, overwrite: true);
        Assert.Equal("data/real.bin", new FileInfo(link).LinkTarget);
        Assert.Equal("new"u8, File.ReadAllBytes(file));
        Assert.Equal(Private, File.GetUnixFileMode(file));
        AssertFiles("data/real.bin", "link.bin");
    }

    [SkippableFact]
    public void DevicesAndPipesAreNotReplaced()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "/dev/null is Linux'.");
        File.CreateSymbolicLink(_folder["null.png"], "/dev/null");
        foreach (string path in (string[])["/dev/null", _folder["null.png"]])
        {
            var error = Assert.Throws<CnnVisException>(() => AtomicFile.Write(path, "x"u8, overwrite: true));
            Assert.Equal(ErrorIds.WriteFailed, error.ErrorId);
            Assert.Contains("device", error.Message, StringComparison.Ordinal);
        }
        Assert.Equal(FileAttributes.None, File.GetAttributes("/dev/null") & FileAttributes.Directory);
    }

    /// <summary>What a killed process left goes with the next writing; what another is at stays.</summary>
    [Fact]
    public void AbandonedFilesAreSwept()
    {
        _folder.Add(".cnnvis-abandoned.tmp", "half"u8);
        _folder.Add(".other.tmp", "another program's"u8);
        using var other = new FileStream(_folder[".cnnvis-live.tmp"], FileMode.CreateNew, FileAccess.Write, OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None);
        AtomicFile.Write(_folder["a.bin"], "new"u8, overwrite: false);
        AssertFiles(".cnnvis-live.tmp", ".other.tmp", "a.bin");
    }

    [Fact]
    public void AbandonedFoldersAreSweptToo()
    {
        _folder.Add(".cnnvis-dead.tmp/.lock", []);
        _folder.Add(".cnnvis-dead.tmp/0/0_0.jpg", "half"u8);
        _folder.Add(".cnnvis-other.tmp/0/0_0.jpg", "nobody knows whose"u8);
        using (var folder = new AtomicFolder(_folder["map_files"], overwrite: false))
        {
            folder.Add("0/0_0.jpg", "whole"u8);
            folder.Place();
            folder.Commit();
        }
        AssertFiles(".cnnvis-other.tmp/0/0_0.jpg", "map_files/0/0_0.jpg");
    }

    [SkippableFact]
    public void ASpoolHasNoName()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Looks into /proc.");
        using (FileStream spool = Spool.Open())
        {
            spool.Write("secret"u8);
            spool.Position = 0;
            Assert.Equal((int)'s', spool.ReadByte());
            Assert.False(File.Exists(spool.Name));
        }
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
