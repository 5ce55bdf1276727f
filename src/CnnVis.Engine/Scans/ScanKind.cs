namespace CnnVis.Engine.Scans;

/// <summary>What merged files of one kind become: results, or a file.</summary>
public abstract class ScanKind
{
    /// <param name="name">As files call it.</param>
    private protected ScanKind(string name) => Name = name;

    /// <summary>As files call it.</summary>
    public string Name { get; }

    /// <summary>The results of the single run.</summary>
    /// <param name="merged">The files.</param>
    /// <param name="origin">The network of the run, for results to carry; null where it is not here.</param>
    /// <param name="failed">Takes the errors of pictures.</param>
    public abstract IEnumerable<object> Results(ScanMerge merged, Origin? origin, Action<CnnVisException> failed);

    /// <summary>Writes the single run's file.</summary>
    public abstract void Write(ScanMerge merged, Stream stream);
}

/// <summary>A kind that tells of each picture by itself.</summary>
/// <typeparam name="T">What is found in a picture, as data.</typeparam>
/// <param name="name">As files call it.</param>
/// <param name="results">Makes results of the question, and of what was found in the pictures.</param>
public sealed class PictureKind<T>(string name, Func<ScanMerge, IEnumerable<(ListedImage Image, T Value)>, Origin?, Action<CnnVisException>, IEnumerable<object>> results) : ScanKind(name) where T : class
{
    /// <inheritdoc/>
    public override IEnumerable<object> Results(ScanMerge merged, Origin? origin, Action<CnnVisException> failed)
    {
        using IEnumerator<object> found = merged.Read(() => results(merged, Read(merged, failed), origin, failed).GetEnumerator());
        while (merged.Read(found.MoveNext)) yield return found.Current;
    }

    /// <inheritdoc/>
    public override void Write(ScanMerge merged, Stream stream) => merged.WritePictures(stream);

    private static IEnumerable<(ListedImage, T)> Read(ScanMerge merged, Action<CnnVisException> failed)
    {
        foreach (var (image, value, error) in merged.Pictures<T>())
        {
            if (value is not null) yield return (image, value);
            else failed(error!.About(image.Path));
        }
    }
}

/// <summary>A kind that adds up over pictures.</summary>
/// <typeparam name="T">What is added up, as data.</typeparam>
/// <param name="name">As files call it.</param>
/// <param name="add">Adds parts up; the order does not matter.</param>
/// <param name="results">Makes results of the sum.</param>
public sealed class SumKind<T>(string name, Func<ScanMerge, IReadOnlyList<T>, T> add, Func<ScanMerge, T, Origin?, IEnumerable<object>> results) : ScanKind(name) where T : class
{
    /// <inheritdoc/>
    public override IEnumerable<object> Results(ScanMerge merged, Origin? origin, Action<CnnVisException> failed) => merged.Read(() => results(merged, Sum(merged), origin).ToArray());

    /// <inheritdoc/>
    public override void Write(ScanMerge merged, Stream stream) => merged.WriteSum(stream, merged.Read(() => Sum(merged)));

    private T Sum(ScanMerge merged) => add(merged, merged.Sums<T>());
}
