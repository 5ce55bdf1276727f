using System.Globalization;
using System.Runtime.InteropServices;
using BitMiracle.LibTiff.Classic;
using Microsoft.Win32.SafeHandles;
using SkiaSharp;

namespace CnnVis.Engine.Images.Decoding;

/// <summary>A page of a TIFF file, decoded by LibTiff.NET, which is managed code throughout: whatever is wrong with a file ends in an exception.</summary>
internal sealed class TiffImage : EncodedImage
{
    /// <summary>Tiles may be larger than a small picture, but not by any factor.</summary>
    private const long SmallTile = 1 << 22;

    private const int MostSamples = 64;
    private readonly FileStream _file;
    private readonly long _start, _length;
    private readonly TiffDirectory _page;

    /// <param name="source">Which page of which file.</param>
    /// <param name="file">The open file, which it then owns.</param>
    /// <param name="length">Bytes of the TIFF in it.</param>
    /// <exception cref="CnnVisException">It is damaged, or has no such page.</exception>
    public TiffImage(ImageSource source, FileStream file, long length) : base(source.Path)
    {
        (_file, _start, _length) = (file, source.Offset, length);
        var (pages, damage) = TiffPages.List(source, file, length);
        int page = source.Page ?? 1;
        if (page > pages.Count) throw Unreadable(source.Path, damage ?? (pages.Count == 0 ? "there is no picture in it" : $"it has {pages.Count} pages"));
        _page = pages[page - 1];
        var (width, height) = _page.Orientation.Turn(_page.Width, _page.Height);
        Header = new ImageHeader(width, height, "Tiff", _page.Orientation);
    }

    /// <inheritdoc/>
    public override ImageHeader Header { get; }

    /// <inheritdoc/>
    public override void Dispose() => _file.Dispose();

    /// <inheritdoc/>
    protected override Raster DecodeStored(int minimumWidth, int minimumHeight, DecodeOptions options)
    {
        var messages = new Messages();
        Raster? raster = null;
        try
        {
            if (_page.BlockPixels > Math.Max(SmallTile, 4L * _page.Width * _page.Height)) throw Unreadable(Path, "its tiles are far larger than the picture");
            Tiff.SetErrorHandler(messages); // of this thread
            using Tiff? tiff = Tiff.ClientOpen(Path, "rh", messages, new Window(_file.SafeFileHandle, _start, _length));
            if (tiff is null || !tiff.SetSubDirectory(_page.Offset)) throw Damaged(messages, null);
            if (Field(tiff, TiffTag.IMAGEWIDTH, 0) != _page.Width || Field(tiff, TiffTag.IMAGELENGTH, 0) != _page.Height) throw Unreadable(Path, "its size is damaged");
            var compression = (Compression)Field(tiff, TiffTag.COMPRESSION, 1);
            if (!tiff.IsCodecConfigured(compression)) throw Unreadable(Path, $"its compression, {Name(compression)}, is not read here. Save it with LZW or Deflate, or without");
            CheckLengths(tiff);
            TiffSamples samples = Samples(tiff, compression, options);
            raster = new Raster(_page.Width, _page.Height, samples.IsFloat) { HasAlpha = samples.HasAlpha, Orientation = _page.Orientation };
            if (samples.IsRgba) ReadAsRgba(tiff, raster, messages);
            else ReadBlocks(tiff, samples, raster, messages);
            if (!samples.IsGrey && Profile(tiff) is { } profile) raster.ConvertFrom(profile);
            return Interlocked.Exchange(ref raster, null);
        }
        catch (Exception error) when (error is not (CnnVisException or OutOfMemoryException)) // the library throws whatever comes
        {
            throw Damaged(messages, error);
        }
        finally
        {
            raster?.Dispose();
        }
    }

    /// <summary>The library makes room for as many bytes as a strip or tile is said to have, or as it reckons where the file does not say.</summary>
    private void CheckLengths(Tiff tiff)
    {
        bool isTiled = tiff.IsTiled();
        int count = isTiled ? tiff.NumberOfTiles() : tiff.NumberOfStrips();
        for (int i = 0; i < count; i++)
            if ((isTiled ? tiff.RawTileSize(i) : tiff.RawStripSize(i)) is var bytes && (bytes < 0 || bytes > _length)) throw Unreadable(Path, $"a {(isTiled ? "tile" : "strip")} of it claims other bytes than the file has");
    }

    /// <summary>What the numbers of a pixel are.</summary>
    private TiffSamples Samples(Tiff tiff, Compression compression, DecodeOptions options)
    {
        int count = Field(tiff, TiffTag.SAMPLESPERPIXEL, 1), bits = Field(tiff, TiffTag.BITSPERSAMPLE, 1);
        if (count > MostSamples) throw Unreadable(Path, $"it has {count} values a pixel");
        var format = (SampleFormat)Field(tiff, TiffTag.SAMPLEFORMAT, (int)SampleFormat.UINT);
        var photometric = (Photometric)Field(tiff, TiffTag.PHOTOMETRIC, count >= 3 ? (int)Photometric.RGB : (int)Photometric.MINISBLACK);
        if (photometric == Photometric.YCBCR && compression == Compression.JPEG)
        {
            tiff.SetField(TiffTag.JPEGCOLORMODE, JpegColorMode.RGB);
            photometric = Photometric.RGB;
        }
        FieldValue[]? extra = tiff.GetField(TiffTag.EXTRASAMPLES);
        ExtraSample? first = extra is [_, var kinds, ..] && kinds.ToShortArray() is [var kind, ..] ? (ExtraSample)kind : null;
        ushort[]?[]? palette = photometric == Photometric.PALETTE ? [.. (tiff.GetField(TiffTag.COLORMAP) ?? []).Select(f => f.Value is short[] s ? MemoryMarshal.Cast<short, ushort>(s).ToArray() : f.Value as ushort[])] : null;
        try
        {
            return new TiffSamples(count, bits, format, photometric, first, palette, options);
        }
        catch (InvalidDataException error)
        {
            throw Unreadable(Path, error.Message, error);
        }
    }

    /// <summary>Reads tiles, or strips of one plane after another, or row by row where a row holds all there is.</summary>
    private void ReadBlocks(Tiff tiff, TiffSamples samples, Raster raster, Messages messages)
    {
        bool isTiled = tiff.IsTiled(), isPlanar = samples.Count > 1 && Field(tiff, TiffTag.PLANARCONFIG, 1) == (int)PlanarConfig.SEPARATE;
        int planes = isPlanar ? samples.Count : 1;
        int width = isTiled ? Field(tiff, TiffTag.TILEWIDTH, 0) : _page.Width, rowBytes = isTiled ? tiff.TileRowSize() : tiff.ScanlineSize();
        int height = isTiled ? Field(tiff, TiffTag.TILELENGTH, 0) : isPlanar ? Math.Min(_page.Height, Field(tiff, TiffTag.ROWSPERSTRIP, _page.Height) is > 0 and var rows ? rows : _page.Height) : 1;
        // Of JPEG the library makes whole strips of several rows at a time.
        long least = ((long)width * (isPlanar ? 1 : samples.Count) * samples.Bits + 7) / 8;
        if (width < 1 || height < 1 || rowBytes < least || (long)rowBytes * height > Array.MaxLength) throw Unreadable(Path, "the size of its tiles or strips is damaged");
        byte[][] blocks = [.. Enumerable.Range(0, planes).Select(_ => new byte[isTiled ? Math.Max(tiff.TileSize(), rowBytes * height) : isPlanar ? Math.Max(tiff.StripSize(), rowBytes * height) : rowBytes])];
        float[] values = new float[width * samples.Count], colors = new float[width * samples.Channels];
        for (int y = 0; y < _page.Height; y += height)
        {
            for (int x = 0; x < _page.Width; x += width)
            {
                int wide = Math.Min(width, _page.Width - x), tall = Math.Min(height, _page.Height - y);
                for (short p = 0; p < planes; p++)
                {
                    bool isRead = isTiled ? tiff.ReadEncodedTile(tiff.ComputeTile(x, y, 0, p), blocks[p], 0, blocks[p].Length) >= rowBytes * tall
                        : isPlanar ? tiff.ReadEncodedStrip(tiff.ComputeStrip(y, p), blocks[p], 0, blocks[p].Length) >= rowBytes * tall
                        : tiff.ReadScanline(blocks[p], y);
                    if (!isRead) throw Damaged(messages, null);
                }
                for (int row = 0; row < tall; row++)
                {
                    for (int p = 0; p < planes; p++)
                        samples.Unpack(blocks[p].AsSpan(row * rowBytes, rowBytes), isPlanar ? wide : wide * samples.Count, values.AsSpan(p), step: planes);
                    samples.ToColors(values.AsSpan(0, wide * samples.Count), colors, Path);
                    raster.Write(x, y + row, colors.AsSpan(0, wide * samples.Channels), samples.Channels, samples.IsMultiplied);
                }
            }
        }
    }

    /// <summary>Lets the library convert colours: YCbCr and CIE L*a*b*, 8 bits.</summary>
    private unsafe void ReadAsRgba(Tiff tiff, Raster raster, Messages messages)
    {
        if (!tiff.RGBAImageOK(out string why)) throw Unreadable(Path, why);
        int[] pixels = new int[checked(_page.Width * _page.Height)]; // A, B, G, R from the highest byte on
        if (!tiff.ReadRGBAImageOriented(_page.Width, _page.Height, pixels, (BitMiracle.LibTiff.Classic.Orientation)_page.Orientation.Exif, stopOnError: true)) throw Damaged(messages, null);
        MemoryMarshal.AsBytes(pixels.AsSpan()).CopyTo(new Span<byte>(raster.Pixels, 4 * pixels.Length));
    }

    private static SKColorSpace? Profile(Tiff tiff) =>
        tiff.GetField(TiffTag.ICCPROFILE) is [_, var bytes, ..] && bytes.GetBytes() is { Length: > 0 } profile && SKColorSpace.CreateIcc(profile) is { IsSrgb: false } space ? space : null;

    private static int Field(Tiff tiff, TiffTag tag, int otherwise) => tiff.GetFieldDefaulted(tag) is [var value, ..] ? value.ToInt() : otherwise;

    private static string Name(Compression compression) => (int)compression switch
    {
        34712 => "JPEG 2000",
        34887 => "LERC",
        34925 => "LZMA",
        50000 or 34926 => "Zstandard",
        50001 or 34927 => "WebP",
        50002 or 52546 => "JPEG XL",
        var number => Enum.IsDefined(compression) ? compression.ToString() : number.ToString(CultureInfo.InvariantCulture),
    };

    private CnnVisException Damaged(Messages messages, Exception? error) =>
        Unreadable(Path, messages.First is { } message ? $"its pixels are damaged ({message.TrimEnd('.', '\n')})" : "its pixels are damaged, or the file is cut short", error);

    /// <summary>Keeps what the library complains of, which it would print otherwise.</summary>
    private sealed class Messages : TiffErrorHandler
    {
        public string? First { get; private set; }

        public override void ErrorHandler(Tiff tif, string method, string format, params object[] args)
        {
        }

        public override void ErrorHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
        {
            if (clientData is Messages { First: null } own) own.First = Text(format, args);
        }

        public override void WarningHandler(Tiff tif, string method, string format, params object[] args)
        {
        }

        public override void WarningHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
        {
        }

        private static string Text(string format, object[] args)
        {
            try
            {
                return string.Format(CultureInfo.InvariantCulture, format, args);
            }
            catch (FormatException)
            {
                return format;
            }
        }
    }

    /// <summary>The part of a file that is the TIFF, for reading.</summary>
    private sealed class Window(SafeFileHandle file, long start, long length) : TiffStream
    {
        private long _at;

        public override int Read(object clientData, byte[] buffer, int offset, int count)
        {
            int read = 0, wanted = (int)Math.Min(count, Math.Max(0, length - _at));
            while (read < wanted)
            {
                int some = RandomAccess.Read(file, buffer.AsSpan(offset + read, wanted - read), start + _at);
                if (some == 0) break;
                read += some;
                _at += some;
            }
            return read;
        }

        public override long Seek(object clientData, long offset, SeekOrigin origin) =>
            _at = Math.Max(0, origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => _at + offset, _ => length + offset });

        public override long Size(object clientData) => length;

        public override void Write(object clientData, byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Close(object clientData)
        {
        }
    }
}
