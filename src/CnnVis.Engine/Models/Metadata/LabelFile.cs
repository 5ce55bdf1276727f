using CnnVis.Engine.Runtime;

namespace CnnVis.Engine.Models.Metadata;

/// <summary>Class names from a text file: a name a line, or a list or dictionary by index as JSON or Python write it.</summary>
public static class LabelFile
{
    /// <summary>The names by output index.</summary>
    /// <exception cref="CnnVisException">The file cannot be read.</exception>
    public static string[] Read(string path)
    {
        try
        {
            PlainFile.Ensure(path);
            string text = File.ReadAllText(path);
            return text.TrimStart() is ['[' or '{', ..] && LooseList.Texts(text) is { } names ? names : [.. text.Split('\n').Select(l => l.TrimEnd('\r')).Where(l => l.Length > 0)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CnnVisException(ErrorIds.PathNotFound, $"The class names in '{path}' cannot be read: {e.Message}", path, e);
        }
    }
}
