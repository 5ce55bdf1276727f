using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs;

/// <summary>How the maps of a value lie in it: [N, C, H, W], [N, H, W, C], [N, tokens, features] or [N, features, tokens].</summary>
public sealed record PlaneLayout
{
    private PlaneLayout(int channels, int height, int width, bool channelsLast, TokenAxis? tokens = null) =>
        (Channels, Height, Width, IsChannelsLast, Tokens) = (channels, height, width, channelsLast, tokens);

    /// <summary>Number of maps.</summary>
    public int Channels { get; }

    /// <summary>Rows of a map.</summary>
    public int Height { get; }

    /// <summary>Columns of a map.</summary>
    public int Width { get; }

    /// <summary>Whether the channels, or features, come last.</summary>
    public bool IsChannelsLast { get; }

    /// <summary>The axis of tokens in which the places lie one after the other; null where rows and columns are axes.</summary>
    public TokenAxis? Tokens { get; }

    /// <summary>Whether the places lie one after the other in an axis of tokens.</summary>
    public bool IsTokens => Tokens is not null;

    /// <summary>Whether the value is [N, C, H, W] as it is.</summary>
    public bool IsPlain => !IsTokens && !IsChannelsLast;

    /// <summary>The layout of a value; null where no axes of it are rows and columns: a vector, attention between tokens.</summary>
    /// <param name="shape">Its shape, batch first.</param>
    /// <param name="axes">Its rows and columns.</param>
    /// <param name="tokens">Its axis of tokens.</param>
    public static PlaneLayout? Of(IReadOnlyList<long> shape, SpatialAxes? axes, TokenAxis? tokens) => (shape.Count, axes, tokens) switch
    {
        (4, { Rows: 2, Columns: 3 }, _) => new PlaneLayout((int)shape[1], (int)shape[2], (int)shape[3], channelsLast: false),
        (4, { Rows: 1, Columns: 2 }, _) => new PlaneLayout((int)shape[3], (int)shape[1], (int)shape[2], channelsLast: true),
        (3, null, { Axis: 1 or 2 } grid) => new PlaneLayout((int)shape[3 - grid.Axis], grid.Rows, grid.Columns, channelsLast: grid.Axis == 1, grid),
        _ => null,
    };

    /// <summary>The maps of a value, or of its gradient.</summary>
    /// <returns>[N, C, rows, columns], a view.</returns>
    public Tensor Maps(Tensor value)
    {
        if (Tokens is { } tokens)
        {
            Tensor places = value.narrow(tokens.Axis, tokens.Before, tokens.Places); // [N, places, C] or [N, C, places]
            return (IsChannelsLast ? places.transpose(1, 2) : places).reshape(value.shape[0], Channels, Height, Width);
        }
        return IsChannelsLast ? value.permute(0, 3, 1, 2) : value;
    }
}
