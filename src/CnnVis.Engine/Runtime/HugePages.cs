using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CnnVis.Engine.Runtime;

/// <summary>
/// Asks Linux for 2 MiB pages where large memory is about to be filled. Touching 244 MB for the first time costs 60,000 page faults of 4 KiB, which take several
/// times as long as reading that much from the file cache; elsewhere, and where the system says no, nothing changes.
/// </summary>
internal static partial class HugePages
{
    private const int MadviseHugePage = 14;
    private const nint PageSize = 4096, HugePageSize = 1 << 21;

    /// <summary>Call it before the first byte is written.</summary>
    public static unsafe void Advise(Span<byte> memory)
    {
        if (!OperatingSystem.IsLinux() || memory.Length < 2 * HugePageSize) return;
        nint start = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(memory)), aligned = (start + PageSize - 1) & -PageSize;
        _ = Madvise(aligned, (nuint)(start + memory.Length - aligned) & ~(nuint)(PageSize - 1), MadviseHugePage); // advice only: refused, all works as before
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Madvise(nint address, nuint length, int advice);
}
