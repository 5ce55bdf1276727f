using System.Globalization;
using System.Text;
using Xunit.Abstractions;

namespace CnnVis.Engine.Tests.Conformance;

/// <summary>ONNX's own tests of its operators. What is refused, and why, is in docs/onnx.md.</summary>
public sealed class ConformanceTests(ITestOutputHelper output)
{
    /// <summary>Of the tests that need no training, texts, sequences, recurrent or signal operators.</summary>
    private const double LeastShare = 0.97;

    [SkippableFact]
    public void OnnxsOwnTestsPass()
    {
        string? place = ConformanceData.Find();
        Skip.If(place is null, ConformanceData.Missing);
        var ended = ConformanceData.Read(place!).Select(test => (Test: test, Ended: ConformanceRun.Run(test))).ToArray();
        string table = Table(ended);
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "onnx-conformance.md"), table);
        output.WriteLine(table);

        var within = ended.Where(e => !e.Test.IsBeyond).ToArray();
        Assert.Empty(ended.Where(e => e.Ended.Verdict is Verdict.Wrong or Verdict.Crashed).Select(e => $"{e.Test.Name}: {e.Ended.Reason}"));
        double share = within.Count(e => e.Ended.Verdict == Verdict.Passed) / (double)within.Length;
        Assert.True(share >= LeastShare, $"{share:P1} of {within.Length} passed");
    }

    private static string Table((ConformanceCase Test, (Verdict Verdict, string Reason) Ended)[] ended)
    {
        var text = new StringBuilder("| Operator | Passed | Refused | Wrong |\n|---|---:|---:|---:|\n");
        foreach (var row in ended.GroupBy(e => e.Test.Operator).OrderBy(g => g.Key, StringComparer.Ordinal)) text.Append(Row(row.Key, [.. row]));
        text.Append(Row("**all**", ended)).Append(Row("**all within reach**", [.. ended.Where(e => !e.Test.IsBeyond)])).Append('\n');
        foreach (var (test, (verdict, reason)) in ended.Where(e => e.Ended.Verdict != Verdict.Passed))
            text.Append(CultureInfo.InvariantCulture, $"- {verdict} {(test.IsBeyond ? "(beyond) " : "")}{test.Name}: {reason.Split('\n')[0]}\n");
        return text.ToString();

        static string Row(string name, (ConformanceCase Test, (Verdict Verdict, string Reason) Ended)[] tests)
        {
            int Count(params Verdict[] verdicts) => tests.Count(t => verdicts.Contains(t.Ended.Verdict));
            return $"| {name} | {Count(Verdict.Passed)} | {Count(Verdict.Refused, Verdict.Disputed)} | {Count(Verdict.Wrong, Verdict.Crashed)} |\n";
        }
    }
}
