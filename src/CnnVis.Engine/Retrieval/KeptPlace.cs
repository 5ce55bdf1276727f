using CnnVis.Engine.Scans;

namespace CnnVis.Engine.Retrieval;

/// <summary>A place in an image that a unit keeps.</summary>
/// <param name="Value">The activation.</param>
/// <param name="Image">The image.</param>
/// <param name="Position">Place in the map, row by row.</param>
/// <param name="Box">What is seen there, in pixels of the photo.</param>
/// <param name="InputBox">The same in pixels of the input.</param>
internal readonly record struct KeptPlace(float Value, ListedImage Image, int Position, PixelBox Box, PixelBox InputBox)
{
    /// <summary>Whether it comes before another: the larger value; of equal ones the image listed first, then the first position.</summary>
    public bool Precedes(in KeptPlace other)
    {
        if (Value != other.Value) return Value > other.Value;
        return Image.Index != other.Image.Index ? Image.Index < other.Image.Index : Position < other.Position;
    }
}
