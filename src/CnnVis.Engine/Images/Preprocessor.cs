namespace CnnVis.Engine.Images;

/// <summary>Makes a network's input of a photo.</summary>
public static unsafe class Preprocessor
{
    /// <summary>What of a photo of that size the network will see. One that has the input's size already is taken as it is. A crop takes the shorter side to more than <see cref="CnnInput.ResizeTo"/> where the photo would not fill the input otherwise.</summary>
    /// <param name="width">Columns of the photo.</param>
    /// <param name="height">Rows of the photo.</param>
    /// <param name="input">What the network takes.</param>
    /// <param name="exact">The size that is taken as it is; null for the input's.</param>
    public static PixelView View(int width, int height, CnnInput input, (int Width, int Height)? exact = null)
    {
        if ((width, height) == (exact ?? (input.Width, input.Height))) return new PixelView(width, height, input.Width, input.Height, 0, 0);
        switch (input.ResizeMode)
        {
            case ResizeMode.Stretch:
                return new PixelView(width, height, input.Width, input.Height, 0, 0);
            case ResizeMode.Pad:
                double fit = Math.Min((double)input.Width / width, (double)input.Height / height);
                return Centred(Math.Max(1, (int)Math.Round(width * fit)), Math.Max(1, (int)Math.Round(height * fit)));
            default:
                // As torchvision's Resize does: the longer side is rounded down.
                long shorter = Math.Min(width, height);
                long resizedWidth = (long)input.ResizeTo * width / shorter, resizedHeight = (long)input.ResizeTo * height / shorter;
                if (resizedWidth < input.Width) (resizedWidth, resizedHeight) = (input.Width, (long)input.Width * height / width);
                if (resizedHeight < input.Height) (resizedWidth, resizedHeight) = (Math.Max(input.Width, (long)input.Height * width / height), input.Height);
                return Centred(checked((int)resizedWidth), checked((int)resizedHeight));
        }

        PixelView Centred(int resizedWidth, int resizedHeight) =>
            new(width, height, resizedWidth, resizedHeight, Half(resizedWidth - input.Width), Half(resizedHeight - input.Height));

        static int Half(int rest) => (int)Math.Round(rest / 2.0); // to even, as torchvision's CenterCrop
    }

    /// <summary>
    /// Decodes a photo and writes the network's input: [C, H, W] in [0, 1]. One channel is grey (luma, Rec. 601), three are R, G, B, transparent parts
    /// over white; two are grey and opacity, four R, G, B and opacity. A NumPy array has to have the network's channels.
    /// </summary>
    /// <returns>What of the photo it shows.</returns>
    /// <exception cref="CnnVisException">The photo cannot be read, or the network takes more than 4 channels and it is no array.</exception>
    public static PixelView Load(string path, CnnInput input, DecodeOptions options, Span<float> destination) => Load(ImageSource.Of(path), input, options, destination);

    /// <inheritdoc cref="Load(string, CnnInput, DecodeOptions, Span{float})"/>
    /// <param name="source">The file.</param>
    /// <param name="input">What the network takes.</param>
    /// <param name="options">The limits.</param>
    /// <param name="destination">Takes the values.</param>
    /// <param name="exact">The size of photos that are taken as they are; null for the input's.</param>
    public static PixelView Load(ImageSource source, CnnInput input, DecodeOptions options, Span<float> destination, (int Width, int Height)? exact = null)
    {
        if (source.Picture is { Box: not null }) return Prepare(ImageCodec.Decode(source, options), input with { ResizeMode = ResizeMode.Stretch }, destination);
        if (source.Picture?.Image is { } image) return Prepare(image, input, destination, exact);
        if (source.Picture is { } picture) return LoadArray(source.Path, ArrayImage.Of(picture, input.Channels), input, destination);
        if (ArrayImage.Is(source.Path)) return LoadArray(source.Path, ArrayImage.Load(source, options, input), input, destination);
        using EncodedImage file = EncodedImage.Open(source);
        PixelView view = View(file.Header.Width, file.Header.Height, input, exact);
        // Twice what is needed is left for the resampling, which a smaller decoding could not stand in for.
        using Raster raster = file.Decode((int)Math.Min(2L * view.ResizedWidth, int.MaxValue), (int)Math.Min(2L * view.ResizedHeight, int.MaxValue), options with { Low = input.Low, High = input.High });
        Write(raster.Rows, raster.Height, raster.Orientation, view, input, destination);
        return view;
    }

    /// <summary>Writes the network's input from pixels, as <see cref="Load(ImageSource, CnnInput, DecodeOptions, Span{float}, ValueTuple{int, int}?)"/> does from a file.</summary>
    /// <returns>What of the picture it shows.</returns>
    /// <exception cref="CnnVisException">The network takes more than 4 channels.</exception>
    public static PixelView Prepare(PixelImage image, CnnInput input, Span<float> destination, (int Width, int Height)? exact = null)
    {
        PixelView view = View(image.Width, image.Height, input, exact);
        fixed (byte* pixels = image.Pixels)
            Write(new PixelRows((nint)pixels, image.Width, 3, HasAlpha: false), image.Height, new Orientation(1), view, input, destination);
        return view;
    }

    private static PixelView LoadArray(string path, ArrayImage array, CnnInput input, Span<float> destination)
    {
        PixelView view = View(array.Width, array.Height, input);
        if (input.ResizeMode == ResizeMode.Pad) destination.Fill(0.5f);
        array.Write(path, view, input, destination);
        return view;
    }

    /// <summary>Writes what a view shows of stored pixels as a network's input.</summary>
    internal static void Write(PixelRows source, int sourceHeight, Orientation orientation, PixelView view, CnnInput input, Span<float> destination)
    {
        if (input.Channels > 4)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"The network takes pictures of {input.Channels} channels; photos can be made into 1 (grey), 2 (grey, opacity), 3 (RGB) or 4 (RGB, opacity). Give it NumPy files (.npy) of [{input.Channels}, rows, columns] instead.", input);
        if (destination.Length != input.Length) throw new ArgumentException($"The input has {input.Length} values, and there is room for {destination.Length}.", nameof(destination));
        if (input.ResizeMode == ResizeMode.Pad) destination.Fill(0.5f);

        int x = Math.Max(0, -view.Left), y = Math.Max(0, -view.Top); // where the photo begins in the input
        int width = Math.Min(input.Width, view.ResizedWidth - view.Left) - x, height = Math.Min(input.Height, view.ResizedHeight - view.Top) - y;
        int start = y * input.Width + x, plane = input.Height * input.Width;
        if (orientation.Transposes)
        {
            Taps rows = Taps.Of(input.Interpolation, sourceHeight, view.ResizedWidth, x + view.Left, width, orientation.FlipsRows);
            Taps columns = Taps.Of(input.Interpolation, source.Width, view.ResizedHeight, y + view.Top, height, orientation.FlipsColumns);
            Resampler.Resample(source, rows, columns, new PlaneWindow(input.Channels, plane, start, input.Width, 1), destination);
        }
        else
        {
            Taps rows = Taps.Of(input.Interpolation, sourceHeight, view.ResizedHeight, y + view.Top, height, orientation.FlipsRows);
            Taps columns = Taps.Of(input.Interpolation, source.Width, view.ResizedWidth, x + view.Left, width, orientation.FlipsColumns);
            Resampler.Resample(source, rows, columns, new PlaneWindow(input.Channels, plane, start, 1, input.Width), destination);
        }
    }
}
