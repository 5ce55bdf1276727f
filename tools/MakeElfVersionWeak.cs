using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies a 64-bit little-endian ELF library, with one needed symbol version marked weak: the system's loader then accepts a library
/// that lacks the version. Safe only where no symbol of that version is ever called.
/// </summary>
/// <remarks>
/// Compiled by MSBuild itself (RoslynCodeTaskFactory), hence no newer C#. The structures are those of elf.h:
/// the ELF header (Elf64_Ehdr) leads to the program headers (Elf64_Phdr); one of them, PT_DYNAMIC, is a table of tags (Elf64_Dyn) that
/// leads to the string table and to the list of needed versions (Elf64_Verneed, one a library; Elf64_Vernaux, one a version).
/// </remarks>
public sealed class MakeElfVersionWeak : Task
{
    private const int ProgramHeaderLoad = 1, ProgramHeaderDynamic = 2;
    private const ulong TagStringTable = 5, TagVersionNeed = 0x6ffffffe, TagVersionNeedCount = 0x6fffffff;
    private const ushort FlagWeak = 2;

    private byte[] _file;

    /// <summary>The library as it was delivered.</summary>
    [Required]
    public string Source { get; set; }

    /// <summary>Where the changed copy goes.</summary>
    [Required]
    public string Destination { get; set; }

    /// <summary>The version that need not be there, such as GLIBCXX_3.4.32.</summary>
    [Required]
    public string Version { get; set; }

    /// <inheritdoc/>
    public override bool Execute()
    {
        _file = File.ReadAllBytes(Source);
        if (UInt32(0) != 0x464c457f || _file[4] != 2 || _file[5] != 1)
        {
            Log.LogError("{0} is no 64-bit little-endian ELF library.", Source);
            return false;
        }
        int marked = Mark();
        if (marked != 1)
        {
            Log.LogError("{0} needs {1} {2} times instead of once: this is another TorchSharp than tools/NativeLibraries.targets was written for. If the library no longer needs that version, remove the patch.", Source, Version, marked);
            return false;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Destination)));
        // Never through a hard link that an earlier build made.
        File.Delete(Destination);
        File.WriteAllBytes(Destination, _file);
        return true;
    }

    private int Mark()
    {
        Dictionary<ulong, ulong> tags = DynamicTags();
        int strings = Offset(tags[TagStringTable]);
        int need = Offset(tags[TagVersionNeed]);
        int marked = 0;
        // Elf64_Verneed: version 0, count 2, file name 4, first Vernaux 8, next 12; places are relative to the entry.
        for (ulong n = 0; n < tags[TagVersionNeedCount]; n++)
        {
            // Elf64_Vernaux: hash 0, flags 4, other 6, name 8, next 12.
            int version = need + (int)UInt32(need + 8);
            for (int count = UInt16(need + 2); count > 0; count--)
            {
                if (Text(strings + (int)UInt32(version + 8)) == Version)
                {
                    _file[version + 4] |= (byte)FlagWeak;
                    marked++;
                }
                version += (int)UInt32(version + 12);
            }
            need += (int)UInt32(need + 12);
        }
        return marked;
    }

    // Elf64_Dyn: tag 0, value 8; a tag of 0 ends the table.
    private Dictionary<ulong, ulong> DynamicTags()
    {
        var tags = new Dictionary<ulong, ulong>();
        foreach (int header in ProgramHeaders(ProgramHeaderDynamic))
        {
            int entry = (int)UInt64(header + 8);
            for (int end = entry + (int)UInt64(header + 32); entry < end && UInt64(entry) != 0; entry += 16) tags[UInt64(entry)] = UInt64(entry + 8);
        }
        return tags;
    }

    // The place in the file of an address in memory.
    private int Offset(ulong address)
    {
        // Elf64_Phdr: type 0, flags 4, offset in the file 8, address 16, size in the file 32.
        foreach (int header in ProgramHeaders(ProgramHeaderLoad))
        {
            ulong from = UInt64(header + 16);
            if (address >= from && address - from < UInt64(header + 32)) return (int)(address - from + UInt64(header + 8));
        }
        throw new InvalidDataException(Source + ": address " + address.ToString("x") + " lies in no segment.");
    }

    // Elf64_Ehdr: program headers at 32, the size of one at 54, their number at 56.
    private IEnumerable<int> ProgramHeaders(int type)
    {
        int first = (int)UInt64(32), size = UInt16(54), count = UInt16(56);
        for (int i = 0; i < count; i++)
            if (UInt32(first + i * size) == type) yield return first + i * size;
    }

    private string Text(int at)
    {
        return Encoding.ASCII.GetString(_file, at, Array.IndexOf(_file, (byte)0, at) - at);
    }

    private ushort UInt16(int at) { return BitConverter.ToUInt16(_file, at); }

    private uint UInt32(int at) { return BitConverter.ToUInt32(_file, at); }

    private ulong UInt64(int at) { return BitConverter.ToUInt64(_file, at); }
}
