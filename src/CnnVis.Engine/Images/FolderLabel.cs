namespace CnnVis.Engine.Images;

/// <summary>What the folders say of pictures that are sorted by class.</summary>
public static class FolderLabel
{
    /// <summary>Name of the folder that a picture lies in, in a tar file too; null where there is none.</summary>
    public static string? Of(string path)
    {
        if (TarPath.Of(path) is { } place) path = place.Entry;
        return Path.GetFileName(Path.GetDirectoryName(path)) is { Length: > 0 } name ? VisibleText.Of(name) : null;
    }
}
