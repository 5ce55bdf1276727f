namespace CnnVis.Engine.Models.Weights.Files;

/// <summary>Numbers of one format in a row, which one tensor or several look at.</summary>
internal sealed class StoredNumbers
{
    /// <summary>The most bytes that they may take in memory: what a span can hold.</summary>
    private const long ByteLimit = int.MaxValue;

    /// <param name="section">Where they lie: its bytes from <paramref name="skip"/> on, all of them.</param>
    /// <param name="skip">Bytes that come before them.</param>
    /// <param name="type">Their format in the file.</param>
    /// <param name="count">How many.</param>
    /// <param name="bigEndian">Whether the first byte of each is its highest.</param>
    /// <exception cref="CnnVisException">The section is shorter or longer, or they are too many.</exception>
    public StoredNumbers(ISection section, long skip, NumberType type, long count, bool bigEndian = false)
    {
        if (count < 0 || count > ByteLimit / 8) throw WeightErrors.Unreadable($"{count} numbers in a row are more than the {ByteLimit / 8} that are read.");
        long bytes = count * type.Size();
        if (section.Length - skip != bytes) throw WeightErrors.Unreadable($"{count} numbers of type {type} need {bytes} bytes and have {section.Length - skip}; the file is damaged.");
        (Section, Skip, Type, Count, BigEndian) = (section, skip, type, count, bigEndian);
    }

    public ISection Section { get; }

    public long Skip { get; }

    public NumberType Type { get; }

    public long Count { get; }

    public bool BigEndian { get; }
}
