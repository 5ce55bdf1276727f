using System.Management.Automation;
using CnnVis.Engine.Images;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>PowerShell paths as paths of the file system.</summary>
internal static class FilePaths
{
    /// <summary>The existing files and folders that the paths name, and those inside tar files, in ordinal order within each wildcard.</summary>
    public static IEnumerable<string> Resolve(PSCmdlet cmdlet, bool literal, IEnumerable<string> paths, Action<CnnVisException> report)
    {
        foreach (string path in paths)
        {
            string[] found = [];
            CnnVisException? error = null;
            try
            {
                found = Find(cmdlet, literal, path);
                if (found.Length == 0) error = Missing(path);
            }
            catch (CnnVisException e)
            {
                error = e;
            }
            catch (Exception e) when (IsPathError(e))
            {
                error = NotFound(path, e);
            }
            if (error is not null) report(error);
            foreach (string file in found) yield return file;
        }
    }

    /// <summary>The pictures that the paths name, read ahead; what is wrong with a path stands in its place.</summary>
    public static ImageListing List(CnnVisCommand cmdlet, bool literal, IEnumerable<string> paths, bool recurse)
    {
        var places = new List<(string? Path, CnnVisException? Error)>();
        foreach (string path in Resolve(cmdlet, literal, paths, error => places.Add((null, error)))) places.Add((path, null));
        bool isOne = places is [{ Path: { } single }] && ImageSources.IsOneFile(single);
        return new ImageListing(failed => places.SelectMany(place =>
        {
            if (place.Path is { } path) return ImageSources.In(path, recurse, failed);
            failed(place.Error!);
            return [];
        }), isAhead: !isOne, cmdlet.Cancellation);
    }

    /// <summary>The path in the file system that a PowerShell path means, whether or not anything is there.</summary>
    /// <exception cref="CnnVisException">It means none.</exception>
    public static string Plain(SessionState session, string path)
    {
        try
        {
            string plain = session.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return provider.Name == "FileSystem" ? plain
                : throw new CnnVisException(ErrorIds.PathNotFound, $"'{path}' is a path of the {provider.Name} provider; pictures and networks are files.", path);
        }
        catch (Exception e) when (IsPathError(e))
        {
            throw NotFound(path, e);
        }
    }

    private static string[] Find(PSCmdlet cmdlet, bool literal, string path)
    {
        string plain = Plain(cmdlet.SessionState, path);
        TarPath? inTar = TarPath.Of(plain);
        bool isPattern = !literal && WildcardPattern.ContainsWildcardCharacters(path);
        if (File.Exists(plain) || Directory.Exists(plain) || !isPattern && ImageSources.Exists(plain)) return [plain];
        if (!isPattern) return [];
        if (inTar is { } place) return Matching(place);
        return [.. cmdlet.GetResolvedProviderPathFromPSPath(path, out _).Order(StringComparer.Ordinal)];
    }

    private static string[] Matching(TarPath place)
    {
        var pattern = new NamePattern($"{WildcardPattern.Escape(place.Tar)}/{place.Entry}");
        return [.. TarFile.Pictures(place.Tar, "", error => throw error).Select(s => s.Path).Where(pattern.IsMatch)];
    }

    private static bool IsPathError(Exception e) =>
        e is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or WildcardPatternException or PSInvalidOperationException;

    private static CnnVisException NotFound(string path, Exception e) => new(ErrorIds.PathNotFound, $"'{path}' cannot be found: {e.Message}", path, e);

    private static CnnVisException Missing(string path) => new(ErrorIds.PathNotFound, WildcardPattern.ContainsWildcardCharacters(path)
        ? $"Nothing matches '{path}'. If its brackets or asterisks are part of the name, use -LiteralPath."
        : $"There is no file or folder '{path}'.", path);
}
