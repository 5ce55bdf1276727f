using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace CnnVis.Engine.Tests.Scans;

/// <summary>Forges files of scans.</summary>
internal static class ScanLines
{
    private const string Begin = "{\"Check\":\"";
    private const int Start = 28; // behind the checksum

    /// <summary>Lines with checksums that are right, whatever they say.</summary>
    public static byte[] WithChecksums(string lines) =>
        Encoding.UTF8.GetBytes(string.Concat(lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => $"{Begin}{XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(l[Start..])).ToString("x16", CultureInfo.InvariantCulture)}\",{l[Start..]}\n")));
}
