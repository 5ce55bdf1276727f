using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace CnnVis;

/// <summary>
/// As many things in a result as there are pictures or positions: an array, which stays one wherever an array is wanted, and which is no list to those who write down everything that they find.
/// ConvertTo-Json writes how many there are and the first of them; in PowerShell the property is the array itself. What <see cref="CnnValues"/> is to numbers.
/// </summary>
/// <typeparam name="T">What they are.</typeparam>
/// <param name="items">The things, which are not copied.</param>
[CollectionBuilder(typeof(CnnItems), nameof(CnnItems.Create))]
public sealed class CnnItems<T>(T[] items) : ICnnItems, IEquatable<CnnItems<T>>
{
    /// <summary>How many there are.</summary>
    public int Count => items.Length;

    /// <summary>The texts of the first hundred.</summary>
    public IReadOnlyList<string> First => items.Take(CnnItems.Told).Select(item => Convert.ToString(item, CultureInfo.InvariantCulture) ?? "").ToArray();

    /// <summary>One of them.</summary>
    public T this[int index] => items[index];

    Array ICnnItems.Items => items;

    /// <summary>The array of <paramref name="items"/>, not copied.</summary>
    [return: NotNullIfNotNull(nameof(items))]
    public static implicit operator T[]?(CnnItems<T>? items) => items?.ToArray();

    /// <summary>Things as items, not copied.</summary>
    [return: NotNullIfNotNull(nameof(items))]
    public static implicit operator CnnItems<T>?(T[]? items) => items is null ? null : new CnnItems<T>(items);

    /// <summary>The array itself, not a copy.</summary>
    public T[] ToArray() => items;

    /// <summary>The things one by one, for <c>foreach</c>.</summary>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(CnnItems<T>? other) => other is not null && items.AsSpan().SequenceEqual(other.ToArray());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CnnItems<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => items.Length == 0 ? 0 : HashCode.Combine(items.Length, items[0], items[^1]);

    /// <summary>How many there are.</summary>
    public override string ToString() => items.Length == 1 ? "1 item" : $"{items.Length.ToString(CultureInfo.InvariantCulture)} items";
}

/// <summary>Makes items.</summary>
public static class CnnItems
{
    /// <summary>So many are told by <see cref="CnnItems{T}.First"/>.</summary>
    internal const int Told = 100;

    /// <summary>Copies things: what <c>[.. items]</c> means.</summary>
    public static CnnItems<T> Create<T>(ReadOnlySpan<T> items) => new(items.ToArray());
}

/// <summary>Items of whatever type.</summary>
internal interface ICnnItems
{
    /// <summary>The array.</summary>
    Array Items { get; }
}
