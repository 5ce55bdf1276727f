using System.Globalization;
using System.Text;

namespace CnnVis.PowerShell.Tests;

/// <summary>A map of the same numbers by the same seed, in processes that have other numbers of processors.</summary>
public sealed class TsneThreadsTests : IDisposable
{
    private const int Count = 5000, Length = 8; // points for several chunks of each stage

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheMapIsTheSameToTheBit()
    {
        var random = new Random(7);
        var table = new StringBuilder();
        for (int i = 0; i < Count; i++) table.AppendJoin(',', Enumerable.Range(0, Length).Select(c => (random.NextDouble() + (i % 5 == c ? 2 : 0)).ToString("R", CultureInfo.InvariantCulture))).Append('\n');
        string codes = _folder.Write("codes.csv", table.ToString());
        string[] maps = [.. new[] { 1, 2, 3, 5 }.Select(count =>
        {
            string threads = count.ToString(CultureInfo.InvariantCulture), file = Path.Combine(_folder.Root, $"map{threads}.csv");
            HostProcess run = HostProcess.Run(new Dictionary<string, string> { ["DOTNET_PROCESSOR_COUNT"] = threads, ["OMP_NUM_THREADS"] = threads }, "-Command",
                $"(Import-CnnCode '{codes}' | ConvertTo-Tsne -Iterations 60 -Seed 3).Points | ForEach-Object {{ '{{0:R}} {{1:R}}' -f $_.X, $_.Y }} | Set-Content '{file}'");
            Assert.Equal(("", 0), (run.Error, run.ExitCode));
            return File.ReadAllText(file);
        })];
        Assert.Equal(Count, maps[0].Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().Count());
        Assert.All(maps, map => Assert.Equal(maps[0], map));
    }
}
