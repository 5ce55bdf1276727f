using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace CnnVis;

/// <summary>
/// Many numbers of a result: an array, which stays one wherever an array is wanted, and which is no list to those who write down everything that they find. ConvertTo-Json writes how many numbers
/// there are and where they lie, not a million of them; in PowerShell the property is the array itself.
/// </summary>
/// <param name="numbers">The numbers, which are not copied.</param>
[CollectionBuilder(typeof(CnnValues), nameof(Create))]
public sealed class CnnValues(float[] numbers) : IEquatable<CnnValues>
{
    /// <summary>How many there are.</summary>
    public int Length => numbers.Length;

    /// <summary>The smallest; NaN where there is none or one of them is NaN.</summary>
    public float Minimum => numbers.Length == 0 ? float.NaN : numbers.Min();

    /// <summary>The largest of those that are numbers; NaN where there is none.</summary>
    public float Maximum => numbers.Length == 0 ? float.NaN : numbers.Max();

    /// <summary>Their mean; NaN where there is none.</summary>
    public double Mean => numbers.Length == 0 ? double.NaN : numbers.Sum(n => (double)n) / numbers.Length;

    /// <summary>One of them.</summary>
    public ref float this[int index] => ref numbers[index];

    /// <summary>Copies numbers: what <c>[.. numbers]</c> means.</summary>
    public static CnnValues Create(ReadOnlySpan<float> numbers) => new(numbers.ToArray());

    /// <summary>The array of <paramref name="values"/>, not copied.</summary>
    [return: NotNullIfNotNull(nameof(values))]
    public static implicit operator float[]?(CnnValues? values) => values?.ToArray();

    /// <summary>Numbers as values, not copied.</summary>
    [return: NotNullIfNotNull(nameof(numbers))]
    public static implicit operator CnnValues?(float[]? numbers) => numbers is null ? null : new CnnValues(numbers);

    /// <summary>The numbers of <paramref name="values"/>.</summary>
    public static implicit operator ReadOnlySpan<float>(CnnValues? values) => values is null ? default : values.AsSpan();

    /// <summary>The array itself, not a copy.</summary>
    public float[] ToArray() => numbers;

    /// <summary>The numbers.</summary>
    public Span<float> AsSpan() => numbers;

    /// <summary>Some of the numbers.</summary>
    public Span<float> AsSpan(int start, int length) => numbers.AsSpan(start, length);

    /// <summary>Some of the numbers.</summary>
    public Memory<float> AsMemory(int start, int length) => numbers.AsMemory(start, length);

    /// <summary>Copies them into <paramref name="target"/>, from place <paramref name="index"/> on.</summary>
    public void CopyTo(float[] target, int index) => numbers.CopyTo(target, index);

    /// <summary>The numbers one by one, for <c>foreach</c>.</summary>
    public Span<float>.Enumerator GetEnumerator() => AsSpan().GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(CnnValues? other) => other is not null && AsSpan().SequenceEqual(other.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CnnValues);

    /// <inheritdoc/>
    public override int GetHashCode() => numbers.Length == 0 ? 0 : HashCode.Combine(numbers.Length, numbers[0], numbers[^1]);

    /// <summary>How many there are, and where they lie.</summary>
    public override string ToString() => numbers.Length == 0 ? "no numbers" : string.Create(CultureInfo.InvariantCulture, $"{numbers.Length} numbers from {Minimum:G4} to {Maximum:G4}");
}
