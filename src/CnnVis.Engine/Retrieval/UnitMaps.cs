using CnnVis.Engine.Models;
using static TorchSharp.torch;

namespace CnnVis.Engine.Retrieval;

/// <summary>The maps of some units of one layer: of channels, or of directions of one length.</summary>
internal sealed class UnitMaps : IDisposable
{
    private readonly CnnLayer _layer;
    private readonly CnnInput _input;
    private readonly (int Row, int Column)? _position;
    private readonly Tensor? _channels; // [units], int64
    private readonly Tensor? _directions; // [units, channels] or [units, values of the layer]
    private readonly bool _isWhole;
    private readonly bool _isMap; // attention between tokens has rows and columns that are no places

    public UnitMaps(Network network, LayerUnits units, IReadOnlyList<int> channels, IReadOnlyList<LayerDirection> directions)
    {
        (_layer, _input, _position, Origin) = (units.Layer, network.Input, units.Position, network.Origin);
        _isMap = network.Layout(network.Value(_layer)) is not null;
        Units = [.. channels.Select(c => Unit(network, units, c, null)), .. directions.Select(d => Unit(network, units, null, d))];
        if (directions.Count > 0)
        {
            int length = directions[0].Values.Length;
            _isWhole = length != units.Layer.Channels;
            _directions = tensor(directions.SelectMany(d => d.Values).ToArray(), [directions.Count, length], device: network.TorchDevice).DetachFromDisposeScope();
        }
        else if (!channels.SequenceEqual(Enumerable.Range(0, units.Layer.Channels)))
            _channels = tensor(channels.Select(c => (long)c).ToArray(), device: network.TorchDevice).DetachFromDisposeScope();
    }

    /// <summary>Whose they are.</summary>
    public Origin Origin { get; }

    /// <summary>The units, their images still empty.</summary>
    public IReadOnlyList<MaxActivatingUnit> Units { get; }

    /// <summary>Whether positions are rows and columns.</summary>
    private bool HasPlaces => _isMap && !_isWhole;

    /// <summary>The maps of a layer's units.</summary>
    /// <param name="output">The layer's value, [N, C, …].</param>
    /// <returns>[N, units, positions].</returns>
    public Tensor Of(Tensor output)
    {
        Tensor maps = output.to(ScalarType.Float32).reshape(output.shape[0], _layer.Channels, -1); // [N, C, positions]
        if (_position is { } p) maps = maps.narrow(2, p.Row * _layer.OutputShape[2] + p.Column, 1);
        if (_directions is null) return _channels is null ? maps : maps.index_select(1, _channels);
        if (_isWhole) maps = maps.reshape(maps.shape[0], -1, 1);
        return _directions.unsqueeze(0).expand(maps.shape[0], -1, -1).bmm(maps); // an image at a time, so that no sum depends on the others
    }

    /// <summary>Row and column of a position in the maps.</summary>
    public (int Row, int Column)? Place(int position) =>
        _position ?? (HasPlaces ? (position / _layer.OutputShape[2], position % _layer.OutputShape[2]) : null);

    /// <summary>Position in the maps of a row and column.</summary>
    public int Position(int? row, int? column) => _position is null && HasPlaces && row is { } r && column is { } c ? r * _layer.OutputShape[2] + c : 0;

    /// <summary>What is seen at a position, clipped, in pixels of the input.</summary>
    public PixelBox Box(int position)
    {
        if (_layer.ReceptiveField is not { } field) return new PixelBox(0, 0, _input.Width, _input.Height);
        if (_isMap && Place(position) is { } place) return field.Box(place.Row, place.Column, _input.Height, _input.Width);
        PixelBox first = field.Box(0, 0, _input.Height, _input.Width);
        if (!_isMap || _layer.OutputShape is not [_, var rows, var columns]) return first;
        PixelBox last = field.Box(rows - 1, columns - 1, _input.Height, _input.Width);
        return new PixelBox(first.X, first.Y, last.X + last.Width - first.X, last.Y + last.Height - first.Y);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _channels?.Dispose();
        _directions?.Dispose();
    }

    private static MaxActivatingUnit Unit(Network network, LayerUnits units, int? channel, LayerDirection? direction) => new()
    {
        Origin = network.Origin,
        Model = network.Name,
        Layer = units.Layer.Alias,
        Channel = channel,
        Direction = direction?.Name,
        IsRandom = direction?.IsRandom ?? false,
        Row = units.Position?.Row,
        Column = units.Position?.Column,
        Images = [],
    };
}
