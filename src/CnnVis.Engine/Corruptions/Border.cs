namespace CnnVis.Engine.Corruptions;

/// <summary>What lies beyond the borders of a picture.</summary>
internal enum Border
{
    /// <summary>The pixels at the border go on: a a a | a b c.</summary>
    Nearest,

    /// <summary>The picture in a mirror: b a | a b c.</summary>
    Reflect,

    /// <summary>The picture in a mirror on the border's pixels: c b | a b c.</summary>
    Reflect101,
}
