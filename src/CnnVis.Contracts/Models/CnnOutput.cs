namespace CnnVis;

/// <summary>An output of a network, which targets name.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Shape">Its dimensions for one picture, the batch left out.</param>
public sealed record CnnOutput(string Name, IReadOnlyList<int> Shape)
{
    /// <summary>As in <c>boxes [100, 4]</c>.</summary>
    public override string ToString() => $"{Name} [{string.Join(", ", Shape)}]";
}
