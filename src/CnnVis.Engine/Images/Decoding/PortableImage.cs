using SkiaSharp;

namespace CnnVis.Engine.Images.Decoding;

/// <summary>A PBM, PGM or PPM file in memory, of text (P1 to P3) or binary (P4 to P6), <see href="https://netpbm.sourceforge.net/doc/#formats"/>. Of several pictures in a file the first.</summary>
internal sealed class PortableImage : EncodedImage
{
    /// <summary>Digits of the largest number that a header may hold.</summary>
    private const int MaximumDigits = 9;

    private readonly SKData _data;
    private readonly int _kind, _width, _height, _start;
    private readonly float _maximum;

    /// <param name="path">What errors name.</param>
    /// <param name="data">The file's bytes, which it owns.</param>
    /// <exception cref="CnnVisException">The header is damaged.</exception>
    public PortableImage(string path, SKData data) : base(path)
    {
        ReadOnlySpan<byte> file = data.Span;
        (_data, _kind) = (data, file[1] - '0');
        int at = 2;
        (_width, _height) = (Number(file, ref at), Number(file, ref at));
        _maximum = IsBilevel ? 1 : Number(file, ref at);
        if (_width < 1 || _height < 1 || _maximum is < 1 or > ushort.MaxValue || at >= file.Length) throw Unreadable(path, "its header is damaged");
        _start = at + 1; // one white space
        Header = new ImageHeader(_width, _height, IsBilevel ? "Pbm" : IsColor ? "Ppm" : "Pgm", new Orientation(1));
    }

    /// <inheritdoc/>
    public override ImageHeader Header { get; }

    private bool IsBilevel => _kind is 1 or 4;

    private bool IsColor => _kind is 3 or 6;

    /// <summary>Whether a file begins as one.</summary>
    public static bool Recognises(ReadOnlySpan<byte> file) => file.Length > 2 && file[0] == 'P' && file[1] is >= (byte)'1' and <= (byte)'6' && (IsSpace(file[2]) || file[2] == '#');

    /// <inheritdoc/>
    protected override Raster DecodeStored(int minimumWidth, int minimumHeight, DecodeOptions options)
    {
        ReadOnlySpan<byte> file = _data.Span;
        int channels = IsColor ? 3 : 1, bytes = _maximum > byte.MaxValue ? 2 : 1, at = _start;
        long rowBytes = _kind == 4 ? (_width + 7) / 8 : (long)_width * channels * (_kind > 3 ? bytes : 1); // of text at least a digit each
        if (rowBytes * _height > file.Length - _start) throw Unreadable(Path, "the file ends before the picture does");
        bool isExact = byte.MaxValue % _maximum == 0; // else 8 bits would not do
        var raster = new Raster(_width, _height, isFloat: !isExact);
        try
        {
            float[] row = new float[_width * channels];
            for (int y = 0; y < _height; y++)
            {
                if (_kind == 4)
                {
                    for (int x = 0; x < _width; x++) row[x] = 1 - (file[at + x / 8] >> (7 - x % 8) & 1); // 1 is black
                    at += (int)rowBytes;
                }
                else
                {
                    for (int i = 0; i < row.Length; i++)
                    {
                        float value = _kind switch
                        {
                            1 => 1 - Digit(file, ref at),
                            2 or 3 => Number(file, ref at),
                            _ when bytes == 2 => file[at++] << 8 | file[at++],
                            _ => file[at++],
                        };
                        if (!(value >= 0 && value <= _maximum)) throw Unreadable(Path, $"a value of it is not between 0 and {_maximum}");
                        row[i] = value / _maximum;
                    }
                }
                raster.Write(0, y, row, channels);
            }
            return raster;
        }
        catch
        {
            raster.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => _data.Dispose();

    /// <summary>The next number; −1 where there is none.</summary>
    private static int Number(ReadOnlySpan<byte> file, ref int at)
    {
        Skip(file, ref at);
        int start = at, number = 0;
        while (at < file.Length && file[at] is >= (byte)'0' and <= (byte)'9')
        {
            if (at - start >= MaximumDigits) return -1;
            number = number * 10 + file[at++] - '0';
        }
        return at > start ? number : -1;
    }

    /// <summary>The next 0 or 1 of a bilevel picture, between which there need be no space; 2 where there is none.</summary>
    private static int Digit(ReadOnlySpan<byte> file, ref int at)
    {
        Skip(file, ref at);
        return at < file.Length && file[at] is (byte)'0' or (byte)'1' ? file[at++] - '0' : 2;
    }

    private static void Skip(ReadOnlySpan<byte> file, ref int at)
    {
        for (; at < file.Length && (IsSpace(file[at]) || file[at] == '#'); at++)
        {
            if (file[at] == '#')
                while (at < file.Length && file[at] is not ((byte)'\n' or (byte)'\r')) at++;
        }
    }

    private static bool IsSpace(byte b) => b is (byte)' ' or >= 9 and <= 13;
}
