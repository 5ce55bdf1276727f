using System.Buffers;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;

namespace CnnVis.Engine.Codes;

/// <summary>Codes of the tiles of photos. Each tile is stretched to the network's whole input, so that nothing beside it is seen and nothing of it is cut off.</summary>
public sealed class TileReader : IDisposable
{
    private readonly Network _network;
    private readonly CodeReader _reader;
    private readonly TileGrid _grid;
    private readonly BatchMemory _memory;
    private readonly CnnInput _input;
    private readonly int _batchSize;

    /// <param name="network">Whose layers.</param>
    /// <param name="reader">Reads codes of its pictures.</param>
    /// <param name="grid">Where the tiles lie.</param>
    /// <param name="batchSize">Tiles computed at a time.</param>
    public TileReader(Network network, CodeReader reader, TileGrid grid, int batchSize)
    {
        (_network, _reader, _grid, _batchSize) = (network, reader, grid, batchSize);
        _input = network.Input with { ResizeMode = ResizeMode.Stretch };
        _memory = new BatchMemory(_input);
    }

    /// <summary>The codes of one photo: tile by tile, and for each tile layer by layer.</summary>
    /// <exception cref="CnnVisException">The photo cannot be read; or, after all other tiles, the network has no answer for one.</exception>
    public IEnumerable<CnnCode> Read(ImageSource source, CancellationToken stop)
    {
        PixelImage photo = ImageCodec.Decode(source, DecodeOptions.Default);
        CnnVisException? problem = null;
        foreach (PixelBox[] boxes in _grid.Boxes(photo.Width, photo.Height).Chunk(_batchSize))
        {
            stop.ThrowIfCancellationRequested();
            var tiles = new List<(PixelBox Box, IReadOnlyList<CnnCode> Codes)>();
            using (ImageBatch batch = ImageBatch.Of([.. boxes.AsParallel().AsOrdered().Select(box => Load(source, photo, box))], _network, _memory, stop))
            {
                var codes = _reader.Read(batch, stop);
                int seen = 0;
                batch.InOrder(
                    error =>
                    {
                        problem ??= error;
                        seen++;
                    },
                    (_, index) => tiles.Add((boxes[seen++], codes[index])));
            }
            foreach (var (box, codes) in tiles)
                foreach (CnnCode code in codes) yield return code with { Tile = box };
        }
        if (problem is not null) throw problem;
    }

    private LoadedImage Load(ImageSource source, PixelImage photo, PixelBox box)
    {
        float[] buffer = ArrayPool<float>.Shared.Rent(_input.Length);
        return new LoadedImage(source, buffer, _input.Length, Preprocessor.Prepare(Cut(photo, box), _input, buffer.AsSpan(0, _input.Length)));
    }

    private static PixelImage Cut(PixelImage photo, PixelBox box)
    {
        int row = 3 * box.Width;
        byte[] pixels = new byte[row * box.Height];
        for (int y = 0; y < box.Height; y++) photo.Pixels.Slice(3 * ((box.Y + y) * photo.Width + box.X), row).CopyTo(pixels.AsSpan(y * row));
        return new PixelImage(box.Width, box.Height, pixels);
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();
}
