namespace CnnVis.Engine.Synthesis.Inversion;

/// <summary>Which values of a layer a code stands for.</summary>
internal static class CodePlaces
{
    /// <summary>Places in the layer, and in the code, of the values that count; null for all.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="channels">Channels that the code has; null for all.</param>
    /// <param name="neighborhood">Rows and columns in the middle that count; null for all.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: the layer has no rows and columns, or fewer.</exception>
    public static (long[] InLayer, int[] InCode)? Of(CnnLayer layer, int[]? channels, int? neighborhood)
    {
        if (channels is null && neighborhood is null) return null;
        int places = layer.OutputShape.Skip(1).Aggregate(1, (a, b) => a * b);
        int[] kept = [.. Enumerable.Range(0, places)];
        if (neighborhood is { } side)
        {
            if (layer.OutputShape is not [_, var rows, var columns])
                throw new CnnVisException(ErrorIds.InvalidArgument, $"{layer.Alias} has no rows and columns, and so no middle: leave -Neighborhood out.", layer.Alias);
            if (side > Math.Min(rows, columns))
                throw new CnnVisException(ErrorIds.InvalidArgument, $"{layer.Alias} has {rows} rows and {columns} columns: -Neighborhood is at most {Math.Min(rows, columns)} there.", side);
            int top = (rows - side) / 2, left = (columns - side) / 2;
            kept = [.. kept.Where(p => p / columns >= top && p / columns < top + side && p % columns >= left && p % columns < left + side)];
        }
        int[] all = channels ?? [.. Enumerable.Range(0, layer.Channels)];
        return ([.. all.SelectMany(c => kept.Select(p => (long)c * places + p))], [.. all.SelectMany((_, i) => kept.Select(p => i * places + p))]);
    }
}
