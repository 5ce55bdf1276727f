using System.Net.Sockets;
using System.Text;

namespace CnnVis.Engine.Tests.Models.Downloads;

/// <summary>A request, and the means to answer it rightly or wrongly. The connection ends with the answer.</summary>
internal sealed class Exchange
{
    private readonly NetworkStream _stream;
    private readonly CancellationToken _stop;
    private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase);

    private Exchange(NetworkStream stream, CancellationToken stop) => (_stream, _stop) = (stream, stop);

    /// <summary>What stands between method and version.</summary>
    public string Target { get; private set; } = "";

    /// <summary>A header; null where there is none.</summary>
    public string? this[string header] => _headers.GetValueOrDefault(header);

    /// <summary>First byte asked for; 0 without a range.</summary>
    public int From => this["Range"] is { } range ? int.Parse(range["bytes=".Length..].TrimEnd('-')) : 0;

    public static Exchange Read(TcpClient client, CancellationToken stop)
    {
        var exchange = new Exchange(client.GetStream(), stop);
        string head = "";
        while (!head.EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            int next = exchange._stream.ReadByte();
            if (next < 0) throw new IOException("no request");
            head += (char)next;
        }
        string[] lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        exchange.Target = lines[0].Split(' ')[1];
        foreach (string line in lines[1..]) exchange._headers[line[..line.IndexOf(':')]] = line[(line.IndexOf(':') + 1)..].Trim();
        return exchange;
    }

    /// <summary>Sends the head of an answer.</summary>
    public void Head(string status, params string[] headers) =>
        _stream.Write(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{string.Concat(headers.Select(h => h + "\r\n"))}Connection: close\r\n\r\n"));

    /// <summary>Sends some of the body.</summary>
    public void Body(ReadOnlySpan<byte> bytes) => _stream.Write(bytes);

    /// <summary>Sends a chunk of a chunked body; an empty one ends it.</summary>
    public void Chunk(ReadOnlySpan<byte> bytes)
    {
        Body(Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"));
        Body(bytes);
        Body("\r\n"u8);
    }

    /// <summary>Sends nothing until the server is stopped, or the other end gives up.</summary>
    public void Stall()
    {
        try
        {
            _stream.ReadAsync(new byte[1], _stop).AsTask().Wait(_stop);
        }
        catch (Exception e) when (e is OperationCanceledException or AggregateException)
        {
            // Over.
        }
    }

    /// <summary>Answers as a good server does: the whole, or the part asked for where the condition holds.</summary>
    public void Serve(byte[] content, string? tag = null, int? cutAt = null)
    {
        bool part = this["Range"] is not null && (this["If-Range"] is null || this["If-Range"] == tag);
        int from = part ? From : 0;
        string[] version = tag is null ? [] : [$"ETag: {tag}"];
        if (part && from >= content.Length) Head("416 Range Not Satisfiable", [$"Content-Range: bytes */{content.Length}", "Content-Length: 0"]);
        else
        {
            if (part) Head("206 Partial Content", [$"Content-Range: bytes {from}-{content.Length - 1}/{content.Length}", $"Content-Length: {content.Length - from}", .. version]);
            else Head("200 OK", [$"Content-Length: {content.Length}", .. version]);
            Body(content.AsSpan(from, (cutAt ?? content.Length) - from));
        }
    }
}
