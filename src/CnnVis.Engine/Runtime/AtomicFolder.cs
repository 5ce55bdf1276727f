namespace CnnVis.Engine.Runtime;

/// <summary>
/// A folder that takes its name when everything in it is there: it is filled under another name beside the target. What stood there before is kept until
/// <see cref="Commit"/> and comes back otherwise.
/// </summary>
public sealed class AtomicFolder : IDisposable
{
    private readonly string _path, _temporary, _before;
    private readonly FileStream _held; // tells others that it is not abandoned
    private bool _isInPlace, _isCommitted;

    /// <summary>Begins a folder; makes those above it.</summary>
    /// <param name="path">What it will be called.</param>
    /// <param name="overwrite">Replace one that exists.</param>
    /// <exception cref="CnnVisException">It exists and may not be replaced (FileExists), or cannot be written (WriteFailed).</exception>
    public AtomicFolder(string path, bool overwrite)
    {
        _path = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(_path) ?? throw new CnnVisException(ErrorIds.WriteFailed, $"'{path}' cannot be a folder of files.", path);
        _before = Path.Join(folder, $".{Path.GetRandomFileName()}.old");
        if (Path.Exists(_path) && !overwrite) throw new CnnVisException(ErrorIds.FileExists, $"'{_path}' exists already. Choose another name, or replace it with -Force.", _path);
        if (File.Exists(_path)) throw new CnnVisException(ErrorIds.WriteFailed, $"'{_path}' is a file, where a folder has to be. Choose another name.", _path);
        (string Path, FileStream Held)? made = null;
        Guarded(() =>
        {
            Directory.CreateDirectory(folder);
            TemporaryName.Sweep(folder);
            made = TemporaryName.CreateFolder(folder);
        });
        (_temporary, _held) = made!.Value;
    }

    /// <summary>Adds a file.</summary>
    /// <param name="name">Its path below the folder.</param>
    /// <param name="content">Its content.</param>
    /// <exception cref="CnnVisException">It cannot be written (WriteFailed).</exception>
    public void Add(string name, ReadOnlySpan<byte> content)
    {
        string file = Path.Join(_temporary, name);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, content);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed(error);
        }
    }

    /// <summary>Puts it in place. Until <see cref="Commit"/> it can be taken back.</summary>
    /// <exception cref="CnnVisException">It cannot be written (WriteFailed).</exception>
    public void Place() => Guarded(() =>
    {
        _held.Dispose(); // Windows moves no folder with an open file in it
        if (Directory.Exists(_path)) Directory.Move(_path, _before);
        Directory.Move(_temporary, _path);
        _isInPlace = true;
    });

    /// <summary>Keeps it, and removes what stood there before.</summary>
    public void Commit() => _isCommitted = true;

    /// <summary>Without <see cref="Commit"/>, everything is as it was before.</summary>
    public void Dispose()
    {
        _held.Dispose();
        try
        {
            if (!_isCommitted)
            {
                string mine = _isInPlace ? _path : _temporary;
                if (Directory.Exists(mine)) Directory.Delete(mine, recursive: true);
                if (Directory.Exists(_before)) Directory.Move(_before, _path);
            }
            else if (Directory.Exists(_before)) Directory.Delete(_before, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report, and a leftover under a hidden name does no harm.
        }
    }

    private void Guarded(Action step)
    {
        try
        {
            step();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed(error);
        }
    }

    private CnnVisException Failed(Exception error) => new(ErrorIds.WriteFailed, $"'{_path}' could not be written: {error.Message}", _path, error);
}
