using System.Text;
using CnnVis.Engine.Models.Weights.Archives;
using CnnVis.Engine.Models.Weights.Files;
using CnnVis.Engine.Models.Weights.Pickles;

namespace CnnVis.Engine.Models.Weights.PyTorch;

/// <summary>
/// A zip archive by <c>torch.save</c> or <c>torch.jit.save</c>: <c>name/data.pkl</c> describes the tensors, <c>name/data/0</c>, <c>1</c>, … hold their numbers,
/// <c>name/byteorder</c> says how they lie. An archive with <c>name/constants.pkl</c> or <c>name/code/</c> is TorchScript; its code is not looked at.
/// </summary>
internal static class TorchArchiveReader
{
    private const string Pickle = "data.pkl";

    /// <summary>Whether the archive is one, under which folder in it.</summary>
    public static bool Recognises(WeightArchive archive) => Folders(archive).Any();

    public static WeightContent Read(WeightSource source, WeightArchive archive, bool whole)
    {
        string[] folders = [.. Folders(archive).Take(2)];
        if (folders.Length != 1) throw WeightErrors.Unreadable("it holds more than one checkpoint; unpack it and load one of them.");
        string folder = folders[0];
        bool script = archive.Entries.ContainsKey(folder + "constants.pkl") || archive.Entries.Keys.Any(k => k.StartsWith(folder + "code/", StringComparison.Ordinal));
        byte[] pickle = archive.Entries[folder + Pickle].ReadAll(PickleInput.ByteLimit);
        object? root = new PickleReader(new PickleInput(new MemoryStream(pickle), pickle.Length), new TorchPickleHost(script)).Read();
        var content = new WeightContent(script ? WeightFormat.TorchScript : WeightFormat.PyTorch);
        var numbers = new TorchNumbers(storage => archive.Entries.GetValueOrDefault($"{folder}data/{storage.Key}") ?? throw WeightErrors.Unreadable($"its entry {WeightErrors.Quote($"data/{storage.Key}")} is missing; the file is damaged."))
        {
            BigEndian = IsBigEndian(archive, folder),
        };
        new CheckpointTree(content, numbers, source.Length + PickleInput.ValueLimit).Collect(root, whole || script);
        return content;
    }

    private static IEnumerable<string> Folders(WeightArchive archive) =>
        archive.Entries.Keys.Where(k => k == Pickle || k.EndsWith("/" + Pickle, StringComparison.Ordinal) && k.IndexOf('/') == k.Length - Pickle.Length - 1).Select(k => k[..^Pickle.Length]);

    private static bool IsBigEndian(WeightArchive archive, string folder)
    {
        if (!archive.Entries.TryGetValue(folder + "byteorder", out ArchiveEntry? entry)) return false;
        return Encoding.ASCII.GetString(entry.ReadAll(64)).Trim() switch
        {
            "little" => false,
            "big" => true,
            var order => throw WeightErrors.Unreadable($"its byte order is {WeightErrors.Quote(order)}; 'little' and 'big' are known."),
        };
    }
}
