using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;
using CnnVis.Engine.Images;

namespace CnnVis.PowerShell.Parameters;

/// <summary>File names with an item's properties in braces, as in <c>{Name}-{Layer}.png</c>.</summary>
internal static partial class FileTemplate
{
    public static bool IsTemplate(string path) => Placeholder().IsMatch(path);

    /// <summary>The name for one item. <c>{Index}</c> counts from 0; <c>{Name}</c> is the name of the item's image file without extension, and of a page of a TIFF file with its number.</summary>
    /// <exception cref="CnnVisException">The item has no such property.</exception>
    public static string Fill(string template, PSObject item, int index) => Placeholder().Replace(template, match =>
    {
        string name = match.Groups[1].Value;
        object? value = name.ToLowerInvariant() switch
        {
            "index" => index.ToString("D4", CultureInfo.InvariantCulture),
            "name" when item.Properties["Path"]?.Value is string path => PagePath.Of(path) is { Page: { } page } place ? $"{Path.GetFileNameWithoutExtension(place.File)}-{page}" : Path.GetFileNameWithoutExtension(path),
            _ => item.Properties[name]?.Value,
        };
        if (value is null)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"The item has no property '{name}' for the file name '{template}'. It has {string.Join(", ", item.Properties.Select(p => p.Name))}; {{Index}} always works.", template);
        return Safe(Convert.ToString(value, CultureInfo.InvariantCulture)!);
    });

    /// <summary>No value may climb out of the folder that the template names.</summary>
    private static string Safe(string value) => value.All(c => c == '.') ? new string('_', value.Length)
        : string.Concat(value.Select(c => c < ' ' || c is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' ? '_' : c));

    [GeneratedRegex(@"\{([A-Za-z]+)\}")]
    private static partial Regex Placeholder();
}
