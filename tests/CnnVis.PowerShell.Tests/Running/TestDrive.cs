using System.Management.Automation;

namespace CnnVis.PowerShell.Tests.Running;

/// <summary>The temporary folder of a test file: <c>TestDrive:</c> and <c>$TestDrive</c>. What is made within a block goes when the block ends.</summary>
internal sealed class TestDrive : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("CnnVisTests_");

    public TestDrive(SessionState session)
    {
        session.Drive.New(new PSDriveInfo("TestDrive", session.Provider.GetOne("FileSystem"), _folder.FullName, "Folder of the test file", null), "Global");
        session.PSVariable.Set(new PSVariable("global:TestDrive", _folder.FullName));
    }

    /// <summary>What there is now.</summary>
    public HashSet<string> Entries() => [.. Directory.EnumerateFileSystemEntries(_folder.FullName, "*", SearchOption.AllDirectories)];

    /// <summary>Removes what is not among <paramref name="kept"/>.</summary>
    public void Clear(HashSet<string> kept)
    {
        foreach (string entry in Entries().Except(kept))
        {
            if (Directory.Exists(entry)) Directory.Delete(entry, recursive: true);
            else if (File.Exists(entry)) File.Delete(entry);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
