using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CnnVis.Engine.Runtime;

/// <summary>Opens what a user names for reading. Named pipes, sockets and devices are no files: to open a pipe that nobody writes into would wait for ever.</summary>
internal static partial class PlainFile
{
    /// <summary>The bits of a file's mode that tell its kind, and kinds that are no files.</summary>
    private const int KindMask = 0xF000, Pipe = 0x1000, CharacterDevice = 0x2000, BlockDevice = 0x6000, Socket = 0xC000;

    /// <summary>Room for what the runtime tells of a file, and where its mode stands in it.</summary>
    private const int StatusSize = 512, ModeOffset = 4;

    /// <exception cref="IOException">It is no file, or cannot be opened.</exception>
    public static FileStream OpenRead(string path, FileShare share = FileShare.Read, int bufferSize = 4096)
    {
        Ensure(path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, share, bufferSize);
    }

    /// <exception cref="IOException">It is no file, or cannot be opened.</exception>
    public static SafeFileHandle OpenHandle(string path)
    {
        Ensure(path);
        return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
    }

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
