using System.Globalization;

namespace CnnVis.Engine.Tables;

/// <summary>
/// Where the objects are, from a table with a column for the file (file, path, filename, image …) and columns for the box, in pixels of the upright photo counted
/// from 0: xmin, ymin, xmax and ymax, the last pixels that belong to it, or x, y, width and height. With a column class (or label), only the boxes of the class
/// that is explained count. Other columns are ignored.
/// </summary>
public sealed class BoxTable
{
    private static readonly string[] _right = ["xmax", "x_max", "x2", "right"];

    private readonly FileLookup<(PixelBox Box, string? Class)> _boxes = new();

    /// <exception cref="CnnVisException">The file cannot be read, lacks a column, or a box is none; the message names the line.</exception>
    public static BoxTable Read(string path)
    {
        var table = new BoxTable();
        DelimitedFile file = DelimitedFile.Open(path);
        int name = file.Require("the file", FileLookup<int>.Columns), label = file.Find(LabelTable.Columns);
        int left = file.Require("the left edge", "xmin", "x_min", "x1", "left", "x"), top = file.Require("the upper edge", "ymin", "y_min", "y1", "top", "y");
        int width = file.Find("width", "w"), height = file.Find("height", "h");
        bool sized = width >= 0 && height >= 0 && file.Find(_right) < 0;
        int right = sized ? width : file.Require("the right edge", _right), bottom = sized ? height : file.Require("the lower edge", "ymax", "y_max", "y2", "bottom");
        foreach (var (line, fields) in file.Rows)
        {
            int x = Number(left), y = Number(top);
            var box = sized ? new PixelBox(x, y, Number(right), Number(bottom)) : new PixelBox(x, y, Number(right) - x + 1, Number(bottom) - y + 1);
            if (box.Width <= 0 || box.Height <= 0) throw new CnnVisException(ErrorIds.InvalidArgument, $"The box in line {line} of '{path}' has no pixels.", path);
            table._boxes.Add(fields[name], (box, label < 0 ? null : fields[label]));

            int Number(int column) => double.TryParse(fields[column], CultureInfo.InvariantCulture, out double value) && Math.Abs(value) < 1 << 30 ? (int)Math.Round(value)
                : throw new CnnVisException(ErrorIds.InvalidArgument, $"'{fields[column]}' in line {line} of '{path}' is no number of pixels.", path);
        }
        return table;
    }

    /// <summary>The boxes in a file whose class is one of these names, or is not told; empty where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">What the class is called; null for any.</param>
    public IReadOnlyList<PixelBox> Of(string path, IReadOnlyCollection<string>? names) =>
        [.. _boxes.Of(path).Where(b => names is null || b.Class is null || names.Contains(b.Class.Trim(), StringComparer.OrdinalIgnoreCase)).Select(b => b.Box)];

    /// <summary>The boxes of a class in a file; empty where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">Whose class it is.</param>
    /// <param name="index">The class's output index.</param>
    public IReadOnlyList<PixelBox> Of(string path, CnnModel model, int index)
    {
        return [.. _boxes.Of(path).Where(b => b.Class is null || IsClass(b.Class.Trim())).Select(b => b.Box)];

        bool IsClass(string text) => text.Equals(model.Classes[index], StringComparison.OrdinalIgnoreCase) || text == index.ToString(CultureInfo.InvariantCulture);
    }
}
