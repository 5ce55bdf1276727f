using System.Formats.Tar;
using CnnVis.Engine.Runtime;

namespace CnnVis.Engine.Images;

/// <summary>Reads what a tar file holds, entry by entry, without unpacking it.</summary>
public static class TarFile
{
    /// <summary>
    /// The pictures in a tar file, in its order, one by one: regular files whose names say that they are pictures. Hidden ones are passed over, as in folders.
    /// Only headers are read here.
    /// </summary>
    /// <param name="tar">The file.</param>
    /// <param name="folder">The folder in it, with all below, or the one entry; empty for all.</param>
    /// <param name="failed">Takes what ends the reading early: the file cannot be opened, or is damaged.</param>
    public static IEnumerable<ImageSource> Pictures(string tar, string folder, Action<CnnVisException> failed)
    {
        FileStream file;
        try
        {
            file = PlainFile.OpenRead(tar, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            failed(new CnnVisException(ErrorIds.ImageUnreadable, $"'{tar}' cannot be read: {error.Message}", tar, error));
            yield break;
        }
        using var reader = new TarReader(file); // closes the file too
        while (true)
        {
            TarEntry? entry;
            try
            {
                entry = reader.GetNextEntry();
                if (entry is not null && entry.DataOffset + entry.Length > file.Length) throw new EndOfStreamException();
            }
            catch (Exception error) when (error is IOException or FormatException or InvalidDataException or ArgumentException or NotSupportedException or OverflowException or InvalidOperationException)
            {
                string reason = error is EndOfStreamException ? "it is cut short; copy or download it again" : "it is no tar file, or damaged";
                failed(new CnnVisException(ErrorIds.ImageUnreadable, $"'{tar}' cannot be read to its end: {reason}.", tar, error));
                yield break;
            }
            if (entry is null) yield break;
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile)) continue;
            string name = Plain(entry.Name);
            if (!ImageFiles.IsImage(name) || IsHidden(name) || !IsIn(name, folder)) continue;
            yield return ImageSource.InTar(tar, name, entry.DataOffset, entry.Length);
        }
    }

    private static string Plain(string name)
    {
        while (name.StartsWith("./", StringComparison.Ordinal)) name = name[2..];
        return name.TrimStart('/');
    }

    private static bool IsHidden(string name) => name[0] == '.' || name.Contains("/.", StringComparison.Ordinal);

    private static bool IsIn(string name, string folder) =>
        folder.Length == 0 || name.StartsWith(folder, StringComparison.Ordinal) && (name.Length == folder.Length || name[folder.Length] == '/');
}
