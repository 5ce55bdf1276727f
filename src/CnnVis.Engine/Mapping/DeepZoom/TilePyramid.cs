using System.Runtime.ExceptionServices;
using CnnVis.Engine.Images;
using CnnVis.Engine.Runtime;

namespace CnnVis.Engine.Mapping.DeepZoom;

/// <summary>
/// A picture at all sizes down to one pixel, each half as large as the one above, cut into square tiles: <c>level/column_row.jpg</c>, as Deep Zoom numbers them, level 0
/// the smallest. Rows come from the top; each level holds the rows of one row of tiles.
/// </summary>
internal sealed class TilePyramid
{
    /// <summary>Side of a tile, in pixels.</summary>
    public const int TileSize = 256;

    private readonly AtomicFolder _folder;
    private readonly int _quality, _level, _width, _height;
    private readonly byte[] _rows; // [TileSize, width, 3]
    private readonly TilePyramid? _below;
    private int _held, _tileRow;

    /// <param name="folder">Where the tiles go.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="quality">Of the JPEG tiles, 1 to 100.</param>
    public TilePyramid(AtomicFolder folder, int width, int height, int quality) : this(folder, width, height, quality, Levels(width, height) - 1)
    {
    }

    private TilePyramid(AtomicFolder folder, int width, int height, int quality, int level)
    {
        (_folder, _width, _height, _quality, _level) = (folder, width, height, quality, level);
        _rows = new byte[checked(Math.Min(TileSize, height) * width * 3)];
        if (level > 0) _below = new TilePyramid(folder, (width + 1) / 2, (height + 1) / 2, quality, level - 1);
    }

    /// <summary>Levels of a picture's pyramid: from one pixel to the whole.</summary>
    public static int Levels(int width, int height) => (int)Math.Ceiling(Math.Log2(Math.Max(width, height))) + 1;

    /// <summary>Adds whole rows: R, G, B of each pixel. With the last row all tiles are written.</summary>
    /// <exception cref="CnnVisException">A tile cannot be written (WriteFailed).</exception>
    public void Write(ReadOnlySpan<byte> rows, CancellationToken stop)
    {
        int stride = 3 * _width;
        for (; rows.Length > 0;)
        {
            int count = Math.Min(rows.Length / stride, TileSize - _held);
            rows[..(count * stride)].CopyTo(_rows.AsSpan(_held * stride));
            rows = rows[(count * stride)..];
            _held += count;
            if (_held == TileSize || _tileRow * TileSize + _held == _height) Emit(stop);
        }
    }

    private void Emit(CancellationToken stop)
    {
        int columns = (_width + TileSize - 1) / TileSize, held = _held, stride = 3 * _width, row = _tileRow;
        try
        {
            Parallel.For(0, columns, new ParallelOptions { CancellationToken = stop, MaxDegreeOfParallelism = ImageLoader.DefaultThreads }, column =>
            {
                int left = column * TileSize, width = Math.Min(TileSize, _width - left);
                byte[] pixels = new byte[held * width * 3];
                for (int y = 0; y < held; y++) _rows.AsSpan(y * stride + 3 * left, 3 * width).CopyTo(pixels.AsSpan(y * width * 3));
                _folder.Add($"{_level}/{column}_{row}.jpg", ImageCodec.Encode(new PixelImage(width, held, pixels), ImageFormat.Jpeg, _quality));
            });
        }
        catch (AggregateException errors)
        {
            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]); // one is enough: mostly the disk is full for all
        }
        _below?.Write(Halved(held), stop);
        _tileRow++;
        _held = 0;
    }

    /// <summary>Means of two by two pixels; the last of an odd number counts twice.</summary>
    private byte[] Halved(int held)
    {
        int width = (_width + 1) / 2, height = (held + 1) / 2, stride = 3 * _width;
        byte[] half = new byte[height * width * 3];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> upper = _rows.AsSpan(2 * y * stride, stride), lower = _rows.AsSpan(Math.Min(2 * y + 1, held - 1) * stride, stride);
            for (int x = 0; x < width; x++)
            {
                int left = 6 * x, right = Math.Min(left + 3, stride - 3);
                for (int c = 0; c < 3; c++) half[(y * width + x) * 3 + c] = (byte)((upper[left + c] + upper[right + c] + lower[left + c] + lower[right + c] + 2) / 4);
            }
        }
        return half;
    }
}
