namespace CnnVis.Engine.Scans;

/// <summary>Shards of one run, put together. The order does not matter, nor whether some were merged before; all of them have the bytes of the single run.</summary>
public sealed class ScanMerge
{
    private readonly IReadOnlyList<ScanFile> _parts;
    private readonly ScanHeader _header;

    private ScanMerge(IReadOnlyList<ScanFile> parts)
    {
        _parts = parts;
        ScanFile first = parts[0];
        foreach (ScanFile part in parts)
            if (first.Header.Question.Difference(part.Header.Question) is { } other)
                throw new CnnVisException(ErrorIds.RetrievalMismatch, $"These results do not belong together: '{part.Path}' is of {other} than '{first.Path}'.", part.Path);
        State = ScanState.Merge([.. parts.Select(p => p.State)]);
        _header = first.Header with { ShardCount = State.ShardCount, Shards = [.. State.Shards] };
    }

    /// <summary>What was asked.</summary>
    public ScanQuestion Question => _header.Question;

    /// <summary>How far the pass is: to its end.</summary>
    public ScanState State { get; }

    /// <summary>Shards that are not there; none for the whole.</summary>
    public IReadOnlyList<int> Missing => [.. Enumerable.Range(1, State.ShardCount).Except(State.Shards)];

    /// <summary>Puts files together.</summary>
    /// <param name="files">At least one, each with shards that no other has.</param>
    /// <exception cref="CnnVisException">One is not there (PathNotFound), none or damaged (RetrievalUnreadable); or they do not belong together, a shard comes twice, or one was not seen to its end (RetrievalMismatch).</exception>
    public static ScanMerge Of(IReadOnlyList<string> files) => new([.. files.Select(ScanFile.Open)]);

    /// <summary>What was found in each picture, in the order of the list; null with an error.</summary>
    public IEnumerable<(ListedImage Image, T? Value, ScanError? Error)> Pictures<T>() where T : class => Lines<T>().Select(l => (l.Entry.Image, l.Entry.Value, l.Entry.Error));

    /// <summary>What was added up in each part.</summary>
    public IReadOnlyList<T> Sums<T>() where T : class => [.. _parts.Select(p => p.Sum<T>())];

    /// <summary>Makes something of the values; what is wrong with them is one clear error.</summary>
    public TResult Read<TResult>(Func<TResult> make) => ScanReader.Try(_parts[0].Path, make);

    /// <summary>Writes all pictures' lines.</summary>
    public void WritePictures(Stream stream)
    {
        WriteHeader(stream);
        foreach (var (_, line) in Lines<Skipped>())
        {
            stream.Write(line.Span);
            stream.WriteByte((byte)'\n');
        }
        WriteTail<Skipped>(stream, null);
    }

    /// <summary>Writes what was added up.</summary>
    public void WriteSum<T>(Stream stream, T sum) where T : class
    {
        WriteHeader(stream);
        WriteTail(stream, sum);
    }

    private void WriteHeader(Stream stream) => stream.Write(new ScanLine<Skipped>(Header: _header).ToBytes());

    private void WriteTail<T>(Stream stream, T? sum) where T : class =>
        stream.Write(new ScanLine<T>(Tail: new ScanTail<T>(true, State.ListedCount, State.ListHash, State.ImageCount, State.FailedCount, State.Stamps, sum)).ToBytes());

    private IEnumerable<(ScanEntry<T> Entry, ReadOnlyMemory<byte> Line)> Lines<T>() where T : class
    {
        var readers = _parts.Select(p => p.Entries<T>().GetEnumerator()).ToArray();
        try
        {
            var next = new PriorityQueue<IEnumerator<(ScanEntry<T> Entry, ReadOnlyMemory<byte> Line)>, long>();
            foreach (var reader in readers) Advance(reader);
            while (next.TryDequeue(out var reader, out _))
            {
                yield return reader.Current;
                Advance(reader);
            }

            void Advance(IEnumerator<(ScanEntry<T> Entry, ReadOnlyMemory<byte> Line)> reader)
            {
                if (reader.MoveNext()) next.Enqueue(reader, reader.Current.Entry.Index);
            }
        }
        finally
        {
            foreach (var reader in readers) reader.Dispose();
        }
    }
}
