using System.Runtime.InteropServices;
using CnnVis.Engine.Runtime;
using CnnVis.Engine.Tensors;

namespace CnnVis.Engine.Codes.Files;

/// <summary>
/// Reads codes and maps from files: NumPy's arrays and archives, this module's and others', and tables. The kind is told by the content. Of an array, the first index counts the codes, and the
/// others are read one after the other; an array of one dimension is one code. An archive that is not of this module has one array of numbers, or one of more than one dimension.
/// </summary>
public static class CodeFile
{
    /// <summary>The codes of a file, one by one.</summary>
    /// <exception cref="CnnVisException">The file is not there (PathNotFound), or holds no codes that can be read (CodesUnreadable).</exception>
    public static IEnumerable<CnnCode> Read(string path, CancellationToken stop = default)
    {
        using IEnumerator<CnnCode> codes = Guarded(path, () => Open(path, stop).GetEnumerator());
        while (Guarded(path, codes.MoveNext)) yield return codes.Current;
    }

    /// <summary>The map that a file holds; null where it holds only codes.</summary>
    /// <exception cref="CnnVisException">The file is not there (PathNotFound), or cannot be read (CodesUnreadable).</exception>
    public static TsneMap? ReadMap(string path, CancellationToken stop = default) => Guarded(path, () =>
    {
        if (!IsNumPy(path)) return null;
        using var arrays = new NumPyArrays(path);
        if (arrays.Shape(MapNumbers.Positions) is not [var count, >= 1 and <= 3 and var dimension]) return null;
        CnnCode[] codes = [.. FromArrays(arrays, stop)];
        if (codes.LongLength != count) throw Unreadable(path, $"it has {count} places and {codes.Length} codes.");
        return MapNumbers.Read([.. codes.Zip(arrays.Rows(MapNumbers.Positions, stop), (code, place) => new TsnePoint(code, place))], (int)dimension, arrays.Number);
    });

    private static IEnumerable<CnnCode> Open(string path, CancellationToken stop)
    {
        if (!IsNumPy(path))
        {
            foreach (CnnCode code in CodeTable.Read(path)) yield return code;
            yield break;
        }
        using var arrays = new NumPyArrays(path);
        CnnCode[]? beside = File.Exists(CodeColumns.Beside(path)) ? [.. CodeTable.Read(CodeColumns.Beside(path))] : null;
        int index = 0;
        foreach (CnnCode code in FromArrays(arrays, stop))
            yield return beside is not null && index < beside.Length ? beside[index++] with { Values = code.Values } : code;
    }

    private static IEnumerable<CnnCode> FromArrays(NumPyArrays arrays, CancellationToken stop)
    {
        string[] beside = [CodeColumns.Paths, CodeColumns.Labels, CodeColumns.Tiles, CodeColumns.Model, CodeColumns.Hash, CodeColumns.Layer, .. MapNumbers.Names];
        string[] candidates = [.. arrays.Numbers.Where(n => !beside.Contains(n))], matrices = [.. candidates.Where(n => arrays.Shape(n)!.Length > 1)];
        string name = candidates.Contains(CodeColumns.Values) ? CodeColumns.Values : matrices.Length == 1 ? matrices[0] : candidates.Length == 1 ? candidates[0]
            : throw new CnnVisException(ErrorIds.CodesUnreadable, candidates.Length == 0 ? "it has no array of numbers." : $"it has several arrays of numbers ({string.Join(", ", candidates)}); call the codes '{CodeColumns.Values}'.");
        long[] shape = arrays.Shape(name)!;
        long count = shape.Length > 1 ? shape[0] : 1;
        string?[]? paths = arrays.Texts(CodeColumns.Paths, count), labels = arrays.Texts(CodeColumns.Labels, count);
        string? model = arrays.Texts(CodeColumns.Model, 1)?[0], hash = arrays.Texts(CodeColumns.Hash, 1)?[0], layer = arrays.Texts(CodeColumns.Layer, 1)?[0];
        float[][]? tiles = arrays.Shape(CodeColumns.Tiles) is [var boxes, 4] && boxes == count ? [.. arrays.Rows(CodeColumns.Tiles, stop)] : null;
        int index = 0;
        foreach (float[] values in arrays.Rows(name, stop))
        {
            yield return new CnnCode
            {
                Path = paths?[index],
                Label = labels?[index],
                Tile = tiles?[index] is [>= 0 and var x, var y, var width, var height] ? new PixelBox((int)x, (int)y, (int)width, (int)height) : null,
                Model = model,
                Hash = hash,
                Layer = layer,
                Values = values,
            };
            index++;
        }
    }

    private static bool IsNumPy(string path)
    {
        if (!File.Exists(path)) throw new CnnVisException(ErrorIds.PathNotFound, Directory.Exists(path) ? $"'{path}' is a folder; name the file in it." : $"There is no file '{path}'.", path);
        Span<byte> start = stackalloc byte[8];
        using FileStream file = PlainFile.OpenRead(path);
        int length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return NumPyArrays.Recognises(start[..length]);
    }

    private static T Guarded<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CnnVisException e) when (e.ErrorId is ErrorIds.WeightsUnreadable || e.ErrorId is ErrorIds.CodesUnreadable && e.Target is null)
        {
            throw Unreadable(path, e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ExternalException or OutOfMemoryException or InvalidDataException or OverflowException)
        {
            throw Unreadable(path, e is EndOfStreamException ? "it is cut short; copy or download it again." : OperatorFailure.Reason(e), e);
        }
    }

    private static CnnVisException Unreadable(string path, string why, Exception? inner = null) => new(ErrorIds.CodesUnreadable, $"'{path}' cannot be read as codes: {why}", path, inner);
}
