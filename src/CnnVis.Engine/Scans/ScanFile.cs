using System.Text.Json;

namespace CnnVis.Engine.Scans;

/// <summary>
/// A checkpoint of a pass over pictures, a shard's result, or what several were merged to: lines of JSON. Where each picture has a line of its own, lines are only added, so that a run of millions writes each
/// once; what is added up over pictures is one line, written anew. The same findings make the same bytes, whoever found them.
/// </summary>
/// <param name="Path">The file.</param>
/// <param name="Header">What was asked of which pictures.</param>
/// <param name="State">How far the pass is.</param>
/// <param name="Length">Bytes of its whole lines.</param>
internal sealed record ScanFile(string Path, ScanHeader Header, ScanState State, long Length)
{
    /// <summary>Reads a file through and checks it; the values are left to <see cref="Entries"/> and <see cref="Sum"/>.</summary>
    /// <exception cref="CnnVisException">It is not there (PathNotFound), or is none, or damaged (RetrievalUnreadable).</exception>
    public static ScanFile Open(string path)
    {
        using var reader = new ScanReader(path);
        if (!reader.Next() || reader.Parse<Skipped>().Header is not { } header) throw ScanReader.Unreadable(path, new JsonException("it says of nothing what was asked"));
        return ScanReader.Try(path, () => Check(path, header, reader));
    }

    /// <summary>Writes what was added up over pictures.</summary>
    public static void Write<T>(Stream stream, ScanQuestion question, ScanState s, T sum) where T : class
    {
        stream.Write(new ScanLine<T>(Header: ScanHeader.Of(question, s.ShardCount, s.Shards)).ToBytes());
        stream.Write(new ScanLine<T>(Tail: new ScanTail<T>(s.IsComplete, s.ListedCount, s.ListHash, s.ImageCount, s.FailedCount, s.Stamps, sum)).ToBytes());
    }

    /// <summary>What was found, picture by picture.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.RetrievalUnreadable"/>: a value is none.</exception>
    public IEnumerable<(ScanEntry<T> Entry, ReadOnlyMemory<byte> Line)> Entries<T>() where T : class
    {
        using var reader = new ScanReader(Path);
        reader.Next();
        while (reader.Next() && reader.Parse<T>().Entry is { } entry)
        {
            if (entry.Value is null == entry.Error is null) throw ScanReader.Unreadable(Path, new JsonException("a picture has no value, or a value and an error"));
            yield return (entry, reader.Line);
        }
    }

    /// <summary>What was added up over its pictures.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.RetrievalUnreadable"/>: it is none.</exception>
    public T Sum<T>() where T : class
    {
        using var reader = new ScanReader(Path);
        while (reader.Next())
            if (reader.Parse<T>().Tail is { } tail) return tail.Value ?? throw ScanReader.Unreadable(Path, new JsonException("nothing was added up"));
        throw ScanReader.Unreadable(Path, new JsonException("nothing was added up"));
    }

    /// <summary>Reads to the end, and refuses what this module never writes: pictures that are missing, twice or of another shard, and counts that do not go together.</summary>
    private static ScanFile Check(string path, ScanHeader header, ScanReader reader)
    {
        Ensure(header.Format == ScanHeader.Current, $"its format is '{header.Format}', not '{ScanHeader.Current}'");
        Ensure(header.ShardCount > 0 && header.Shards.Length > 0 && header.Shards.Length <= header.ShardCount && header.Shards.All(s => s >= 1 && s <= header.ShardCount) && header.Shards.Zip(header.Shards.Skip(1)).All(p => p.First < p.Second), "its shards are impossible");
        Ensure(header.Asked.Values.All(v => v is not null), "its question is impossible");
        long images = 0, failed = 0, last = -1, length = reader.Offset;
        ulong stamps = 0;
        string hash = ListHash.Empty;
        ScanTail<Skipped>? tail = null;
        while (reader.Next())
        {
            Ensure(tail is null, "something stands behind its end");
            ScanLine<Skipped> line = reader.Parse<Skipped>();
            Ensure(line.Header is null && (line.Entry is null) != (line.Tail is null), "a line is impossible");
            tail = line.Tail;
            length = reader.Offset;
            if (line.Entry is not { } entry) continue;
            Ensure(entry.Index == Following(header, last), $"picture {Following(header, last)} is missing, or stands elsewhere");
            Ensure(entry.Value is null != entry.Error is null, "a picture has no value, or a value and an error");
            (last, hash) = (entry.Index, entry.List);
            stamps += entry.Image.Stamp;
            if (entry.Error is null) images++;
            else failed++;
        }
        if (tail is null) return new ScanFile(path, header, new ScanState(header.ShardCount, header.Shards, false, last + 1, hash, images, failed, stamps), length);
        Ensure(tail.ListedCount > last && tail.ImageCount >= 0 && tail.FailedCount >= 0 && tail.ImageCount + tail.FailedCount == Held(header, tail.ListedCount), "its numbers of pictures are impossible");
        Ensure(tail.Value is not null ? last < 0 : tail.IsComplete && tail.ImageCount == images && tail.FailedCount == failed && tail.Stamps == stamps, "its numbers of pictures are not those of its lines");
        return new ScanFile(path, header, new ScanState(header.ShardCount, header.Shards, tail.IsComplete, tail.ListedCount, tail.ListHash, tail.ImageCount, tail.FailedCount, tail.Stamps), length);

        static void Ensure(bool holds, string what)
        {
            if (!holds) throw new JsonException(what);
        }
    }

    /// <summary>The place in the list of the picture that comes behind another.</summary>
    private static long Following(ScanHeader header, long last)
    {
        long round = last < 0 ? 0 : last / header.ShardCount * header.ShardCount;
        foreach (int shard in header.Shards)
            if (round + shard - 1 > last) return round + shard - 1;
        return round + header.ShardCount + header.Shards[0] - 1;
    }

    /// <summary>How many of the first pictures of the list are in the shards.</summary>
    private static long Held(ScanHeader header, long listed) => header.Shards.Sum(s => listed < s ? 0 : (listed - s) / header.ShardCount + 1);
}
