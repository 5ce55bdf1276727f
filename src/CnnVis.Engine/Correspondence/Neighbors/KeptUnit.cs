namespace CnnVis.Engine.Correspondence.Neighbors;

/// <summary>A unit of a picture that was found.</summary>
/// <param name="Score">The smaller, the better.</param>
/// <param name="Picture">The picture's number in the list.</param>
/// <param name="Unit">The unit's number.</param>
internal readonly record struct KeptUnit(double Score, int Picture, int Unit) : IComparable<KeptUnit>
{
    /// <summary>By score, then by picture and unit.</summary>
    public int CompareTo(KeptUnit other)
    {
        int order = Score.CompareTo(other.Score);
        if (order == 0) order = Picture.CompareTo(other.Picture);
        return order != 0 ? order : Unit.CompareTo(other.Unit);
    }
}
