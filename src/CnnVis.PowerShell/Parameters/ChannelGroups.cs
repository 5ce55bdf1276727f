namespace CnnVis.PowerShell.Parameters;

/// <summary>Which groups of channels <c>-Channel</c> and <c>-ChannelGroup</c> mean.</summary>
internal static class ChannelGroups
{
    /// <summary>The groups: the channels named, or all of them in so many groups of neighbours; none where neither is given.</summary>
    /// <exception cref="CnnVisException">There is no such channel, or there are fewer channels than groups.</exception>
    public static int[][] Of(CnnLayer layer, int[]? channels, int? groups)
    {
        if (channels is not null) return [[.. LayerSelection.Channels(layer, channels)]];
        if (groups is not { } count) return [];
        if (count > layer.Channels)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"{layer.Alias} has {layer.Channels} channels, which do not make {count} groups.", count);
        return [.. Enumerable.Range(0, count).Select(g => Enumerable.Range(0, layer.Channels).Where(c => (long)c * count / layer.Channels == g).ToArray())];
    }
}
