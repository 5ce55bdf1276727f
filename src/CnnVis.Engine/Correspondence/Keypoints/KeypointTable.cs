using System.Globalization;
using CnnVis.Engine.Tables;

namespace CnnVis.Engine.Correspondence.Keypoints;

/// <summary>
/// Keypoints from a table, a row a keypoint: with the columns image (or file, path), keypoint, x and y, in pixels of the upright photo, and if it has them visible (1 or 0, true or false, yes or no), class, and the box: one column box with
/// xmin, ymin, xmax and ymax separated by blanks or semicolons, or a column for each. Rows of one picture, class and box are one object.
/// </summary>
internal static class KeypointTable
{
    private static readonly string[] _true = ["1", "true", "yes", "visible", "2", ""], _false = ["0", "false", "no", "occluded", "hidden"];

    /// <exception cref="CnnVisException">The file cannot be read, lacks a column, or a number is none; the message names the line.</exception>
    public static IEnumerable<KeypointObject> Read(string path)
    {
        DelimitedFile file = DelimitedFile.Open(path);
        int image = file.Require("the picture", "image", "file", "path", "filename", "file_name", "image_id"), keypoint = file.Require("the keypoint's name", "keypoint", "keypoint_name", "part", "name", "id");
        int x = file.Require("its column", "x", "col", "column"), y = file.Require("its row", "y", "row"), visible = file.Find("visible", "visibility", "is_visible"), label = file.Find("class", "category", "label"), box = file.Find("box", "bbox", "bndbox");
        int[] edges = [file.Find("xmin", "x_min", "x1", "left"), file.Find("ymin", "y_min", "y1", "top"), file.Find("xmax", "x_max", "x2", "right"), file.Find("ymax", "y_max", "y2", "bottom")];
        if (edges.Any(e => e >= 0) && edges.Any(e => e < 0)) throw Wrong($"'{path}' has only some edges of boxes: it needs xmin, ymin, xmax and ymax.");
        var objects = new OrderedDictionary<(string, string, KeypointBox?), List<CnnKeypoint>>();
        foreach (var (line, fields) in file.Rows)
        {
            string name = fields[keypoint].Trim();
            if (name.Length == 0 || fields[image].Trim().Length == 0) throw Wrong($"Line {line} of '{path}' lacks the picture or the keypoint's name.");
            bool seen = visible < 0 || Seen(fields[visible], line);
            // What cannot be seen may have no place.
            var point = new CnnKeypoint(name, seen || fields[x].Length > 0 ? Number(fields[x], line) : 0, seen || fields[y].Length > 0 ? Number(fields[y], line) : 0, seen);
            var key = (fields[image].Trim(), label < 0 ? "object" : fields[label].Trim(), Box(fields, line));
            if (!objects.TryGetValue(key, out List<CnnKeypoint>? points)) objects[key] = points = [];
            if (points.Exists(p => p.Name == name)) throw Wrong($"Line {line} of '{path}' names the keypoint '{name}' of '{key.Item1}' for the second time; objects of one picture need boxes that differ.");
            points.Add(point);
        }
        return [.. objects.Select(o => new KeypointObject(o.Key.Item1, o.Key.Item2, o.Key.Item3, o.Value.ToArray()))];

        KeypointBox? Box(string[] fields, int line)
        {
            string[] texts = edges[0] >= 0 ? [.. edges.Select(e => fields[e])] : box >= 0 ? fields[box].Split([' ', ';', '|', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];
            if (texts.All(t => t.Trim().Length == 0)) return null;
            if (texts.Length != 4) throw Wrong($"The box in line {line} of '{path}' has {texts.Length} numbers; it needs xmin, ymin, xmax and ymax.");
            double[] numbers = [.. texts.Select(t => Number(t, line))];
            return numbers[2] > numbers[0] && numbers[3] > numbers[1] ? new KeypointBox(numbers[0], numbers[1], numbers[2] - numbers[0], numbers[3] - numbers[1])
                : throw Wrong($"The box in line {line} of '{path}' is none: xmax and ymax have to be larger than xmin and ymin.");
        }

        bool Seen(string text, int line) => _true.Contains(text.Trim().ToLowerInvariant()) || (_false.Contains(text.Trim().ToLowerInvariant()) ? false : throw Wrong($"'{text}' in line {line} of '{path}' does not say whether the keypoint is visible: write 1 or 0."));

        double Number(string text, int line) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && Math.Abs(number) < 1 << 30 ? number : throw Wrong($"'{text}' in line {line} of '{path}' is no number of pixels.");

        CnnVisException Wrong(string message) => new(ErrorIds.InvalidArgument, message, path);
    }
}
