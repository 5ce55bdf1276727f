using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;

namespace CnnVis.Engine.Tests.Pages;

/// <summary>A headless Chromium with one page, driven by its DevTools protocol.</summary>
internal sealed partial class Chromium : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly TempFolder? _profile;
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _limit = new(_patience);
    private int _number;

    private Chromium(Process process, TempFolder? profile) => (_process, _profile) = (process, profile);

    /// <summary>What the page told of its own accord: requests, errors.</summary>
    public List<JsonElement> Events { get; } = [];

    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Join(folder, name))).FirstOrDefault(File.Exists);

    /// <param name="width">Of the window, in CSS pixels.</param>
    /// <param name="height">Of the window.</param>
    /// <param name="profile">Where it keeps what pages store; null for a folder of its own that goes with it.</param>
    /// <param name="isDark">Whether pages are asked for their dark colours.</param>
    public static async Task<Chromium> Start(int width, int height, string? profile = null, bool isDark = false)
    {
        TempFolder? own = profile is null ? new TempFolder() : null;
        Process process = Process.Start(new ProcessStartInfo(Find()!,
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run", $"--window-size={width},{height}", "--remote-debugging-port=0", $"--user-data-dir={profile ?? own!.Path}", "about:blank"])
        { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var browser = new Chromium(process, own);
        string? address = null;
        while (address is null && await process.StandardError.ReadLineAsync(browser._limit.Token) is { } line) address = Listening().Match(line) is { Success: true } match ? match.Groups[1].Value : null;
        _ = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
        using var client = new HttpClient(new HttpClientHandler { UseProxy = false });
        JsonElement pages = JsonDocument.Parse(await client.GetStringAsync(new Uri($"http://{address}/json/list"), browser._limit.Token)).RootElement;
        string page = pages.EnumerateArray().First(p => p.GetProperty("type").GetString() == "page").GetProperty("webSocketDebuggerUrl").GetString()!;
        await browser._socket.ConnectAsync(new Uri(page), browser._limit.Token);
        foreach (string domain in new[] { "Page", "Runtime", "Network", "Log" }) await browser.Call($"{domain}.enable", new { });
        await browser.Call("Emulation.setDeviceMetricsOverride", new { width, height, deviceScaleFactor = 1, mobile = false });
        if (isDark) await browser.Call("Emulation.setEmulatedMedia", new { features = new[] { new { name = "prefers-color-scheme", value = "dark" } } });
        return browser;
    }

    /// <summary>Calls a method of the protocol, and gives its result.</summary>
    public async Task<JsonElement> Call(string method, object parameters)
    {
        int number = ++_number;
        byte[] message = JsonSerializer.SerializeToUtf8Bytes(new { id = number, method, @params = parameters });
        await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, _limit.Token);
        while (true)
        {
            JsonElement answer = await Receive();
            if (!answer.TryGetProperty("id", out JsonElement id)) Events.Add(answer);
            else if (id.GetInt32() == number) return answer.TryGetProperty("result", out JsonElement result) ? result : throw new InvalidOperationException(answer.ToString());
        }
    }

    /// <summary>The value of an expression in the page, as text.</summary>
    public async Task<string> Evaluate(string expression) =>
        (await Call("Runtime.evaluate", new { expression = $"String({expression})", returnByValue = true })).GetProperty("result").GetProperty("value").GetString()!;

    /// <summary>Waits until an expression holds in the page.</summary>
    public async Task WaitFor(string expression)
    {
        while (await Evaluate($"Boolean({expression})") != "true") await Task.Delay(50, _limit.Token);
    }

    /// <summary>Moves the mouse, or presses and releases its button.</summary>
    public Task<JsonElement> Mouse(string type, double x, double y) => Call("Input.dispatchMouseEvent", new { type, x, y, button = type == "mouseMoved" ? "none" : "left", clickCount = 1 });

    /// <summary>Opens a file, and waits until it is there.</summary>
    public async Task Open(string path, string ready = "true")
    {
        await Call("Page.navigate", new { url = new Uri("file://" + string.Join('/', path.Split('/').Select(Uri.EscapeDataString))).AbsoluteUri });
        await WaitFor($"document.readyState === 'complete' && ({ready})");
    }

    /// <summary>Presses a key, with its character if it has one.</summary>
    public async Task Press(string key, bool control = false)
    {
        int code = key switch { "Enter" => 13, "Tab" => 9, "Backspace" => 8, "Escape" => 27, "ArrowDown" => 40, "ArrowUp" => 38, " " => 32, _ => char.ToUpperInvariant(key[0]) };
        string text = key == "Enter" ? "\r" : key.Length == 1 && !control ? key : "";
        await Call("Input.dispatchKeyEvent", new { type = text.Length > 0 ? "keyDown" : "rawKeyDown", key, text, windowsVirtualKeyCode = code, modifiers = control ? 2 : 0 });
        await Call("Input.dispatchKeyEvent", new { type = "keyUp", key, windowsVirtualKeyCode = code, modifiers = control ? 2 : 0 });
    }

    /// <summary>Ends it at once, as a power cut would.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    /// <summary>Types text where the focus is.</summary>
    public Task<JsonElement> Type(string text) => Call("Input.insertText", new { text });

    /// <summary>Errors, exceptions and requests to anything but the page itself that the page has told of.</summary>
    public IReadOnlyList<string> Complaints => [.. Events.Where(e => e.GetProperty("method").GetString() switch
    {
        "Runtime.exceptionThrown" => true,
        "Log.entryAdded" => e.GetProperty("params").GetProperty("entry").GetProperty("level").GetString() == "error",
        "Runtime.consoleAPICalled" => e.GetProperty("params").GetProperty("type").GetString() == "error",
        "Network.requestWillBeSent" => e.GetProperty("params").GetProperty("request").GetProperty("url").GetString() is var url && !url!.StartsWith("file:///", StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal) && !url.StartsWith("blob:", StringComparison.Ordinal),
        _ => false,
    }).Select(e => e.ToString())];

    /// <summary>What axe-core finds serious or critical in the page as it is now: the rule, and the elements that break it.</summary>
    public async Task<IReadOnlyList<string>> AccessibilityFindings()
    {
        await Call("Runtime.evaluate", new { expression = new BundledAxeScriptProvider().GetScript() });
        JsonElement answer = await Call("Runtime.evaluate", new { expression = "axe.run(document, { resultTypes: ['violations'] }).then(r => JSON.stringify(r))", awaitPromise = true, returnByValue = true });
        JsonElement result = JsonDocument.Parse(answer.GetProperty("result").GetProperty("value").GetString()!).RootElement;
        Assert.True(result.GetProperty("passes").GetArrayLength() > 5); // it has looked
        return [.. result.GetProperty("violations").EnumerateArray().Where(v => v.GetProperty("impact").GetString() is "serious" or "critical")
            .Select(v => $"{v.GetProperty("id")}: {string.Join(" | ", v.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("html")))}")];
    }

    /// <summary>Shows the page as it is printed, or again as on a screen.</summary>
    public Task<JsonElement> Media(bool isPrint) => Call("Emulation.setEmulatedMedia", new { media = isPrint ? "print" : "" });

    /// <summary>What the page looks like, as PNG.</summary>
    public async Task<byte[]> Screenshot() => (await Call("Page.captureScreenshot", new { format = "png" })).GetProperty("data").GetBytesFromBase64();

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _limit.Dispose();
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                _profile?.Dispose();
                return;
            }
            catch (IOException) when (attempt < 20) // a last process still writes into it
            {
                await Task.Delay(100);
            }
        }
    }

    private async Task<JsonElement> Receive()
    {
        using var message = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, _limit.Token);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonDocument.Parse(Encoding.UTF8.GetString(message.ToArray())).RootElement;
    }

    [GeneratedRegex(@"DevTools listening on ws://([^/]+)/")]
    private static partial Regex Listening();
}
