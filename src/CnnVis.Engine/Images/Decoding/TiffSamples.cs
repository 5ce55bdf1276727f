using System.Runtime.InteropServices;
using BitMiracle.LibTiff.Classic;

namespace CnnVis.Engine.Images.Decoding;

/// <summary>What the numbers of a TIFF pixel are, and how they become grey or colour in [0, 1].</summary>
internal sealed class TiffSamples
{
    /// <summary>Rounding that is forgiven where values should lie in [0, 1].</summary>
    private const float Slack = 1e-3f;

    private readonly SampleFormat _format;
    private readonly Photometric _photometric;
    private readonly float _low, _range;
    private readonly int _alpha; // where the opacity stands in a stored pixel
    private readonly float[]? _palette;

    /// <param name="count">Numbers a pixel.</param>
    /// <param name="bits">Bits of a number.</param>
    /// <param name="format">Whole or real.</param>
    /// <param name="photometric">What they mean.</param>
    /// <param name="extra">What the first number beyond those of the colour is; null where the file does not say.</param>
    /// <param name="palette">The three columns of a palette, of 16 bits.</param>
    /// <param name="options">The range of real numbers.</param>
    /// <exception cref="InvalidDataException">Such pictures are not read; the message says why.</exception>
    public TiffSamples(int count, int bits, SampleFormat format, Photometric photometric, ExtraSample? extra, ushort[]?[]? palette, DecodeOptions options)
    {
        (Count, Bits, _format, _photometric) = (count, bits, format, photometric);
        int colors = photometric switch
        {
            Photometric.MINISBLACK or Photometric.MINISWHITE or Photometric.PALETTE => 1,
            Photometric.RGB => 3,
            Photometric.SEPARATED => 4,
            Photometric.YCBCR or Photometric.CIELAB => 0,
            _ => throw new InvalidDataException($"its colours are of a kind that is not read here (photometric interpretation {(int)photometric}). Save it as grey or RGB"),
        };
        IsRgba = colors == 0;
        if (IsRgba) return;
        if (format is SampleFormat.INT) throw new InvalidDataException("its numbers are signed, so that nothing says what is black and what is white. Save it with unsigned whole numbers, or as float in [0, 1]");
        bool isReal = format == SampleFormat.IEEEFP;
        if (format is SampleFormat.COMPLEXINT or SampleFormat.COMPLEXIEEEFP || (isReal ? bits is not (16 or 32 or 64) : bits is not (>= 1 and <= 16 or 32)))
            throw new InvalidDataException($"its numbers of {bits} bits are not read here. Save it with 8 or 16 bits, or as float in [0, 1]");
        if (count < colors) throw new InvalidDataException($"it has {count} values a pixel where its colours need {colors}");
        bool hasAlpha = count > colors && extra is ExtraSample.ASSOCALPHA or ExtraSample.UNASSALPHA && photometric != Photometric.SEPARATED;
        if (colors == 1 && count > (hasAlpha ? 2 : 1)) throw new InvalidDataException($"it has {count} channels, of which nothing says that they are colours. Save each as a picture of its own, or all as a NumPy file (.npy) of [{count}, rows, columns]");
        if (photometric == Photometric.PALETTE) _palette = Colors(palette, bits, isReal);
        (HasAlpha, _alpha) = (hasAlpha, colors);
        IsMultiplied = hasAlpha && extra == ExtraSample.ASSOCALPHA;
        IsGrey = colors == 1 && _palette is null;
        IsFloat = _palette is null && bits > 8;
        Channels = (IsGrey ? 1 : 3) + (hasAlpha ? 1 : 0);
        (_low, _range) = isReal ? (options.Low, options.High - options.Low) : (0, bits == 32 ? uint.MaxValue : (1 << bits) - 1);
    }

    /// <summary>Numbers a pixel, as stored.</summary>
    public int Count { get; }

    /// <summary>Bits of each.</summary>
    public int Bits { get; }

    /// <summary>Values a pixel that <see cref="ToColors"/> makes: grey or R, G, B, and opacity where there is one.</summary>
    public int Channels { get; }

    /// <summary>8 bits would lose something.</summary>
    public bool IsFloat { get; }

    /// <summary>Some pixels may be transparent.</summary>
    public bool HasAlpha { get; }

    /// <summary>Colours were multiplied by their opacity already.</summary>
    public bool IsMultiplied { get; }

    /// <summary>There is no colour.</summary>
    public bool IsGrey { get; }

    /// <summary>The library has to convert the colours.</summary>
    public bool IsRgba { get; }

    /// <summary>Takes numbers out of a row as it is stored.</summary>
    /// <param name="row">The bytes, in this machine's order.</param>
    /// <param name="count">How many numbers.</param>
    /// <param name="to">Takes them.</param>
    /// <param name="step">How far one is from the next there.</param>
    public void Unpack(ReadOnlySpan<byte> row, int count, Span<float> to, int step)
    {
        switch (Bits, _format == SampleFormat.IEEEFP)
        {
            case (8, _):
                for (int i = 0; i < count; i++) to[i * step] = row[i];
                break;
            case (16, false):
                ReadOnlySpan<ushort> words = MemoryMarshal.Cast<byte, ushort>(row);
                for (int i = 0; i < count; i++) to[i * step] = words[i];
                break;
            case (16, true):
                ReadOnlySpan<Half> halves = MemoryMarshal.Cast<byte, Half>(row);
                for (int i = 0; i < count; i++) to[i * step] = (float)halves[i];
                break;
            case (32, false):
                ReadOnlySpan<uint> longs = MemoryMarshal.Cast<byte, uint>(row);
                for (int i = 0; i < count; i++) to[i * step] = longs[i];
                break;
            case (32, true):
                ReadOnlySpan<float> floats = MemoryMarshal.Cast<byte, float>(row);
                for (int i = 0; i < count; i++) to[i * step] = floats[i];
                break;
            case (64, _):
                ReadOnlySpan<double> doubles = MemoryMarshal.Cast<byte, double>(row);
                for (int i = 0; i < count; i++) to[i * step] = (float)doubles[i];
                break;
            default: // the highest bit first, across bytes
                for (int i = 0, bit = 0; i < count; i++)
                {
                    int number = 0;
                    for (int b = 0; b < Bits; b++, bit++) number = number << 1 | row[bit >> 3] >> (7 - (bit & 7)) & 1;
                    to[i * step] = number;
                }
                break;
        }
    }

    /// <summary>Makes colours in [0, 1] of a row of pixels.</summary>
    /// <exception cref="CnnVisException">A real number lies outside its range, or a pixel outside the palette.</exception>
    public void ToColors(ReadOnlySpan<float> stored, Span<float> colors, string path)
    {
        for (int from = 0, to = 0; from < stored.Length; from += Count, to += Channels)
        {
            ReadOnlySpan<float> pixel = stored.Slice(from, Count);
            Span<float> color = colors.Slice(to, Channels);
            if (_palette is not null)
            {
                int index = (int)pixel[0];
                _palette.AsSpan(3 * index, 3).CopyTo(color);
            }
            else if (_photometric == Photometric.SEPARATED)
            {
                float black = 1 - Value(pixel[3], path);
                for (int c = 0; c < 3; c++) color[c] = (1 - Value(pixel[c], path)) * black;
            }
            else
            {
                int count = IsGrey ? 1 : 3;
                for (int c = 0; c < count; c++) color[c] = _photometric == Photometric.MINISWHITE ? 1 - Value(pixel[c], path) : Value(pixel[c], path);
            }
            if (HasAlpha) color[^1] = Value(pixel[_alpha], path);
        }
    }

    private float Value(float stored, string path)
    {
        float value = (stored - _low) / _range;
        if (!(value >= -Slack && value <= 1 + Slack))
            throw EncodedImage.Unreadable(path, $"it holds {stored:g6}, and values of float pictures lie in [{_low}, {_low + _range}]; divide it by its range, save it with 8 or 16 bits, or state its range with -ValueRange min, max of Import-CnnModel");
        return Math.Clamp(value, 0, 1);
    }

    /// <summary>Three values in [0, 1] for each number that a pixel can be.</summary>
    private static float[] Colors(ushort[]?[]? palette, int bits, bool isReal)
    {
        if (isReal || bits > 16 || palette is not [{ } red, { } green, { } blue] || red.Length < 1 << bits || green.Length < 1 << bits || blue.Length < 1 << bits)
            throw new InvalidDataException("its palette is damaged");
        // The upper byte counts, as everywhere; some writers fill the lower one only.
        bool isLow = red.Concat(green).Concat(blue).All(v => v <= byte.MaxValue);
        float[] colors = new float[3 << bits];
        for (int i = 0; i < 1 << bits; i++)
            (colors[3 * i], colors[3 * i + 1], colors[3 * i + 2]) = (Value(red[i]), Value(green[i]), Value(blue[i]));
        return colors;

        float Value(ushort entry) => (isLow ? entry : entry >> 8) / 255f;
    }
}
