using System.Globalization;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>
/// Finds a parameter's bytes in another file, as ONNX's external data state it (location, offset, length). The file lies in the network's own
/// folder or below: absolute paths, paths with <c>..</c> and links are refused, because a network may come from anybody.
/// </summary>
internal static class ExternalData
{
    /// <param name="tensor">The parameter.</param>
    /// <param name="modelPath">The network's file.</param>
    /// <exception cref="CnnVisException">The place is refused, the file is missing, or is too short.</exception>
    public static StoredBytes Find(TensorProto tensor, string modelPath)
    {
        string location = "";
        long offset = 0, length = -1;
        foreach (StringStringEntryProto entry in tensor.ExternalData)
        {
            switch (entry.Key)
            {
                case "location": location = entry.Value; break;
                case "offset": offset = Number(entry); break;
                case "length": length = Number(entry); break;
            }
        }
        string path = Resolve(location);
        var file = new FileInfo(path);
        if (!file.Exists) throw Refused($"lies in '{location}', which is not in the network's folder; put it there: '{path}'");
        if (offset > file.Length) throw Refused($"begins at byte {offset:N0} of '{location}', which has {file.Length:N0}; the file is damaged, or another network's");
        if (length < 0) length = file.Length - offset;
        if (length > file.Length - offset) throw Refused($"needs {length:N0} bytes from byte {offset:N0} of '{location}' on, which has {file.Length:N0}; the file is damaged, or another network's");
        return new StoredBytes(path, offset, length);

        long Number(StringStringEntryProto entry) => long.TryParse(entry.Value, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value
            : throw Refused($"has the {entry.Key} '{entry.Value}' in its external data, which is no whole number");

        string Resolve(string location)
        {
            // Either slash: the network may have been made on another system.
            string[] parts = location.Split('/', '\\');
            if (location.Length == 0 || parts.Any(p => p is "" or ".." || p.Contains(':') || p.Contains('\0')))
                throw Refused($"lies in '{location}'; only files in the network's own folder, or below it, are read");
            string path = Path.GetDirectoryName(Path.GetFullPath(modelPath))!;
            foreach (string part in parts.Where(p => p != "."))
            {
                path = Path.Join(path, part);
                if (new FileInfo(path).LinkTarget is not null) throw Refused($"lies in '{location}', which is a link; put the file itself into the network's folder");
            }
            return path;
        }

        CnnVisException Refused(string what) => new(ErrorIds.ModelUnreadable, $"Parameter '{tensor.Name}' {what}.", location);
    }
}
