using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using CnnVis.Engine.Runtime;
using static TorchSharp.torch;

namespace CnnVis.Engine.Models.Weights.Files;

/// <summary>
/// Reads the numbers behind tensors into libtorch's memory, widened on the way. Numbers that several tensors look at are read once, and those that
/// nobody looks at never. Memory taken: that of the numbers read, twice as much for 16-bit ones, up to eight times for small whole ones.
/// </summary>
internal static class StorageLoader
{
    /// <summary>Bytes read at a time: they stay in a core's cache while they are checked and converted.</summary>
    private const int ChunkSize = 1 << 18;

    public static (string Name, Tensor Tensor)[] Load(IReadOnlyDictionary<string, StoredTensor> tensors, CancellationToken cancellation)
    {
        StoredNumbers[] stored = [.. tensors.Values.Select(t => t.Numbers).Distinct().OrderByDescending(n => n.Count * n.Type.Size())];
        var storages = new Dictionary<StoredNumbers, Tensor>(stored.Length);
        var views = new List<(string, Tensor)>(tensors.Count);
        try
        {
            foreach (StoredNumbers numbers in stored) storages[numbers] = empty(numbers.Count, numbers.Type.Widened()).DetachFromDisposeScope();
            Parallel.ForEach(Partitioner(stored), new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Math.Min(4, Environment.ProcessorCount) },
                numbers => Fill(numbers, storages[numbers], cancellation));
            foreach (var (name, tensor) in tensors) views.Add((name, storages[tensor.Numbers].as_strided(tensor.Shape, tensor.Strides, tensor.Offset).DetachFromDisposeScope()));
            return [.. views];
        }
        catch (Exception error)
        {
            foreach (var (_, view) in views) view.Dispose();
            if (error is not AggregateException e) throw;
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
            throw;
        }
        finally
        {
            foreach (Tensor storage in storages.Values) storage.Dispose();
        }
    }

    /// <summary>The largest first, one at a time: so the threads end together.</summary>
    private static System.Collections.Concurrent.OrderablePartitioner<StoredNumbers> Partitioner(StoredNumbers[] stored) =>
        System.Collections.Concurrent.Partitioner.Create(stored, System.Collections.Concurrent.EnumerablePartitionerOptions.NoBuffering);

    private static void Fill(StoredNumbers numbers, Tensor storage, CancellationToken cancellation)
    {
        Span<byte> into = storage.bytes;
        HugePages.Advise(into);
        using Stream stream = numbers.Section.Open();
        Skip(stream, numbers.Skip);
        bool swap = numbers.BigEndian == BitConverter.IsLittleEndian;
        switch (numbers.Type)
        {
            case NumberType.Float32 when !swap:
            case NumberType.Int64 when !swap:
                for (; into.Length > 0; into = into[Math.Min(ChunkSize, into.Length)..])
                {
                    cancellation.ThrowIfCancellationRequested();
                    stream.ReadExactly(into[..Math.Min(ChunkSize, into.Length)]);
                }
                break;
            case NumberType.Float32: Convert<uint, float>(BinaryPrimitives.ReverseEndianness, (bits, to) => MemoryMarshal.Cast<uint, float>(bits).CopyTo(to)); break;
            case NumberType.Float64: Convert<ulong, float>(BinaryPrimitives.ReverseEndianness, (bits, to) => Widen(MemoryMarshal.Cast<ulong, double>(bits), to)); break;
            case NumberType.Float16: Convert<ushort, float>(BinaryPrimitives.ReverseEndianness, (bits, to) => Widen(MemoryMarshal.Cast<ushort, Half>(bits), to)); break;
            case NumberType.BFloat16: Convert<ushort, float>(BinaryPrimitives.ReverseEndianness, Widen); break;
            case NumberType.Int64: Convert<long, long>(BinaryPrimitives.ReverseEndianness, (values, to) => values.CopyTo(to)); break;
            case NumberType.Int32: Convert<int, long>(BinaryPrimitives.ReverseEndianness, Widen); break;
            case NumberType.Int16: Convert<short, long>(BinaryPrimitives.ReverseEndianness, Widen); break;
            case NumberType.UInt64: Convert<ulong, long>(BinaryPrimitives.ReverseEndianness, Widen); break;
            case NumberType.UInt32: Convert<uint, long>(BinaryPrimitives.ReverseEndianness, Widen); break;
            case NumberType.UInt16: Convert<ushort, long>(BinaryPrimitives.ReverseEndianness, Widen); break;
            case NumberType.Int8: Convert<sbyte, long>(null, Widen); break;
            case NumberType.UInt8: Convert<byte, long>(null, Widen); break;
            case NumberType.Bool: Convert<byte, bool>(null, (values, to) => { for (int i = 0; i < values.Length; i++) to[i] = values[i] != 0; }); break;
            default: throw new ArgumentOutOfRangeException(nameof(numbers), numbers.Type, null);
        }
        _ = stream.ReadByte(); // past the end, where an archive's stream checks its sum

        void Convert<TFrom, TTo>(SpanAction<TFrom, TFrom>? reverse, SpanAction<TFrom, TTo> widen) where TFrom : unmanaged where TTo : unmanaged
        {
            Span<TTo> to = MemoryMarshal.Cast<byte, TTo>(storage.bytes);
            TFrom[] chunk = ArrayPool<TFrom>.Shared.Rent(ChunkSize / Marshal.SizeOf<TFrom>());
            try
            {
                while (to.Length > 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                    Span<TFrom> values = chunk.AsSpan(0, Math.Min(chunk.Length, to.Length));
                    stream.ReadExactly(MemoryMarshal.AsBytes(values));
                    if (swap) reverse?.Invoke(values, values);
                    widen(values, to[..values.Length]);
                    to = to[values.Length..];
                }
            }
            finally
            {
                ArrayPool<TFrom>.Shared.Return(chunk);
            }
        }
    }

    private delegate void SpanAction<TFrom, TTo>(ReadOnlySpan<TFrom> values, Span<TTo> to);

    private static void Skip(Stream stream, long count)
    {
        Span<byte> bytes = stackalloc byte[512];
        for (; count > 0; count -= Math.Min(count, bytes.Length)) stream.ReadExactly(bytes[..(int)Math.Min(count, bytes.Length)]);
    }

    /// <summary>A number that the wider format cannot hold ends the reading.</summary>
    private static void Widen<TFrom, TTo>(ReadOnlySpan<TFrom> values, Span<TTo> to) where TFrom : INumberBase<TFrom> where TTo : INumberBase<TTo>
    {
        for (int i = 0; i < values.Length; i++) to[i] = TTo.CreateChecked(values[i]);
    }

    /// <summary>bfloat16 is the upper half of a float32.</summary>
    private static void Widen(ReadOnlySpan<ushort> bits, Span<float> to)
    {
        for (int i = 0; i < bits.Length; i++) to[i] = BitConverter.UInt32BitsToSingle((uint)bits[i] << 16);
    }
}
