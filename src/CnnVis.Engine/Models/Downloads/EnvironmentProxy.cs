using System.Net;

namespace CnnVis.Engine.Models.Downloads;

/// <summary>
/// The proxy that the environment names now: <c>HTTPS_PROXY</c>, <c>HTTP_PROXY</c>, <c>ALL_PROXY</c> (small letters too; credentials in the URL), less the
/// hosts of <c>NO_PROXY</c>; the system's where it names none. .NET's own reads the variables once per process, too early for a session that sets them later.
/// </summary>
internal sealed class EnvironmentProxy : IWebProxy
{
    /// <inheritdoc/>
    public ICredentials? Credentials { get; set; } = new CredentialsOfProxies();

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination)
    {
        if (IsExcluded(destination)) return null;
        return Named(destination) ?? HttpClient.DefaultProxy.GetProxy(destination);
    }

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) => GetProxy(host) is null;

    private static Uri? Named(Uri destination)
    {
        string? text = Variable($"{destination.Scheme}_proxy") ?? Variable("all_proxy");
        if (text is null) return null;
        if (!text.Contains("://", StringComparison.Ordinal)) text = "http://" + text;
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? proxy) ? proxy
            : throw new TransferException("the proxy that the environment names is no URL", isTransient: false);
    }

    private static bool IsExcluded(Uri destination) => destination.IsLoopback || (Variable("no_proxy") ?? "")
        .Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(entry => entry.TrimStart('*').TrimStart('.'))
        .Any(name => name.Length == 0 || destination.IdnHost.Equals(name, StringComparison.OrdinalIgnoreCase) || destination.IdnHost.EndsWith("." + name, StringComparison.OrdinalIgnoreCase));

    private static string? Variable(string name) =>
        new[] { name, name.ToUpperInvariant() }.Select(Environment.GetEnvironmentVariable).FirstOrDefault(v => !string.IsNullOrWhiteSpace(v))?.Trim();

    /// <summary>Those in the proxy's URL; the user's own where it has none.</summary>
    private sealed class CredentialsOfProxies : ICredentials
    {
        public NetworkCredential? GetCredential(Uri uri, string authType)
        {
            if (uri.UserInfo.Split(':', 2) is [{ Length: > 0 } user, .. var rest])
                return new NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(rest is [var password] ? password : ""));
            return CredentialCache.DefaultCredentials.GetCredential(uri, authType);
        }
    }
}
