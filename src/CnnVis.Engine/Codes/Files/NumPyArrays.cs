using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using CnnVis.Engine.Models.Weights;
using CnnVis.Engine.Models.Weights.Archives;
using CnnVis.Engine.Models.Weights.Files;
using CnnVis.Engine.NumPy;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Codes.Files;

/// <summary>The arrays of a NumPy file: numbers of any kind as float32, and text.</summary>
internal sealed class NumPyArrays : IDisposable
{
    private readonly WeightSources _sources = new();
    private readonly OrderedDictionary<string, ISection> _arrays = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, StoredTensor> _numbers = new(StringComparer.Ordinal);

    /// <exception cref="CnnVisException">The file is damaged, or no NumPy file.</exception>
    public NumPyArrays(string path)
    {
        try
        {
            WeightSource source = _sources.Open(path);
            byte[] start = source.Read(0, Math.Min(8, source.Length));
            if (NpyHeader.Recognises(start)) _arrays[CodeColumns.Values] = new FileRange(source, 0, source.Length);
            else
            {
                var archive = new WeightArchive(source);
                if (!NumPyWeights.Recognises(archive)) throw WeightErrors.Unreadable("it is a zip archive without NumPy arrays");
                foreach (var (name, section) in NumPyWeights.Arrays(archive)) _arrays[name] = section;
            }
            foreach (var (name, section) in _arrays)
                if (NumPyWeights.Read(section, name) is { } tensor) _numbers[name] = tensor;
        }
        catch
        {
            _sources.Dispose();
            throw;
        }
    }

    /// <summary>Whether a file that begins so is one.</summary>
    public static bool Recognises(ReadOnlySpan<byte> start) => NpyHeader.Recognises(start) || WeightArchive.Recognises(start);

    /// <summary>Names of the arrays of numbers.</summary>
    public IEnumerable<string> Numbers => _numbers.Keys;

    /// <summary>An array's extents; null where there is no such array of numbers.</summary>
    public long[]? Shape(string name) => _numbers.TryGetValue(name, out StoredTensor? tensor) ? tensor.Shape : null;

    /// <summary>The rows of an array of numbers: along its first index, the others one after the other. An array of one dimension is one row.</summary>
    public IEnumerable<float[]> Rows(string name, CancellationToken stop = default)
    {
        const long ChunkSize = 1 << 22;
        using Tensor tensor = StorageLoader.Load(new Dictionary<string, StoredTensor> { [name] = _numbers[name] }, stop)[0].Tensor;
        using Tensor rows = tensor.dim() < 2 ? tensor.view(1, -1) : tensor.alias();
        long count = rows.shape[0], length = count == 0 ? 0 : rows.NumberOfElements / count, chunk = Math.Max(1, ChunkSize / Math.Max(1, length));
        for (long from = 0; from < count; from += chunk)
        {
            float[] values = Chunk(rows, from, Math.Min(chunk, count - from));
            for (long at = 0; at < values.LongLength; at += length) yield return values[(int)at..(int)(at + length)];
        }
    }

    /// <summary>A single number, or the first of an array; null where there is none.</summary>
    public double? Number(string name)
    {
        if (Shape(name) is not { } shape || shape.Contains(0)) return null;
        using Stream stream = _arrays[name].Open();
        if (NpyHeader.Read(stream, _arrays[name].Length).Header.Type != "<f8") return Doubles(name)[0];
        Span<byte> number = stackalloc byte[sizeof(double)];
        stream.ReadExactly(number);
        return BinaryPrimitives.ReadDoubleLittleEndian(number); // tensors of numbers hold no more than float32
    }

    /// <summary>An array's texts, or its numbers as texts; null where there is no such array.</summary>
    /// <exception cref="CnnVisException">It has another count.</exception>
    public string?[]? Texts(string name, long count)
    {
        if (!_arrays.TryGetValue(name, out ISection? section)) return null;
        string[] texts = _numbers.ContainsKey(name)
            ? [.. Doubles(name).Select(v => v.ToString("R", CultureInfo.InvariantCulture))]
            : ReadTexts(section);
        if (texts.LongLength != count) throw new CnnVisException(ErrorIds.CodesUnreadable, $"its array '{name}' has {texts.Length} entries, and {count} belong there.");
        return [.. texts.Select(t => t.Length > 0 ? t : null)];
    }

    private double[] Doubles(string name)
    {
        using var scope = NewDisposeScope();
        Tensor tensor = StorageLoader.Load(new Dictionary<string, StoredTensor> { [name] = _numbers[name] }, default)[0].Tensor;
        return MemoryMarshal.Cast<byte, double>(tensor.to(ScalarType.Float64).contiguous().bytes).ToArray();
    }

    private static float[] Chunk(Tensor rows, long from, long count)
    {
        using var scope = NewDisposeScope();
        return rows.narrow(0, from, count).ToFloats();
    }

    private static string[] ReadTexts(ISection section)
    {
        using Stream stream = section.Open();
        var (header, skip) = NpyHeader.Read(stream, section.Length);
        bool wide = header.Type[1] == 'U';
        if (!int.TryParse(header.Type.AsSpan(2), out int characters) || characters > 1 << 20) throw WeightErrors.Unreadable($"its type {WeightErrors.Quote(header.Type)} is impossible");
        long count = header.Shape.Aggregate(1L, (a, b) => checked(a * b)), size = wide ? 4L * characters : characters;
        if (checked(count * size) > section.Length - skip) throw WeightErrors.Unreadable("it is cut short; copy or download it again");
        byte[] buffer = new byte[size];
        string[] texts = new string[count];
        Encoding encoding = wide ? new UTF32Encoding(header.BigEndian, byteOrderMark: false) : Encoding.UTF8;
        for (long i = 0; i < count; i++)
        {
            stream.ReadExactly(buffer);
            texts[i] = encoding.GetString(buffer).TrimEnd('\0');
        }
        return texts;
    }

    public void Dispose() => _sources.Dispose();
}
