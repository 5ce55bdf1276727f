using System.Collections;
using System.Management.Automation;
using CnnVis.Engine.Embedding;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Where the points of a map start: the name of a way, or places.</summary>
internal static class TsneStart
{
    /// <summary>Names of the ways.</summary>
    public const string Pca = nameof(TsneInitialization.Pca), Random = nameof(TsneInitialization.Random);

    /// <summary>The way that a name means; null for places.</summary>
    /// <exception cref="CnnVisException">There is no such way.</exception>
    public static bool? IsRandom(PSObject value) => value.BaseObject switch
    {
        string name when name.Equals(Pca, StringComparison.OrdinalIgnoreCase) => false,
        string name when name.Equals(Random, StringComparison.OrdinalIgnoreCase) => true,
        string name => throw new CnnVisException(ErrorIds.InvalidArgument, $"Points do not start at '{name}': -Initialization is {Pca}, {Random}, an array of places, or another map.", name),
        _ => null,
    };

    /// <summary>The places in a map or an array, one after the other.</summary>
    /// <exception cref="CnnVisException">They are not as many as there are points, of another dimension, or not finite.</exception>
    public static float[] Places(PSObject value, int count, int dimension)
    {
        float[] places = value.BaseObject switch
        {
            TsneMap map => [.. map.Points.ToArray().SelectMany(p => p.Position)],
            IEnumerable<TsnePoint> points => [.. points.SelectMany(p => p.Position)],
            IList list when list.Count > 0 && list.Cast<object?>().All(o => o is TsnePoint or PSObject { BaseObject: TsnePoint }) => [.. list.Cast<object>().SelectMany(o => ((TsnePoint)PSObject.AsPSObject(o).BaseObject).Position)],
            var array => [.. CodeInput.Of(array).SelectMany(c => c.Values.ToArray())],
        };
        if (places.Length != count * dimension) throw new CnnVisException(ErrorIds.InvalidArgument, $"-Initialization holds {places.Length} numbers; {count} points of {dimension} {(dimension == 1 ? "dimension" : "dimensions")} start at {count * dimension}.", value);
        return Array.TrueForAll(places, float.IsFinite) ? places : throw new CnnVisException(ErrorIds.InvalidArgument, "-Initialization holds a number that is not finite.", value);
    }
}
