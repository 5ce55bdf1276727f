using System.Globalization;
using System.Text.Json;

namespace CnnVis.Engine.Correspondence.Keypoints;

/// <summary>
/// SPair-71k (Min et al. 2019): an annotation of a picture has filename, category, bndbox [xmin, ymin, xmax, ymax] and kps, by number [x, y] or null; one of a pair has src_imname, trg_imname, category, src_bndbox, trg_bndbox, kps_ids, src_kps and trg_kps.
/// </summary>
internal static class SpairAnnotation
{
    private const long MostBytes = 1 << 26;

    /// <exception cref="CnnVisException">The file is no such annotation.</exception>
    public static IEnumerable<KeypointObject> Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MostBytes) throw new CnnVisException(ErrorIds.InvalidArgument, $"'{path}' is too large for an annotation ({MostBytes:N0} bytes at most).", path);
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            return root.TryGetProperty("src_kps", out _) ? [End(root, "src"), End(root, "trg")] : [Picture(root)];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or IndexOutOfRangeException or IOException or UnauthorizedAccessException)
        {
            throw new CnnVisException(ErrorIds.InvalidArgument, $"'{path}' is no annotation of SPair-71k: it needs filename, bndbox and kps, or those of a pair ({error.Message.TrimEnd('.')}).", path, error);
        }
    }

    private static KeypointObject Picture(JsonElement root) => new(root.GetProperty("filename").GetString()!, Category(root), Box(root.GetProperty("bndbox")),
        root.GetProperty("kps").EnumerateObject().Where(k => k.Value.ValueKind == JsonValueKind.Array).Select(k => Point(k.Name, k.Value)).ToArray());

    private static KeypointObject End(JsonElement root, string end)
    {
        string[] names = root.TryGetProperty("kps_ids", out JsonElement ids) ? [.. ids.EnumerateArray().Select(i => i.ToString())] : [];
        return new(root.GetProperty(end + "_imname").GetString()!, Category(root), Box(root.GetProperty(end + "_bndbox")),
            root.GetProperty(end + "_kps").EnumerateArray().Select((p, i) => Point(names.Length > 0 ? names[i] : i.ToString(CultureInfo.InvariantCulture), p)).ToArray());
    }

    private static string Category(JsonElement root) => root.TryGetProperty("category", out JsonElement category) ? category.GetString()! : "object";

    private static CnnKeypoint Point(string name, JsonElement place) => new(name, place[0].GetDouble(), place[1].GetDouble(), IsVisible: true);

    private static KeypointBox Box(JsonElement box)
    {
        double[] edges = [.. box.EnumerateArray().Select(e => e.GetDouble())];
        return edges is [var left, var top, var right, var bottom] && right > left && bottom > top ? new KeypointBox(left, top, right - left, bottom - top) : throw new FormatException("a box has xmin, ymin, xmax and ymax");
    }
}
