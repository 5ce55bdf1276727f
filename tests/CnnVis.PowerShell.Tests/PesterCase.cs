using Xunit.Abstractions;

namespace CnnVis.PowerShell.Tests;

/// <summary>One <c>It</c> of a file under tests/Pester, by its place in the file. Its text is what test explorers show.</summary>
public sealed class PesterCase : IXunitSerializable
{
    /// <summary>The index of a case that stands for a file which could not be discovered.</summary>
    public const int WholeFile = -1;

    public string File { get; private set; } = "";

    public string Path { get; private set; } = "";

    public int Index { get; private set; }

    public PesterCase()
    {
    }

    public PesterCase(string file, string path, int index) => (File, Path, Index) = (file, path, index);

    public void Deserialize(IXunitSerializationInfo info) =>
        (File, Path, Index) = (info.GetValue<string>(nameof(File)), info.GetValue<string>(nameof(Path)), info.GetValue<int>(nameof(Index)));

    public void Serialize(IXunitSerializationInfo info)
    {
        info.AddValue(nameof(File), File);
        info.AddValue(nameof(Path), Path);
        info.AddValue(nameof(Index), Index);
    }

    public override string ToString() => $"{File} {Index + 1}: {Path}";
}
