using System.Buffers.Binary;
using SkiaSharp;

namespace CnnVis.Engine.Images.Decoding;

/// <summary>A Truevision TGA file in memory: grey, colour or palette, plain or run lengths, <see href="https://www.dca.fee.unicamp.br/~martino/disciplinas/ia978/tgaffs.pdf">specification 2.0</see>.</summary>
internal sealed class TargaImage : EncodedImage
{
    private const int HeaderLength = 18, FooterLength = 26;

    /// <summary>In the extension area, from its start: what the attribute bits mean. 3 is opacity, 4 opacity by which colours were multiplied.</summary>
    private const int AttributesType = 494;

    private readonly SKData _data;
    private readonly int _type, _depth, _paletteFirst, _paletteLength, _paletteDepth, _width, _height;
    private readonly bool _hasAlpha, _isMultiplied;
    private readonly int _palette, _pixels;

    /// <param name="path">What errors name.</param>
    /// <param name="data">The file's bytes, which it owns.</param>
    public TargaImage(string path, SKData data) : base(path)
    {
        ReadOnlySpan<byte> file = data.Span;
        _data = data;
        (_type, _depth) = (file[2], file[16]);
        (_paletteFirst, _paletteLength, _paletteDepth) = (Word(file, 3), file[1] == 1 ? Word(file, 5) : 0, file[7]);
        (_width, _height) = (Word(file, 12), Word(file, 14));
        _palette = HeaderLength + file[0];
        _pixels = _palette + _paletteLength * ((_paletteDepth + 7) / 8);
        int attributes = file[17] & 15, meaning = Meaning(file) ?? 3;
        int colour = IsIndexed ? _paletteDepth : _depth;
        _hasAlpha = meaning is 3 or 4 && (colour == 32 && (attributes == 8 || IsIndexed) || colour == 16 && attributes == 1 && !IsGrey);
        _isMultiplied = meaning == 4;
        bool fromRight = (file[17] & 16) != 0, fromTop = (file[17] & 32) != 0;
        Header = new ImageHeader(_width, _height, "Tga", new Orientation((fromRight, fromTop) switch { (false, true) => 1, (true, true) => 2, (true, false) => 3, _ => 4 }));
    }

    /// <inheritdoc/>
    public override ImageHeader Header { get; }

    private bool IsIndexed => _type is 1 or 9;

    private bool IsGrey => _type is 3 or 11;

    /// <summary>Whether a file is one: by its last bytes, or, because old ones have none that tell, by its name and a header that makes sense.</summary>
    public static bool Recognises(ReadOnlySpan<byte> file, string path)
    {
        if (file.Length < HeaderLength || !HasFooter(file) && !System.IO.Path.GetExtension(path).Equals(".tga", StringComparison.OrdinalIgnoreCase)) return false;
        bool isIndexed = file[2] is 1 or 9;
        return Word(file, 12) > 0 && Word(file, 14) > 0 && file[1] <= 1 && (file[1] == 0 || IsColorDepth(file[7])) && file[2] switch
        {
            1 or 9 => file[1] == 1 && file[16] is 8 or 16,
            2 or 10 => IsColorDepth(file[16]),
            3 or 11 => file[16] is 8 or 16,
            _ => false,
        };

        static bool IsColorDepth(byte bits) => bits is 15 or 16 or 24 or 32;
    }

    /// <inheritdoc/>
    protected override Raster DecodeStored(int minimumWidth, int minimumHeight, DecodeOptions options)
    {
        ReadOnlySpan<byte> file = _data.Span;
        int bytes = (_depth + 7) / 8, at = _pixels;
        bool isPacked = _type >= 9;
        // Run lengths make at most 128 pixels of a packet.
        long least = isPacked ? ((long)_width * _height + 127) / 128 * (1 + bytes) : (long)_width * _height * bytes;
        if (at > file.Length || least > file.Length - at) throw Cut();
        var raster = new Raster(_width, _height) { HasAlpha = _hasAlpha, Orientation = Header.Orientation };
        try
        {
            float[] row = new float[_width * 4];
            int run = 0;
            bool isRun = false;
            ReadOnlySpan<byte> pixel = default;
            for (int y = 0; y < _height; y++)
            {
                for (int x = 0; x < _width; x++)
                {
                    if (isPacked && run == 0)
                    {
                        if (at >= file.Length) throw Cut();
                        (isRun, run) = ((file[at] & 128) != 0, (file[at] & 127) + 1);
                        at++;
                        if (isRun) pixel = Next(file, ref at, bytes);
                    }
                    if (!isRun) pixel = Next(file, ref at, bytes);
                    run--;
                    Write(file, pixel, row.AsSpan(4 * x, 4));
                }
                raster.Write(0, y, row, 4, _isMultiplied);
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

    private static bool HasFooter(ReadOnlySpan<byte> file) => file.Length >= HeaderLength + FooterLength && file[^18..].SequenceEqual("TRUEVISION-XFILE.\0"u8);

    /// <summary>What the file says that its attribute bits mean; null where it says nothing.</summary>
    private static int? Meaning(ReadOnlySpan<byte> file)
    {
        if (!HasFooter(file)) return null;
        long at = BinaryPrimitives.ReadUInt32LittleEndian(file[^FooterLength..]) + (long)AttributesType;
        return at > AttributesType && at < file.Length ? file[(int)at] : null;
    }

    private ReadOnlySpan<byte> Next(ReadOnlySpan<byte> file, scoped ref int at, int bytes)
    {
        if (at + bytes > file.Length) throw Cut();
        at += bytes;
        return file.Slice(at - bytes, bytes);
    }

    /// <summary>R, G, B, A in [0, 1] of a stored pixel.</summary>
    private void Write(ReadOnlySpan<byte> file, ReadOnlySpan<byte> stored, Span<float> to)
    {
        to[3] = 1;
        if (IsGrey)
        {
            to[..3].Fill(stored[0] / 255f); // of 16 bits the second byte are attributes
            return;
        }
        int depth = _depth;
        if (IsIndexed)
        {
            int index = (stored.Length == 2 ? Word(stored, 0) : stored[0]) - _paletteFirst, bytes = (_paletteDepth + 7) / 8;
            if (index < 0 || index >= _paletteLength) throw Unreadable(Path, $"a pixel of it names a colour that its palette of {_paletteLength} has not");
            stored = file.Slice(_palette + index * bytes, bytes);
            depth = _paletteDepth;
        }
        if (depth <= 16)
        {
            int word = Word(stored, 0); // A RRRRR GGGGG BBBBB
            (to[0], to[1], to[2]) = (Five(word >> 10), Five(word >> 5), Five(word));
            if (_hasAlpha) to[3] = word >> 15;
            return;
        }
        (to[0], to[1], to[2]) = (stored[2] / 255f, stored[1] / 255f, stored[0] / 255f);
        if (_hasAlpha) to[3] = stored[3] / 255f;

        static float Five(int bits) => (bits & 31) / 31f;
    }

    private static int Word(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadUInt16LittleEndian(file[at..]);

    private CnnVisException Cut() => Unreadable(Path, "the file ends before the picture does");
}
