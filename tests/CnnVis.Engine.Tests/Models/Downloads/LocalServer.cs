using System.Net;
using System.Net.Sockets;

namespace CnnVis.Engine.Tests.Models.Downloads;

/// <summary>An HTTP server on this machine that answers as a script says: one entry a request, the last one for all that follow.</summary>
internal sealed class LocalServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Action<Exchange>[] _script;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Exchange> _exchanges = [];

    public LocalServer(params Action<Exchange>[] script)
    {
        _script = script;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Its address, ending in a slash.</summary>
    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    /// <summary>The requests so far.</summary>
    public IReadOnlyList<Exchange> Exchanges
    {
        get
        {
            lock (_exchanges) return [.. _exchanges];
        }
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync(_stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
            _ = Task.Run(() => Serve(client));
        }
    }

    private void Serve(TcpClient client)
    {
        using (client)
        {
            try
            {
                Exchange exchange = Exchange.Read(client, _stop.Token);
                int number;
                lock (_exchanges)
                {
                    number = _exchanges.Count;
                    _exchanges.Add(exchange);
                }
                _script[Math.Min(number, _script.Length - 1)](exchange);
            }
            catch (IOException)
            {
                // The other end has had enough.
            }
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
    }
}
