using System.Runtime.InteropServices;
using CnnVis.Engine.Models.Weights;
using CnnVis.Engine.Models.Weights.Files;
using CnnVis.Engine.NumPy;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Images;

/// <summary>
/// A picture of any number of channels from a NumPy file: [C, H, W], or [H, W] for one channel, of float in [0, 1] or the range that a network states, of uint8 from 0 to 255, or of bool. Of a
/// network of signals, pictures of one row, also [C, T], or [T] for one channel.
/// For networks that see more, or less, than three colours.
/// </summary>
internal sealed class ArrayImage
{
    /// <summary>Rounding that is forgiven where values should lie in [0, 1].</summary>
    private const float Slack = 1e-3f;

    private ArrayImage(float[] values, int channels, int height, int width) => (Values, Channels, Height, Width) = (values, channels, height, width);

    /// <summary>[C, H, W] in [0, 1].</summary>
    public float[] Values { get; }

    /// <summary>Planes.</summary>
    public int Channels { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Whether a file's name says that it is such a picture.</summary>
    public static bool Is(string path) => Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase);

    /// <param name="source">The file.</param>
    /// <param name="options">The limits.</param>
    /// <param name="input">For whom, where that is known: it states the range of values, and whether it is a signal.</param>
    /// <exception cref="CnnVisException">The file is not there (PathNotFound), holds no picture (ImageUnreadable), or too large a one (ImageTooLarge).</exception>
    public static ArrayImage Load(ImageSource source, DecodeOptions options, CnnInput? input = null) => Open(source, options, (stored, channels, height, width) =>
    {
        if (stored.Shape.Length == 1 && input is not { Height: 1 }) throw Unreadable(source.Path, $"its shape is {WeightErrors.Shape(stored.Shape)}; a picture is [channels, rows, columns], or [rows, columns]");
        using var scope = NewDisposeScope();
        using Tensor tensor = StorageLoader.Load(new Dictionary<string, StoredTensor> { [""] = stored }, CancellationToken.None)[0].Tensor;
        Tensor values = tensor.to(ScalarType.Float32).contiguous(); // [C, H, W]
        float[] numbers = values.ToFloats();
        var (low, high) = stored.Numbers.Type is NumberType.UInt8 ? (0f, 255f) : stored.Numbers.Type is NumberType.Bool || input is null ? (0f, 1f) : (input.Low, input.High);
        for (int i = 0; i < numbers.Length; i++)
        {
            float value = (numbers[i] - low) / (high - low);
            if (!(value >= -Slack && value <= 1 + Slack)) throw Unreadable(source.Path, $"it holds {numbers[i]:g6}, and values of float arrays lie in [{low}, {high}]; divide it by its range, save it as uint8, or state its range with -ValueRange min, max of Import-CnnModel");
            numbers[i] = Math.Clamp(value, 0, 1);
        }
        // [C, T] of a signal: its channels, not its rows.
        return input is { Height: 1 } && channels == 1 && height == input.Channels ? new ArrayImage(numbers, height, 1, width) : new ArrayImage(numbers, channels, height, width);
    });

    /// <summary>A picture in memory. Grey becomes colour, and colour grey (luma, Rec. 601), where a network takes the other.</summary>
    /// <param name="picture">One of values.</param>
    /// <param name="channels">What the network takes.</param>
    public static ArrayImage Of(CnnPicture picture, int channels)
    {
        float[] values = picture.Values!;
        int plane = picture.Height * picture.Width;
        if ((picture.Channels, channels) == (1, 3)) values = [.. values, .. values, .. values];
        else if ((picture.Channels, channels) == (3, 1)) values = [.. Enumerable.Range(0, plane).Select(i => 0.299f * values[i] + 0.587f * values[plane + i] + 0.114f * values[2 * plane + i])];
        return new ArrayImage(values, values.Length / plane, picture.Height, picture.Width);
    }

    /// <summary>Size of the picture, without reading its values.</summary>
    /// <exception cref="CnnVisException">The file is not there (PathNotFound), or holds no picture (ImageUnreadable).</exception>
    public static ImageHeader Header(ImageSource source) => Open(source, DecodeOptions.Default with { MaximumPixels = long.MaxValue }, (_, _, height, width) => new ImageHeader(width, height, "Npy", new Orientation(1)));

    /// <summary>The picture to look at: grey, or colour, over white where a channel is its opacity (2 and 4 channels); of other numbers of channels the mean, as grey.</summary>
    public PixelImage ToImage()
    {
        int plane = Height * Width;
        byte[] pixels = new byte[checked(plane * 3)];
        for (int i = 0; i < plane; i++)
        {
            float alpha = Channels is 2 or 4 ? Values[(Channels - 1) * plane + i] : 1;
            for (int c = 0; c < 3; c++)
            {
                float value = Channels switch
                {
                    1 or 2 => Values[i],
                    3 or 4 => Values[c * plane + i],
                    _ => Mean(i),
                };
                pixels[i * 3 + c] = (byte)((value * alpha + 1 - alpha) * 255 + 0.5f);
            }
        }
        return new PixelImage(Width, Height, pixels);

        float Mean(int at)
        {
            float sum = 0;
            for (int c = 0; c < Channels; c++) sum += Values[c * plane + at];
            return sum / Channels;
        }
    }

    /// <summary>The picture to look at of a network's input, [C, H, W] in [0, 1].</summary>
    public static PixelImage ToImage(float[] values, CnnInput input) => new ArrayImage(values, input.Channels, input.Height, input.Width).ToImage();

    /// <summary>Writes what a view shows of it as a network's input: the same weights as for photos, channel by channel.</summary>
    /// <exception cref="CnnVisException">The network takes another number of channels.</exception>
    public void Write(string path, PixelView view, CnnInput input, Span<float> destination)
    {
        if (input.Channels != Channels)
            throw new CnnVisException(ErrorIds.ImageUnreadable, $"'{path}' has {Channels} channels, and the network takes {input.Channels}.", path);
        Rectangle(input.Width, view.ResizedWidth, view.Left, out int x, out int width);
        Rectangle(input.Height, view.ResizedHeight, view.Top, out int y, out int height);
        Taps rows = Taps.Of(input.Interpolation, Height, view.ResizedHeight, y + view.Top, height, flipped: false);
        Taps columns = Taps.Of(input.Interpolation, Width, view.ResizedWidth, x + view.Left, width, flipped: false);
        float[] line = new float[Width];
        for (int c = 0; c < Channels; c++)
        {
            ReadOnlySpan<float> plane = Values.AsSpan(c * Height * Width, Height * Width);
            for (int row = 0; row < height; row++)
            {
                Array.Clear(line);
                ReadOnlySpan<float> weights = rows.Weights(row);
                for (int i = 0; i < weights.Length; i++)
                    for (int u = 0; u < Width; u++) line[u] += plane[(rows.Starts[row] + i) * Width + u] * weights[i];
                Span<float> target = destination.Slice((c * input.Height + y + row) * input.Width + x, width);
                for (int column = 0; column < width; column++)
                {
                    float sum = 0;
                    ReadOnlySpan<float> along = columns.Weights(column);
                    for (int i = 0; i < along.Length; i++) sum += line[columns.Starts[column] + i] * along[i];
                    target[column] = Math.Clamp(sum, 0, 1);
                }
            }
        }

        static void Rectangle(int extent, int resized, int offset, out int start, out int length)
        {
            start = Math.Max(0, -offset); // where the picture begins in the input
            length = Math.Min(extent, resized - offset) - start;
        }
    }

    private static T Open<T>(ImageSource from, DecodeOptions options, Func<StoredTensor, int, int, int, T> use)
    {
        string path = from.Path;
        if (!File.Exists(from.File)) throw new CnnVisException(ErrorIds.PathNotFound, $"There is no file '{path}'.", path);
        try
        {
            using var sources = new WeightSources();
            WeightSource source = sources.Open(from.File, from.Offset, from.Length);
            if (!NpyHeader.Recognises(source.Read(0, Math.Min(6, source.Length)))) throw Unreadable(path, "it is no NumPy array file");
            StoredTensor stored = NumPyWeights.Read(source).Tensors.Values.Single();
            if (stored.Numbers.Type is not (NumberType.Float32 or NumberType.Float64 or NumberType.Float16 or NumberType.UInt8 or NumberType.Bool))
                throw Unreadable(path, $"its numbers are of type {stored.Numbers.Type}; pictures are float in [0, 1] or uint8");
            if (stored.Shape is not ([> 0] or [> 0, > 0] or [> 0, > 0, > 0]))
                throw Unreadable(path, $"its shape is {WeightErrors.Shape(stored.Shape)}; a picture is [channels, rows, columns], or [rows, columns], and a signal [channels, samples], or [samples]");
            long rows = stored.Shape.Length > 1 ? stored.Shape[^2] : 1, pixels = stored.Shape[^1] * rows;
            if (pixels > options.MaximumPixels)
                throw new CnnVisException(ErrorIds.ImageTooLarge, $"'{path}' has {stored.Shape[^1]}x{rows} = {pixels:N0} pixels, more than the limit of {options.MaximumPixels:N0}. Scale it down first.", path);
            return use(stored, stored.Shape.Length == 3 ? (int)stored.Shape[0] : 1, (int)rows, (int)stored.Shape[^1]);
        }
        catch (CnnVisException e) when (e.ErrorId == ErrorIds.WeightsUnreadable)
        {
            throw Unreadable(path, e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OverflowException or ExternalException)
        {
            throw Unreadable(path, OperatorFailure.Reason(e), e);
        }
    }

    private static CnnVisException Unreadable(string path, string reason, Exception? error = null) =>
        new(ErrorIds.ImageUnreadable, $"'{path}' cannot be read: {reason.TrimEnd('.')}.", path, error);
}
