using CnnVis.Engine.Images;

namespace CnnVis.Engine.Tests.Images;

public sealed class ImageFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void PicturesOfTheFolderInOrdinalOrder()
    {
        foreach (string name in new[] { "b.png", "B.JPG", "a.jpeg", "c.jpe", "é.webp", "d.bmp", "e.gif", "f.txt", "png", "g.png.zip", ".hidden.png", "sub/h.png" }) _folder.Add(name, []);
        Assert.Equal(new[] { "B.JPG", "a.jpeg", "b.png", "c.jpe", "d.bmp", "e.gif", "é.webp" }, In(recurse: false));
    }

    [Fact]
    public void TheWholeTreeInOrdinalOrderOfRelativePaths()
    {
        string[] names = ["a/z.png", "a.png", "a-b/c.png", "a/b/y.png", "a/b.png", "a0.png", "Z/q.png", "b/a.png", "aa/x.png", "a/b-/y.png"];
        foreach (string name in names) _folder.Add(name, []);
        Assert.Equal(names.Order(StringComparer.Ordinal), In(recurse: true));
    }

    [Fact]
    public void PathsAreFull()
    {
        _folder.Add("a.png", []);
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, _folder.Path);
        Assert.Equal([_folder["a.png"]], ImageFiles.In(relative, recurse: false, _ => { }));
    }

    [SkippableFact]
    public void LinksToFoldersAreNotFollowedThoseToFilesAre()
    {
        Skip.If(OperatingSystem.IsWindows(), "Links take a privilege on Windows.");
        string file = _folder.Add("sub/a.png", []);
        Directory.CreateSymbolicLink(_folder["sub/loop"], _folder.Path);
        File.CreateSymbolicLink(_folder["link.png"], file);
        Assert.Equal(["link.png", "sub/a.png"], In(recurse: true));
    }

    [SkippableFact]
    public void ForbiddenFoldersAreErrorsThatNameThem()
    {
        Skip.If(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Nothing is forbidden to root, and Windows has no file modes.");
        _folder.Add("a.png", []);
        _folder.Add("sub/b.png", []);
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(_folder["sub"], UnixFileMode.None);
        var errors = new List<CnnVisException>();
        Assert.Equal([_folder["a.png"]], ImageFiles.In(_folder.Path, recurse: true, errors.Add));
        Assert.Equal((ErrorIds.FolderUnreadable, true), (Assert.Single(errors).ErrorId, errors[0].Message.Contains(_folder["sub"])));
        errors.Clear();
        Assert.Empty(ImageSources.In(_folder["sub"], recurse: false, errors.Add));
        Assert.Equal(ErrorIds.FolderUnreadable, Assert.Single(errors).ErrorId); // and nothing of there being no picture
        File.SetUnixFileMode(_folder["sub"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void FoldersThatVanishMeanwhileAreErrors()
    {
        _folder.Add("a.png", []);
        _folder.Add("b/x.png", []);
        _folder.Add("c.png", []);
        var found = new List<string>();
        var errors = new List<CnnVisException>();
        foreach (string path in ImageFiles.In(_folder.Path, recurse: true, errors.Add))
        {
            found.Add(Path.GetFileName(path));
            if (found.Count == 1) Directory.Delete(_folder["b"], recursive: true);
        }
        Assert.Equal(["a.png", "c.png"], found);
        Assert.Contains(_folder["b"], Assert.Single(errors).Message);
    }

    [Fact]
    public void DeepTreesAreWalked()
    {
        string deep = string.Concat(Enumerable.Repeat("d/", 200));
        _folder.Add(deep + "a.png", []);
        Assert.Equal([deep + "a.png"], In(recurse: true));
    }

    private IEnumerable<string> In(bool recurse) => ImageFiles.In(_folder.Path, recurse, _ => { }).Select(p => Path.GetRelativePath(_folder.Path, p).Replace('\\', '/'));
}
