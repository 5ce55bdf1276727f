namespace CnnVis.Engine.Retrieval;

/// <summary>What can be wrong with a direction.</summary>
internal static class DirectionChecks
{
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: a direction has another length than the layer's channels or values, holds something that is no number, or is zero; or all of a layer was asked for at one position.</exception>
    public static void Ensure(LayerUnits units)
    {
        int channels = units.Layer.Channels, values = units.Layer.OutputShape.Aggregate(1, (a, b) => a * b);
        foreach (LayerDirection direction in units.Directions)
        {
            if (direction.Values.Length != channels && direction.Values.Length != values)
                throw Wrong($"has {direction.Values.Length} numbers; {units.Layer.Alias} has {channels} channels{(values == channels ? "" : $" and {values} values")}", direction);
            if (direction.Values.Length != channels && units.Position is not null) throw Wrong("has a number for each position, so that -Position has no meaning for it", direction);
            if (!direction.Values.All(float.IsFinite)) throw Wrong("holds a NaN or an infinite number", direction);
            if (direction.Values.All(v => v == 0)) throw Wrong("is zero, and points nowhere", direction);
        }
    }

    private static CnnVisException Wrong(string what, LayerDirection direction) => new(ErrorIds.InvalidArgument, $"The {direction.Name} {what}.", direction.Values);
}
