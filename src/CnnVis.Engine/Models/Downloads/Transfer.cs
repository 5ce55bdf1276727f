using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Reflection;

namespace CnnVis.Engine.Models.Downloads;

/// <summary>
/// Brings one file into a <see cref="PartialFile"/> by HTTP, in as many connections as it takes: each goes on where the last one stopped if the server
/// can, and if its version of the file is still the same (RFC 9110 §13.1.5, §14). Whatever the server claims, the file is there when its hash is right.
/// </summary>
internal sealed class Transfer(PublishedFile file, PartialFile partial, DownloadOptions options, Action<DownloadProgress>? progress) : IDisposable
{
    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _reportEvery = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _client = ClientOf(options);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly byte[] _buffer = new byte[1 << 17];
    private TimeSpan _reported = -_reportEvery;
    private long _received; // by this object
    private string? _mediaType;

    /// <summary>Returns when the partial file is whole and right.</summary>
    /// <exception cref="TransferException">It cannot be had. What came is kept, unless it is wrong.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        int failures = 0, wrong = 0;
        while (true)
        {
            if (partial.Length > 0 && file.HasHash(await PublishedFile.HashOf(partial.Path, cancellation).ConfigureAwait(false))) return;
            long before = _received;
            try
            {
                bool isWhole = await ReceiveAsync(cancellation).ConfigureAwait(false);
                string hash = await PublishedFile.HashOf(partial.Path, cancellation).ConfigureAwait(false);
                if (file.HasHash(hash)) return;
                if (!isWhole) throw new TransferException("the connection ended early", isTransient: true);
                // What earlier connections left may be to blame, so one attempt is made from nothing.
                partial.Discard();
                if (++wrong > 1) throw new TransferException($"what came is not the file: its SHA-256 begins with {hash[..file.HashPrefix.Length]}{(_mediaType is null or "application/octet-stream" ? "" : $" (the server calls it {_mediaType})")}", isTransient: false);
            }
            catch (TransferException error) when (error.IsTransient)
            {
                failures = _received - before >= options.Gain ? 1 : failures + 1;
                if (failures >= options.Attempts) throw;
                await Task.Delay(Wait(failures, error.RetryAfter), cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>One connection. Returns whether all that the server announced is there; false where it announced nothing.</summary>
    private async Task<bool> ReceiveAsync(CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            patience.CancelAfter(options.StallTimeout);
            using HttpRequestMessage request = RequestFrom(partial.Length);
            using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                partial.Discard(); // all of it and yet not right
                throw new TransferException("the server has no more than what came, and that is not the file", isTransient: true);
            }
            long? total = Prepare(response);
            if (total > file.MaximumLength) throw TooLong();
            await CopyAsync(response, total, patience, cancellation).ConfigureAwait(false);
            return partial.Length == total;
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new TransferException($"nothing came for {options.StallTimeout.TotalSeconds:0.#} seconds", isTransient: true, error);
        }
        catch (HttpRequestException error)
        {
            // What cannot be reached at all is told at once; what broke off may be there again in a moment.
            bool unreachable = error.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
            throw new TransferException(Clause(error), isTransient: !unreachable || _received > 0, error);
        }
    }

    private HttpRequestMessage RequestFrom(long position)
    {
        Uri address = file.Address;
        WeightServer.EnsureGuarded(file);
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (address.UserInfo.Length > 0) request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo))));
        if (position == 0) return request;
        request.Headers.Range = new RangeHeaderValue(position, null);
        if (partial.Version is { } version && RangeConditionHeaderValue.TryParse(version, out RangeConditionHeaderValue? condition)) request.Headers.IfRange = condition;
        return request;
    }

    /// <summary>Makes the partial file fit what the answer brings. Returns the whole file's length, where the server tells.</summary>
    private long? Prepare(HttpResponseMessage response)
    {
        Refuse(response);
        _mediaType = response.Content.Headers.ContentType?.MediaType;
        string? version = VersionOf(response);
        if (response.StatusCode == HttpStatusCode.PartialContent)
        {
            ContentRangeHeaderValue? range = response.Content.Headers.ContentRange;
            bool fits = range?.From == partial.Length && (partial.Version is not { } known || version is null || version == known);
            if (fits) return range!.Length ?? partial.Length + response.Content.Headers.ContentLength;
            partial.Discard();
            throw new TransferException("the server sent another part than the one asked for", isTransient: true);
        }
        partial.Discard();
        partial.Version = version;
        return response.Content.Headers.ContentLength;
    }

    private async Task CopyAsync(HttpResponseMessage response, long? total, CancellationTokenSource patience, CancellationToken cancellation)
    {
        await using Stream body = await response.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
        await using FileStream target = options.Append(partial.Path);
        long length = target.Length;
        while (true)
        {
            int count;
            try
            {
                count = await body.ReadAsync(_buffer, patience.Token).ConfigureAwait(false);
            }
            catch (IOException error)
            {
                throw new TransferException($"the connection broke after {length:N0} bytes", isTransient: true, error);
            }
            if (count == 0) break;
            patience.CancelAfter(options.StallTimeout);
            if (length + count > file.MaximumLength) throw TooLong();
            await target.WriteAsync(_buffer.AsMemory(0, count), cancellation).ConfigureAwait(false);
            length += count;
            _received += count;
            Report(length, total);
        }
        target.Flush(flushToDisk: true); // or a power cut could leave the target's name with nothing behind it
    }

    private void Report(long length, long? total)
    {
        TimeSpan now = _clock.Elapsed;
        if (progress is null || now - _reported < _reportEvery && length != total) return;
        _reported = now;
        progress(new DownloadProgress(length, total, _received / Math.Max(now.TotalSeconds, 1e-3)));
    }

    private TimeSpan Wait(int failures, TimeSpan? asked)
    {
        TimeSpan wait = asked ?? options.RetryDelay * Math.Pow(2, failures - 1);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > _longestWait ? _longestWait : wait;
    }

    private TransferException TooLong()
    {
        partial.Discard();
        return new TransferException($"the server sends more than the {file.MaximumLength:N0} bytes that the file can have", isTransient: false);
    }

    private static void Refuse(HttpResponseMessage response)
    {
        int status = (int)response.StatusCode;
        if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent) return;
        string reason = status == 407 ? "the proxy asks for a name and password (put them into its URL: http://name:password@host:port)" : $"the server answered {status} ({response.ReasonPhrase})";
        RetryConditionHeaderValue? after = response.Headers.RetryAfter;
        throw new TransferException(reason, isTransient: status is 408 or 425 or 429 or >= 500) { RetryAfter = after?.Delta ?? after?.Date - DateTimeOffset.UtcNow };
    }

    /// <summary>What <c>If-Range</c> may carry: a strong ETag, else the date of the last change.</summary>
    private static string? VersionOf(HttpResponseMessage response) => response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : response.Content.Headers.LastModified?.ToString("R");

    /// <summary>The innermost message, which says what the outer ones only say failed.</summary>
    private static string Clause(Exception error) => error.GetBaseException().Message.TrimEnd('.');

    private static HttpClient ClientOf(DownloadOptions options)
    {
        var client = new HttpClient(new SocketsHttpHandler { Proxy = new EnvironmentProxy(), ConnectTimeout = options.StallTimeout }) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("CnnVis", Assembly.GetExecutingAssembly().GetName().Version?.ToString(3)));
        client.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        return client;
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
