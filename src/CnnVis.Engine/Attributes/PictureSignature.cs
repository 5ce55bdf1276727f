namespace CnnVis.Engine.Attributes;

/// <summary>
/// What almost equal pictures have in common: the signs of the lowest frequencies of the picture at 32 × 32, against their median (the perceptual hash of Zauner 2010), and the picture at 16 × 16, which tells flat
/// pictures apart whose signs are noise.
/// </summary>
internal sealed class PictureSignature
{
    private const int Side = 32, Low = 8, Small = 16;
    private static readonly double[][] _cosines = [.. Enumerable.Range(1, Low).Select(f => Enumerable.Range(0, Side).Select(x => Math.Cos(Math.PI * f * (x + 0.5) / Side)).ToArray())];

    private readonly byte[] _small;

    /// <exception cref="ArgumentException">It has not as many pixels.</exception>
    public PictureSignature(ulong hash, byte[] small) => (Hash, _small) = (hash, small.Length == Small * Small ? small : throw new ArgumentException("A signature has another length."));

    /// <summary>64 signs.</summary>
    public ulong Hash { get; }

    /// <summary>The picture at 16 × 16.</summary>
    public IReadOnlyList<byte> Thumbnail => _small;

    public static PictureSignature Of(PixelImage image)
    {
        float[] picture = LumaPlane.Of(image, Side, Side).Values;
        double[] frequencies = new double[Low * Low], row = new double[Side];
        for (int f = 0; f < Low; f++)
        {
            for (int x = 0; x < Side; x++)
            {
                row[x] = 0;
                for (int y = 0; y < Side; y++) row[x] += picture[y * Side + x] * _cosines[f][y];
            }
            for (int g = 0; g < Low; g++)
                for (int x = 0; x < Side; x++) frequencies[f * Low + g] += row[x] * _cosines[g][x];
        }
        double[] sorted = [.. frequencies.Order()];
        double median = (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
        ulong hash = 0;
        for (int i = 0; i < frequencies.Length; i++)
            if (frequencies[i] > median) hash |= 1UL << i;
        return new PictureSignature(hash, [.. LumaPlane.Of(image, Small, Small).Values.Select(v => (byte)v)]);
    }

    /// <summary>Whether two pictures are the same but for size, compression and slight changes.</summary>
    public bool IsNear(PictureSignature other)
    {
        if (System.Numerics.BitOperations.PopCount(Hash ^ other.Hash) > NearDuplicates.MostSigns) return false;
        int sum = 0;
        for (int i = 0; i < _small.Length; i++) sum += Math.Abs(_small[i] - other._small[i]);
        return sum <= 8 * _small.Length;
    }
}
