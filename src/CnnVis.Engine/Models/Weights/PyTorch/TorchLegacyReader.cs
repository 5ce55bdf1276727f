using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using CnnVis.Engine.Models.Weights.Files;
using CnnVis.Engine.Models.Weights.Pickles;

namespace CnnVis.Engine.Models.Weights.PyTorch;

/// <summary>
/// A file by <c>torch.save</c> before 1.6 (or with <c>_use_new_zipfile_serialization=False</c>): pickles of a magic number, of the protocol 1001, of the
/// writer's machine, of the object, and of the storages' keys; then every storage in that order, its count (8 bytes) before its numbers, little endian always.
/// </summary>
internal static class TorchLegacyReader
{
    private const long Protocol = 1001;

    private static readonly BigInteger _magic = BigInteger.Parse("1950a86a20f9469cfc6c", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>Whether a file that begins so may be one; pickles of other kinds are told apart while reading.</summary>
    public static bool Recognises(ReadOnlySpan<byte> start) => start.Length > 2 && (start[0] == (byte)PickleOp.Proto && start[1] <= 5 || start[0] is (byte)'c' or (byte)'(' or (byte)'L' or (byte)']');

    public static WeightContent Read(WeightSource source, bool whole)
    {
        using Stream stream = new BufferedStream(new FileRange(source, 0, source.Length).Open(), 1 << 16);
        var input = new PickleInput(stream, source.Length);
        var host = new TorchPickleHost(script: false);
        if (Next() is not BigInteger magic || magic != _magic) throw WeightErrors.Unreadable("it is a Python pickle, but no checkpoint of PyTorch's. Save the weights by torch.save(model.state_dict(), path), as safetensors or as npz.");
        if (Next() is not Protocol) throw WeightErrors.Unreadable($"it is a PyTorch checkpoint of a protocol other than {Protocol}, which is not known.");
        Next(); // of the writer's machine nothing matters: numbers are little endian always
        object? root = Next();
        var keys = Next() as PickledList;
        Dictionary<string, ISection> storages = FindStorages(source, input.Position, keys, host);
        var content = new WeightContent(WeightFormat.PyTorchLegacy);
        var numbers = new TorchNumbers(storage => storages.GetValueOrDefault(storage.Key) ?? throw WeightErrors.Unreadable($"its storage {WeightErrors.Quote(storage.Key)} is missing; the file is damaged."));
        new CheckpointTree(content, numbers, source.Length + PickleInput.ValueLimit).Collect(root, whole);
        return content;

        object? Next() => new PickleReader(input, host).Read();
    }

    private static Dictionary<string, ISection> FindStorages(WeightSource source, long position, PickledList? keys, TorchPickleHost host)
    {
        var sections = new Dictionary<string, ISection>(StringComparer.Ordinal);
        foreach (object? item in keys?.Items ?? throw PickleStack.Damaged("lacks the list of its storages"))
        {
            string key = FormattableString.Invariant($"{item}");
            if (!host.Storages.TryGetValue(key, out TorchStorage? storage)) throw PickleStack.Damaged($"lists the storage {WeightErrors.Quote(key)}, which nothing uses");
            long count = BinaryPrimitives.ReadInt64LittleEndian(source.Read(position, 8));
            if (count != storage.Count) throw PickleStack.Damaged($"says {storage.Count} numbers of storage {WeightErrors.Quote(key)}, which has {count}");
            var section = new FileRange(source, position + 8, checked(count * TorchTypes.Size(storage.Type)));
            if (!sections.TryAdd(key, section)) throw PickleStack.Damaged($"lists the storage {WeightErrors.Quote(key)} twice");
            position += 8 + section.Length;
        }
        return sections;
    }
}
