namespace CnnVis.Engine.Correspondence.Keypoints;

/// <summary>Finds the pictures that annotations name, by file name with or without extension: in the folder that is named, or else beside the annotation and in the folders above it, in each also in JPEGImages, and in the class's folder there.</summary>
internal sealed class PictureFinder
{
    private const int Levels = 4;
    private static readonly string[] _extensions = ["", ".jpg", ".JPEG", ".jpeg", ".png", ".JPG"];

    private readonly List<string> _folders = [];

    /// <param name="annotation">The file that names the pictures.</param>
    /// <param name="folder">Where they lie; null where that is not known.</param>
    public PictureFinder(string annotation, string? folder)
    {
        string? place = folder ?? Path.GetDirectoryName(Path.GetFullPath(annotation));
        for (int i = 0; i < (folder is null ? Levels : 1) && place is not null; i++, place = Path.GetDirectoryName(place)) _folders.AddRange([place, Path.Join(place, "JPEGImages")]);
    }

    /// <summary>The picture; null where it is not there.</summary>
    public string? Find(string name, string @class)
    {
        string plain = name.Replace('\\', Path.DirectorySeparatorChar);
        if (Path.IsPathRooted(plain)) return File.Exists(plain) ? plain : null;
        foreach (string folder in _folders)
            foreach (string place in (string[])[folder, Path.Join(folder, @class)])
                foreach (string extension in _extensions)
                    if (Path.GetFullPath(Path.Join(place, plain + extension)) is var file && File.Exists(file)) return file;
        return null;
    }
}
