using CnnVis.Engine.Runtime;
using CnnVis.Engine.Scans;

namespace CnnVis.Engine.Retrieval;

/// <summary>What a retrieval found, or has found so far, as a file: checkpoint, result of a shard and merged result alike. The same findings make the same bytes.</summary>
public static class RetrievalFile
{
    /// <summary>Writes a file, whole or not at all.</summary>
    /// <exception cref="CnnVisException">It exists and may not be replaced (FileExists), or cannot be written (WriteFailed).</exception>
    public static void Write(string path, MaxActivatingImageSet set, bool overwrite) => AtomicFile.Write(path, stream => Write(stream, set), overwrite);

    /// <summary>Writes the bytes.</summary>
    public static void Write(Stream stream, MaxActivatingImageSet set) => ScanFile.Write(stream, FoundUnits.QuestionOf(set), RetrievalMerge.StateOf(set), FoundUnits.Of(set.Units));

    /// <summary>Reads a file.</summary>
    /// <exception cref="CnnVisException">It is not there (PathNotFound), or is none (RetrievalUnreadable).</exception>
    public static MaxActivatingImageSet Read(string path)
    {
        ScanFile file = ScanFile.Open(path);
        if (file.Header.Kind != FoundUnits.Kind.Name) throw new CnnVisException(ErrorIds.RetrievalUnreadable, $"'{path}' is no checkpoint or result of Find-MaxActivatingImage: it holds {file.Header.Kind}. Merge-CnnResult reads it.", path);
        return ScanReader.Try(path, () => file.Sum<FoundUnits>().ToSet(file.Header.Question, file.State));
    }
}
