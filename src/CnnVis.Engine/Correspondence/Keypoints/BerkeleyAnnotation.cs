using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace CnnVis.Engine.Correspondence.Keypoints;

/// <summary>Bourdev's keypoints of PASCAL VOC (Berkeley): annotation with image, category, visible_bounds (xmin, ymin, width, height) and keypoints, each with name, visible, x and y.</summary>
internal static class BerkeleyAnnotation
{
    private const long MostCharacters = 1 << 26;

    /// <exception cref="CnnVisException">The file is no such annotation.</exception>
    public static IEnumerable<KeypointObject> Read(string path)
    {
        try
        {
            using XmlReader reader = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostCharacters });
            XElement root = XDocument.Load(reader).Root!;
            XElement image = Needed(root.Element("image"), "image"), points = Needed(root.Element("keypoints"), "keypoints");
            XElement? bounds = root.Element("visible_bounds");
            return [new KeypointObject(image.Value.Trim(), root.Element("category")?.Value.Trim() ?? "object", bounds is null ? null : Box(bounds),
                points.Elements("keypoint").Select(p => new CnnKeypoint(Text(p, "name"), Number(p, "x"), Number(p, "y"), p.Attribute("visible") is not { } visible || visible.Value.Trim() != "0")).DistinctBy(k => k.Name, StringComparer.Ordinal).ToArray())];
        }
        catch (Exception error) when (error is XmlException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new CnnVisException(ErrorIds.InvalidArgument, $"'{path}' is no annotation of keypoints as Berkeley's of PASCAL VOC: {error.Message.TrimEnd('.')}.", path, error);
        }
    }

    private static KeypointBox Box(XElement bounds) => Number(bounds, "width") is > 0 and var width && Number(bounds, "height") is > 0 and var height ? new KeypointBox(Number(bounds, "xmin"), Number(bounds, "ymin"), width, height)
        : throw new FormatException("visible_bounds has no pixels");

    private static string Text(XElement element, string attribute) => element.Attribute(attribute)?.Value ?? throw new FormatException($"{element.Name} lacks {attribute}");

    private static double Number(XElement element, string attribute) => double.TryParse(Text(element, attribute), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && Math.Abs(number) < 1 << 30 ? number
        : throw new FormatException($"{attribute} of {element.Name} is no number of pixels");

    private static XElement Needed(XElement? element, string name) => element ?? throw new FormatException($"it lacks {name}");
}
