using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using static TorchSharp.torch;

namespace CnnVis.Engine.Models.Weights.Safetensors;

/// <summary>Writes tensors as safetensors, which every framework reads and which cannot hold code.</summary>
public static class SafetensorsWriter
{
    /// <summary>Writes a file's content; the caller makes it atomic and closes the stream.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="tensors">By name: float32, int64 or bool; written in this order.</param>
    /// <param name="half">Whether float32 is written as float16, where that can hold it.</param>
    /// <param name="metadata">Goes into <c>__metadata__</c>.</param>
    /// <param name="cancellation">Ends it between two tensors.</param>
    /// <returns>The tensors that stayed float32 because float16 cannot hold them, by name.</returns>
    /// <exception cref="CnnVisException">A name comes twice or is reserved (InvalidArgument).</exception>
    public static IReadOnlyList<string> Write(Stream stream, IEnumerable<KeyValuePair<string, Tensor>> tensors, bool half = false, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellation = default)
    {
        KeyValuePair<string, Tensor>[] all = [.. tensors];
        HashSet<string> kept = half ? [.. all.Where(t => t.Value.dtype == ScalarType.Float32 && !HalfPrecision.Holds(t.Value)).Select(t => t.Key)] : [];
        stream.Write(Header(all, name => half && !kept.Contains(name), metadata));
        foreach (var (name, tensor) in all)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            Tensor dense = tensor.detach().cpu().contiguous();
            if (half && tensor.dtype == ScalarType.Float32 && !kept.Contains(name)) HalfPrecision.Write(stream, MemoryMarshal.Cast<byte, float>(dense.bytes));
            else stream.Write(dense.bytes);
        }
        return kept.ToArray();
    }

    private static byte[] Header(KeyValuePair<string, Tensor>[] tensors, Predicate<string> half, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        buffer.Write(stackalloc byte[8]);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(SafetensorsReader.MetadataKey);
                foreach (var (key, value) in metadata) json.WriteString(key, value);
                json.WriteEndObject();
            }
            var names = new HashSet<string>(StringComparer.Ordinal) { SafetensorsReader.MetadataKey };
            long offset = 0;
            foreach (var (name, tensor) in tensors)
            {
                if (!names.Add(name)) throw new CnnVisException(ErrorIds.InvalidArgument, $"The name {WeightErrors.Quote(name)} cannot be given to a tensor of a safetensors file: it is reserved or comes twice.", name);
                var (type, size) = Type(name, tensor, half(name));
                json.WriteStartObject(name);
                json.WriteString("dtype", type);
                json.WriteStartArray("shape");
                foreach (long extent in tensor.shape) json.WriteNumberValue(extent);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += tensor.numel() * size);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        while (buffer.Length % 8 != 0) buffer.WriteByte((byte)' '); // so that the numbers are aligned
        byte[] header = buffer.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(header, header.Length - 8);
        return header;
    }

    private static (string Name, int Size) Type(string name, Tensor tensor, bool half) => tensor.dtype switch
    {
        ScalarType.Float32 => half ? ("F16", 2) : ("F32", 4),
        ScalarType.Int64 => ("I64", 8),
        ScalarType.Bool => ("BOOL", 1),
        var type => throw new CnnVisException(ErrorIds.InvalidArgument, $"Tensor {WeightErrors.Quote(name)} is of type {type}; float32, int64 and bool are written.", name),
    };
}
