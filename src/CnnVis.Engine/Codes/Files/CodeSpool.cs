using System.Runtime.InteropServices;
using CnnVis.Engine.Runtime;

namespace CnnVis.Engine.Codes.Files;

/// <summary>Codes on their way into a file, whose head has to tell how many there are: the vectors wait in a temporary file, and memory holds only what belongs to each.</summary>
public sealed class CodeSpool : IDisposable
{
    private readonly FileStream _values = Spool.Open();
    private readonly List<CnnCode> _codes = []; // without their vectors

    /// <summary>The codes without their vectors.</summary>
    public IReadOnlyList<CnnCode> Codes => _codes;

    /// <summary>Numbers of each vector.</summary>
    public int Length { get; private set; }

    /// <summary>Adds a code.</summary>
    /// <exception cref="CnnVisException">It is not of the network, the layer or the length of those before it; or there is no room for it (WriteFailed).</exception>
    public void Add(CnnCode code)
    {
        string name = code.Path is null ? $"Code {_codes.Count}" : $"Code {_codes.Count} ('{code.Path}')";
        if (code.Values.Length == 0) throw new CnnVisException(ErrorIds.InvalidArgument, $"{name} has no values.", code);
        if (_codes.Count == 0) Length = code.Values.Length;
        else if (code.Values.Length != Length) throw Mixed($"has {code.Values.Length} values, and those before it have {Length}");
        else if (code.Layer != _codes[0].Layer || code.Model != _codes[0].Model) throw Mixed($"is of {code.Layer ?? "no layer"} of {code.Model ?? "no network"}, and those before it are of {_codes[0].Layer ?? "no layer"} of {_codes[0].Model ?? "no network"}");
        try
        {
            _values.Write(MemoryMarshal.AsBytes<float>(code.Values));
        }
        catch (IOException error)
        {
            throw Spool.Failed(error);
        }
        _codes.Add(code with { Values = [] });

        CnnVisException Mixed(string how) => new(ErrorIds.InvalidArgument, $"{name} {how}; a file holds codes of one layer, and nothing was written. Give each layer a file of its own: put {{Layer}} into the file name.", code);
    }

    /// <summary>Writes all vectors, one after the other, as float32.</summary>
    public void CopyTo(Stream stream, CancellationToken cancellation = default)
    {
        Rewind();
        byte[] part = new byte[1 << 20];
        for (int count; (count = _values.Read(part)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            stream.Write(part.AsSpan(0, count));
        }
    }

    /// <summary>The codes with their vectors.</summary>
    public IEnumerable<CnnCode> Read(CancellationToken cancellation = default)
    {
        Rewind();
        foreach (CnnCode code in _codes)
        {
            cancellation.ThrowIfCancellationRequested();
            float[] values = new float[Length];
            _values.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            yield return code with { Values = values };
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _values.Dispose();
        }
        catch (IOException)
        {
            // What was still to be written is not wanted any more.
        }
    }

    private void Rewind()
    {
        try
        {
            _values.Position = 0; // writes what waits
        }
        catch (IOException error)
        {
            throw Spool.Failed(error);
        }
    }
}
