using System.Text.Json;
using CnnVis.Engine.Models.Weights.Files;

namespace CnnVis.Engine.Models.Weights;

/// <summary>
/// An index of weights in several files, as <c>model.safetensors.index.json</c> and <c>pytorch_model.bin.index.json</c>: its <c>weight_map</c> says of every
/// tensor in which file beside the index it lies.
/// </summary>
internal static class ShardIndex
{
    private const int ByteLimit = 1 << 26, ShardLimit = 10_000;

    /// <summary>Whether a file that begins so is one.</summary>
    public static bool Recognises(ReadOnlySpan<byte> start) => start.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];

    public static WeightContent Read(WeightSources sources, WeightSource index)
    {
        if (index.Length > ByteLimit) throw WeightErrors.Unreadable($"as an index it is longer than the {ByteLimit} bytes that are read.");
        var shards = new OrderedDictionary<string, WeightContent>(StringComparer.Ordinal);
        WeightContent? content = null;
        foreach (var (name, file) in Map(index.Read(0, index.Length)))
        {
            if (!shards.TryGetValue(file, out WeightContent? shard)) shards.Add(file, shard = Open(sources, index.Path, file, shards.Count));
            if (content is null)
            {
                content = new WeightContent(shard.Format);
                foreach (var (key, value) in shard.Metadata) content.Metadata[key] = value;
            }
            content.Add(name, shard.Tensors.GetValueOrDefault(name) ?? throw WeightErrors.Unreadable($"{WeightErrors.Quote(file)} lacks the tensor {WeightErrors.Quote(name)}, which the index says is in it."));
        }
        return content ?? throw WeightErrors.Unreadable("its weight_map is empty.");
    }

    private static WeightContent Open(WeightSources sources, string index, string file, int count)
    {
        if (file.Length == 0 || file is "." or ".." || file.AsSpan().ContainsAny("/\\:\0")) throw WeightErrors.Unreadable($"its part {WeightErrors.Quote(file)} does not lie in the same folder; nothing was read of it.");
        if (count == ShardLimit) throw WeightErrors.Unreadable($"it has more than {ShardLimit} parts.");
        string path = Path.Join(Path.GetDirectoryName(Path.GetFullPath(index)), file);
        if (LeadsOut(path)) throw WeightErrors.Unreadable($"its part {WeightErrors.Quote(file)} is a link out of its folder; put the file itself there.");
        if (!File.Exists(path)) throw WeightErrors.Unreadable($"its part {WeightErrors.Quote(file)} is missing; put it into the same folder.");
        try
        {
            return WeightFormats.ReadSingle(sources.Open(path), whole: false);
        }
        catch (CnnVisException e)
        {
            throw new CnnVisException(e.ErrorId, $"its part {WeightErrors.Quote(file)}: {e.Message}", path, e);
        }
    }

    /// <summary>Whether a link leads to another folder than its own. One exception: Hugging Face's cache keeps the files of snapshots/x in blobs beside.</summary>
    private static bool LeadsOut(string path)
    {
        if (new FileInfo(path).LinkTarget is null) return false;
        string own = Path.GetDirectoryName(path)!, target = Path.GetDirectoryName(File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName)!;
        string? snapshots = Path.GetDirectoryName(own);
        return target != own && !(Path.GetFileName(snapshots) == "snapshots" && target == Path.Join(Path.GetDirectoryName(snapshots), "blobs"));
    }

    private static IEnumerable<(string Name, string File)> Map(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        if (!document.RootElement.TryGetProperty("weight_map", out JsonElement map) || map.ValueKind != JsonValueKind.Object) throw WeightErrors.Unreadable("it is a JSON file without a weight_map, thus no index of weights.");
        foreach (JsonProperty item in map.EnumerateObject())
            yield return item.Value.ValueKind == JsonValueKind.String ? (item.Name, item.Value.GetString()!) : throw WeightErrors.Unreadable("its weight_map names a file by what is no text.");
    }
}
