using System.Text.Json;
using CnnVis.Engine.Runtime;
using CnnVis.Engine.Tensors;

namespace CnnVis.Engine.Scans;

/// <summary>Reads the lines of a scan's file one by one. A last line without its end was being written when the run was killed, and is passed over.</summary>
internal sealed class ScanReader : IDisposable
{
    private const int MostBytes = 1 << 28; // of a line

    private readonly string _path;
    private readonly FileStream _file;
    private byte[] _buffer = new byte[1 << 16];
    private int _first, _end;

    public ScanReader(string path)
    {
        _path = path;
        _file = Try(path, () => PlainFile.OpenRead(path, FileShare.ReadWrite));
    }

    /// <summary>The line read last, without the line feed.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Where the file goes on behind it.</summary>
    public long Offset { get; private set; }

    /// <summary>Reads the next line.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.RetrievalUnreadable"/>: it is no line of such a file.</exception>
    public bool Next()
    {
        for (int looked = _first; ;)
        {
            int at = _buffer.AsSpan(looked, _end - looked).IndexOf((byte)'\n');
            if (!ScanLine<Skipped>.CanBegin(_buffer.AsSpan(_first, _end - _first))) throw Unreadable(_path, new JsonException("it is none"));
            if (at >= 0)
            {
                Line = _buffer.AsMemory(_first, looked + at - _first);
                Offset += Line.Length + 1;
                _first = looked + at + 1;
                return true;
            }
            looked = _end;
            if (_end == _buffer.Length) looked = Shift();
            int count = Try(_path, () => _file.Read(_buffer, _end, _buffer.Length - _end));
            if (count == 0) return false;
            _end += count;
        }
    }

    /// <summary>The line as data.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.RetrievalUnreadable"/>: it is damaged.</exception>
    public ScanLine<T> Parse<T>() where T : class => Try(_path, () => ScanLine<T>.Parse(Line.Span));

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>Does what may meet a damaged file, and says so by one clear error.</summary>
    public static TResult Try<TResult>(string path, Func<TResult> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CnnVisException(ErrorIds.PathNotFound, $"There is no file '{path}'.", path, error);
        }
        catch (Exception error) when (error is JsonException or NullReferenceException or ArgumentException or FormatException or InvalidOperationException or NotSupportedException or IndexOutOfRangeException or KeyNotFoundException or OverflowException or IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, error);
        }
    }

    /// <summary>The error of a file that is none of these, or damaged.</summary>
    public static CnnVisException Unreadable(string path, Exception error) =>
        new(ErrorIds.RetrievalUnreadable, $"'{path}' is no checkpoint or result of a pass over pictures, or damaged: {OperatorFailure.Reason(error).TrimEnd('.')}. Delete it to begin anew.", path, error);

    /// <summary>Makes room behind what was read.</summary>
    /// <returns>Where what was read ends now.</returns>
    private int Shift()
    {
        byte[] to = _first > 0 ? _buffer : _buffer.Length < MostBytes ? new byte[2 * _buffer.Length] : throw Unreadable(_path, new JsonException("a line is too long"));
        Buffer.BlockCopy(_buffer, _first, to, 0, _end - _first);
        (_buffer, _end, _first) = (to, _end - _first, 0);
        return _end;
    }
}
