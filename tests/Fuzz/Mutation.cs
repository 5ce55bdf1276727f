using System.Buffers.Binary;

namespace CnnVis.Fuzz;

/// <summary>Damage at random: bits, bytes, numbers at their limits, words of the format, parts left out, doubled, or taken from another file.</summary>
internal sealed class Mutation(int seed, IReadOnlyList<byte[]> words)
{
    private static readonly long[] _limits = [0, 1, -1, 127, 128, 255, 256, 32767, 65535, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue];
    private readonly Random _random = new(seed);

    public byte[] Of(byte[] file, byte[] other)
    {
        byte[] damaged = [.. file];
        for (int round = _random.Next(1, 5); round > 0 && damaged.Length > 0; round--) damaged = Once(damaged, other);
        return damaged;
    }

    private byte[] Once(byte[] file, byte[] other)
    {
        int at = _random.Next(file.Length), length = Math.Min(1 + _random.Next(1 << _random.Next(1, 8)), file.Length - at);
        switch (_random.Next(8))
        {
            case 0:
                file[at] ^= (byte)(1 << _random.Next(8));
                return file;
            case 1:
                file[at] = (byte)_random.Next(256);
                return file;
            case 2:
                Span<byte> number = stackalloc byte[8];
                long limit = _limits[_random.Next(_limits.Length)];
                int width = 1 << _random.Next(4);
                if (_random.Next(2) == 0) BinaryPrimitives.WriteInt64LittleEndian(number, limit);
                else BinaryPrimitives.WriteInt64BigEndian(number, limit << (8 * (8 - width)));
                number[..Math.Min(width, file.Length - at)].CopyTo(file.AsSpan(at));
                return file;
            case 3 when words.Count > 0:
                byte[] word = words[_random.Next(words.Count)];
                return _random.Next(2) == 0 ? [.. file[..at], .. word, .. file[at..]] : [.. file[..at], .. word, .. file[Math.Min(at + word.Length, file.Length)..]];
            case 4:
                return [.. file[..at], .. file[(at + length)..]];
            case 5:
                return [.. file[..(at + length)], .. file[at..]];
            case 6 when other.Length > 0:
                int from = _random.Next(other.Length);
                return [.. file[..at], .. other[from..Math.Min(other.Length, from + length)], .. file[(at + length)..]];
            default:
                return file[..at];
        }
    }
}
