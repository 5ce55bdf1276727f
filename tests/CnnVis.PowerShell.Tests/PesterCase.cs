using Xunit.Abstractions;

namespace CnnVis.PowerShell.Tests;

/// <summary>One <c>It</c> of a file under tests/Pester, by its place in the file. Its text is what test explorers show.</summary>
public sealed class PesterCase : IXunitSerializable
{
    public string File { get; private set; } = "";

    public string Path { get; private set; } = "";

    public string Label { get; private set; } = "";

    public int Index { get; private set; }

    public PesterCase()
    {
    }

    internal PesterCase(PesterResult found, int index) => (File, Path, Label, Index) = (found.File, found.Path, found.Label, index);

    public void Deserialize(IXunitSerializationInfo info) => (File, Path, Label, Index) =
        (info.GetValue<string>(nameof(File)), info.GetValue<string>(nameof(Path)), info.GetValue<string>(nameof(Label)), info.GetValue<int>(nameof(Index)));

    public void Serialize(IXunitSerializationInfo info)
    {
        info.AddValue(nameof(File), File);
        info.AddValue(nameof(Path), Path);
        info.AddValue(nameof(Label), Label);
        info.AddValue(nameof(Index), Index);
    }

    public override string ToString() => $"{File} {Index + 1}: {Label}";
}
