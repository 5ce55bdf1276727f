using System.Buffers.Text;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CnnVis.Engine.Scans;

/// <summary>A line of a scan's file: the first says what was asked, then one a picture, and one at the end; with a checksum, so that a line that was half written, or damaged, is known.</summary>
/// <param name="Check">XxHash3 of the rest of the line, in hexadecimal digits.</param>
/// <param name="Header">Of the first line.</param>
/// <param name="Entry">Of a picture's.</param>
/// <param name="Tail">Of the last.</param>
internal sealed record ScanLine<T>(string? Check = null, ScanHeader? Header = null, ScanEntry<T>? Entry = null, ScanTail<T>? Tail = null) where T : class
{
    private static ReadOnlySpan<byte> Begin => "{\"Check\":\""u8;

    private const int Digits = 16;

    /// <summary>The line with its checksum and the line feed.</summary>
    public byte[] ToBytes()
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(this, ScanJson.Options); // {"Entry":…}
        Span<byte> rest = body.AsSpan(1);
        return [.. Begin, .. Encoding.ASCII.GetBytes($"{XxHash3.HashToUInt64(rest):x16}\","), .. rest, (byte)'\n'];
    }

    /// <summary>Reads a line, without the line feed.</summary>
    /// <exception cref="JsonException">It is none, or damaged.</exception>
    public static ScanLine<T> Parse(ReadOnlySpan<byte> line)
    {
        int start = Begin.Length + Digits + 2;
        if (!CanBegin(line) || line.Length <= start) throw new JsonException("it is no file of a scan");
        if (!Utf8Parser.TryParse(line.Slice(Begin.Length, Digits), out ulong check, out int used, 'x') || used != Digits || check != XxHash3.HashToUInt64(line[start..])) throw new JsonException("a line is damaged");
        return JsonSerializer.Deserialize<ScanLine<T>>(line, ScanJson.Options) ?? throw new JsonException("a line is empty");
    }

    /// <summary>Whether these may be the first bytes of a line.</summary>
    public static bool CanBegin(ReadOnlySpan<byte> bytes) => bytes[..Math.Min(bytes.Length, Begin.Length)].SequenceEqual(Begin[..Math.Min(bytes.Length, Begin.Length)]);
}

/// <summary>What was asked of which pictures.</summary>
internal sealed record ScanHeader(string Format, string Kind, string Model, string ModelHash, SortedDictionary<string, string> Asked, JsonElement Context, int ShardCount, int[] Shards)
{
    public const string Current = "cnnvis-scan-1";

    [JsonIgnore]
    public ScanQuestion Question => new(Kind, Model, ModelHash, Asked, Context);

    public static ScanHeader Of(ScanQuestion q, int shardCount, IReadOnlyList<int> shards) =>
        new(Current, q.Kind, q.Model, q.ModelHash, new SortedDictionary<string, string>(q.Asked.ToDictionary(a => a.Key, a => a.Value), StringComparer.Ordinal), q.Context, shardCount, [.. shards]);
}

/// <summary>What was found in a picture.</summary>
/// <param name="Index">Its place in the list.</param>
/// <param name="Path">The picture.</param>
/// <param name="Label">What it shows, where that is known.</param>
/// <param name="Bytes">Bytes of its file.</param>
/// <param name="Written">When its file was last written, in ticks of UTC.</param>
/// <param name="List">Hash of all paths and labels of the list up to it.</param>
/// <param name="Error">Why it could not be read.</param>
/// <param name="Value">What was found; null with an error.</param>
internal sealed record ScanEntry<T>(long Index, string Path, string? Label, long Bytes, long Written, string List, ScanError? Error, T? Value) where T : class
{
    [JsonIgnore]
    public ListedImage Image => new(Index, Path, Label) { Bytes = Bytes, Written = Written };
}

/// <summary>How far the pass is, and what has been added up; missing behind pictures' lines while there are more.</summary>
internal sealed record ScanTail<T>(bool IsComplete, long ListedCount, string ListHash, long ImageCount, long FailedCount, ulong Stamps, T? Value) where T : class;
