using System.Formats.Tar;

namespace CnnVis.Engine.Tests.Images;

/// <summary>Makes tar files.</summary>
internal static class Tars
{
    public static byte[] Of(params (string Name, byte[] Content)[] entries) => Of(TarEntryFormat.Pax, entries);

    public static byte[] Of(TarEntryFormat format, params (string Name, byte[] Content)[] entries)
    {
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, format, leaveOpen: true))
            foreach (var (name, content) in entries)
            {
                TarEntryType type = name.EndsWith('/') ? TarEntryType.Directory : format == TarEntryFormat.V7 ? TarEntryType.V7RegularFile : TarEntryType.RegularFile;
                TarEntry entry = format switch
                {
                    TarEntryFormat.V7 => new V7TarEntry(type, name),
                    TarEntryFormat.Ustar => new UstarTarEntry(type, name),
                    TarEntryFormat.Gnu => new GnuTarEntry(type, name),
                    _ => new PaxTarEntry(type, name),
                };
                if (type != TarEntryType.Directory) entry.DataStream = new MemoryStream(content);
                writer.WriteEntry(entry);
            }
        return stream.ToArray();
    }
}
