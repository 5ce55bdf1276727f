using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace CnnVis.Engine.Terminals;

/// <summary>The terminal of this process: whether there is one, what it can do, how large it is.</summary>
public static partial class Terminal
{
    /// <summary>How long answers may take in all, and tenths of a second to wait for the next byte.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    private const byte Tenths = 2;

    private static TerminalAnswer? _answer;
    private static bool _wasAsked;

    /// <summary>What it can do. It is asked once a process.</summary>
    public static TerminalTraits Traits(TerminalProtocol wanted)
    {
        if (!_wasAsked)
        {
            _wasAsked = true;
            _answer = Ask();
        }
        return TerminalTraits.Of(_answer, Environment.GetEnvironmentVariable, wanted);
    }

    /// <summary>Columns and rows.</summary>
    public static (int Columns, int Rows) Size()
    {
        try
        {
            return (Math.Max(1, Console.WindowWidth), Math.Max(1, Console.WindowHeight));
        }
        catch (IOException)
        {
            return (80, 24);
        }
    }

    private static TerminalAnswer? Ask()
    {
        if (Console.IsInputRedirected || Environment.GetEnvironmentVariable("TERM") is "dumb" or "linux") return null;
        try
        {
            string answers = OperatingSystem.IsWindows() ? ByKeys() : ByBytes();
            return answers.Length == 0 ? null : TerminalAnswer.Parse(answers);
        }
        catch (Exception error) when (error is IOException or InvalidOperationException or EntryPointNotFoundException or DllNotFoundException)
        {
            return null; // then half blocks do
        }
    }

    /// <summary>On Windows answers come as keys.</summary>
    private static string ByKeys()
    {
        var answers = new StringBuilder();
        var clock = Stopwatch.StartNew();
        Console.Out.Write(TerminalAnswer.Question);
        Console.Out.Flush();
        while (clock.Elapsed < _patience && !TerminalAnswer.IsComplete(answers.ToString()))
        {
            if (Console.KeyAvailable) answers.Append(Console.ReadKey(intercept: true).KeyChar);
            else System.Threading.Thread.Sleep(5);
        }
        return answers.ToString();
    }

    /// <summary>Elsewhere the terminal must not echo them, so it is set as .NET sets it for ReadKey while they are read.</summary>
    private static string ByBytes()
    {
        _ = Console.KeyAvailable; // has .NET's part that knows the terminal begin
        var answers = new StringBuilder();
        var clock = Stopwatch.StartNew();
        byte[] bytes = new byte[256];
        InitializeConsoleBeforeRead(minChars: 0, decisecondsTimeout: Tenths);
        try
        {
            Console.Out.Write(TerminalAnswer.Question);
            Console.Out.Flush();
            // The descriptor itself: Console's stream would wait for a whole line.
            using var input = new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 1);
            while (clock.Elapsed < _patience && !TerminalAnswer.IsComplete(answers.ToString()))
            {
                int count = input.Read(bytes);
                if (count == 0 && answers.Length == 0 && clock.Elapsed > _patience / 2) break;
                answers.Append(Encoding.Latin1.GetString(bytes, 0, count));
            }
        }
        finally
        {
            UninitializeConsoleAfterRead();
        }
        return answers.ToString();
    }

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_InitializeConsoleBeforeRead")]
    private static partial void InitializeConsoleBeforeRead(byte minChars, byte decisecondsTimeout);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_UninitializeConsoleAfterRead")]
    private static partial void UninitializeConsoleAfterRead();
}
