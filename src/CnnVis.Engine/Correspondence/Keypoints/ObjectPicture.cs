using CnnVis.Engine.Images;

namespace CnnVis.Engine.Correspondence.Keypoints;

/// <summary>An object cut out of its photo and stretched to the network's input, with its keypoints there.</summary>
public sealed class ObjectPicture
{
    private readonly CnnInput _input;
    private readonly PixelBox _crop;

    private ObjectPicture(KeypointObject described, CnnInput input, PixelBox crop)
    {
        (Object, _input, _crop) = (described, input, crop);
        Keypoints = described.Keypoints.Where(k => k.IsVisible).ToDictionary(k => k.Name, k => ((k.X - crop.X) * input.Width / crop.Width, (k.Y - crop.Y) * input.Height / crop.Height), StringComparer.Ordinal);
    }

    /// <summary>What was said of it.</summary>
    public KeypointObject Object { get; }

    /// <summary>The places of the visible keypoints, in input pixels.</summary>
    public IReadOnlyDictionary<string, (double X, double Y)> Keypoints { get; }

    /// <summary>Decodes the photo and cuts out the object.</summary>
    /// <param name="described">The object.</param>
    /// <param name="input">What the network takes.</param>
    /// <param name="values">Takes the picture, [channels, height, width].</param>
    /// <exception cref="CnnVisException">The photo cannot be read, or the box lies outside it.</exception>
    public static ObjectPicture Load(KeypointObject described, CnnInput input, Span<float> values)
    {
        PixelImage photo = ImageCodec.Decode(described.Path, DecodeOptions.Default);
        var crop = new PixelBox(0, 0, photo.Width, photo.Height);
        if (described.Box is { } box)
        {
            int left = (int)Math.Clamp(Math.Floor(box.X), 0, photo.Width), top = (int)Math.Clamp(Math.Floor(box.Y), 0, photo.Height);
            crop = new PixelBox(left, top, (int)Math.Clamp(Math.Ceiling(box.X + box.Width), left, photo.Width) - left, (int)Math.Clamp(Math.Ceiling(box.Y + box.Height), top, photo.Height) - top);
            if (crop.Width == 0 || crop.Height == 0) throw new CnnVisException(ErrorIds.InvalidArgument, $"The box of the {described.Class} in '{described.Path}' lies outside the {photo} picture.", described);
        }
        Preprocessor.Prepare(photo.Crop(crop), input with { ResizeMode = ResizeMode.Stretch }, values);
        return new ObjectPicture(described, input, crop);
    }

    /// <summary>How far two places of the input are apart, as a share of the longer side of the object's box.</summary>
    public double RelativeDistance((double X, double Y) a, (double X, double Y) b)
    {
        double x = (a.X - b.X) * _crop.Width / _input.Width, y = (a.Y - b.Y) * _crop.Height / _input.Height;
        return Math.Sqrt(x * x + y * y) / (Object.Box?.Side ?? Math.Max(_crop.Width, _crop.Height));
    }
}
