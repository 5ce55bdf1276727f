namespace CnnVis.Engine.Mapping;

/// <summary>An edge between two neighbouring cells.</summary>
/// <param name="Room">The room between them: the seam runs along its middle.</param>
/// <param name="IsVertical">It lies between left and right.</param>
/// <param name="Distance">Euclidean distance between the two codes.</param>
/// <param name="Thickness">How thick it is, in pixels and parts of them: proportional to the distance.</param>
public readonly record struct Seam(PixelBox Room, bool IsVertical, double Distance, double Thickness);
