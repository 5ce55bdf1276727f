using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CnnVis.Engine.Runtime;

/// <summary>Opens what a user names for reading. Named pipes, sockets and devices are no files: to open a pipe that nobody writes into would wait for ever.</summary>
internal static partial class PlainFile
{
    /// <summary>The bits of a file's mode that tell its kind, and kinds that are no files.</summary>
    private const int KindMask = 0xF000, Pipe = 0x1000, CharacterDevice = 0x2000, BlockDevice = 0x6000, Socket = 0xC000;

    /// <summary>So often a file that somebody holds is tried, and how many milliseconds lie between: half a second in all.</summary>
    private const int Attempts = 25, Pause = 20;

    /// <summary>Room for what the runtime tells of a file, and where its mode stands in it.</summary>
    private const int StatusSize = 512, ModeOffset = 4;

    /// <exception cref="IOException">It is no file, or cannot be opened.</exception>
    public static FileStream OpenRead(string path, FileShare share = FileShare.Read, int bufferSize = 4096)
    {
        Ensure(path);
        return Patiently(() => new FileStream(path, FileMode.Open, FileAccess.Read, share, bufferSize));
    }

    /// <exception cref="IOException">It is no file, or cannot be opened.</exception>
    public static SafeFileHandle OpenHandle(string path)
    {
        Ensure(path);
        return Patiently(() => File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read));
    }

    /// <summary>
    /// Opens what another process may have just given its name: <see cref="AtomicFile"/> holds a file until then, so that no sweep takes it, and lets go of it a moment later.
    /// </summary>
    private static T Patiently<T>(Func<T> open)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return open();
            }
            catch (IOException error) when (attempt < Attempts && IsHeld(error))
            {
                Thread.Sleep(Pause);
            }
        }
    }

    /// <summary>Whether a file cannot be opened because somebody holds it: EAGAIN of Linux, that of macOS, ERROR_SHARING_VIOLATION.</summary>
    private static bool IsHeld(IOException error) => error.HResult == (OperatingSystem.IsWindows() ? unchecked((int)0x80070020) : OperatingSystem.IsMacOS() ? 35 : 11);

    /// <summary>Looks before something is opened; what is not there is left to the opening.</summary>
    /// <exception cref="IOException">It is no file.</exception>
    public static void Ensure(string path)
    {
        if (OperatingSystem.IsWindows() || path.Contains('\0', StringComparison.Ordinal)) return;
        Span<byte> status = stackalloc byte[StatusSize];
        if (Status(path, ref MemoryMarshal.GetReference(status)) != 0) return;
        string? kind = (MemoryMarshal.Read<int>(status[ModeOffset..]) & KindMask) switch
        {
            Pipe => "a named pipe",
            Socket => "a socket",
            CharacterDevice or BlockDevice => "a device",
            _ => null,
        };
        if (kind is not null) throw new IOException($"It is {kind}, and no file.");
    }

    /// <summary>The runtime's own stat, whose form does not depend on the system.</summary>
    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(string path, ref byte status);
}
