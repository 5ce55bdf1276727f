using System.IO.Enumeration;
using CnnVis.Engine.Corruptions.Blur;
using CnnVis.Engine.Corruptions.Digital;
using CnnVis.Engine.Corruptions.Noise;
using CnnVis.Engine.Corruptions.Weather;

namespace CnnVis.Engine.Corruptions;

/// <summary>The corruptions by their names.</summary>
public static class CorruptionMethods
{
    private const string AllOfThem = "All";

    /// <summary>The fifteen of ImageNet-C, in the paper's order.</summary>
    public static IReadOnlyList<ICorruption> Fifteen { get; } = new ICorruption[]
    {
        new GaussianNoise(), new ShotNoise(), new ImpulseNoise(), new DefocusBlur(), new GlassBlur(), new MotionBlur(), new ZoomBlur(), new Snow(), new Frost(), new Fog(), new Brightness(), new Contrast(),
        new ElasticTransform(), new Pixelate(), new JpegCompression(),
    };

    /// <summary>The four that are held out of the mean.</summary>
    public static IReadOnlyList<ICorruption> Extras { get; } = new ICorruption[] { new SpeckleNoise(), new GaussianBlur(), new Spatter(), new Saturate() };

    /// <summary>All nineteen.</summary>
    public static IReadOnlyList<ICorruption> Everything { get; } = new ICorruption[][] { [.. Fifteen], [.. Extras] }.SelectMany(c => c).ToArray();

    /// <summary>Names that are understood.</summary>
    public static IEnumerable<string> Names => Everything.Select(c => c.Name).Append(AllOfThem);

    /// <summary>The corruptions that names, as they are or with underscores as in the authors' files, or families, mean, with wildcards: All is the fifteen, * all nineteen.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: there is none of a name.</exception>
    public static IReadOnlyList<ICorruption> Parse(IEnumerable<string> names) => [.. names.SelectMany(Named).DistinctBy(c => c.Name)];

    private static IEnumerable<ICorruption> Named(string name)
    {
        if (name.Equals(AllOfThem, StringComparison.OrdinalIgnoreCase)) return Fifteen;
        string plain = name.Replace("_", "", StringComparison.Ordinal);
        ICorruption[] found = [.. Everything.Where(c => IsMeant(c.Name))];
        if (found.Length == 0) found = [.. Everything.Where(c => IsMeant(c.Family))];
        return found.Length > 0 ? found
            : throw new CnnVisException(ErrorIds.InvalidArgument, $"There is no corruption '{name}'. Did you mean {string.Join(", ", Suggestion.For(plain, Names, 3))}? There are {string.Join(", ", Everything.Select(c => c.Name))}, the families {string.Join(", ", Everything.Select(c => c.Family).Distinct())}, All (the fifteen) and wildcards (* is all nineteen).", name);

        bool IsMeant(string known) => FileSystemName.MatchesSimpleExpression(plain, known);
    }
}
