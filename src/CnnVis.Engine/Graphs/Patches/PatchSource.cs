namespace CnnVis.Engine.Graphs.Patches;

/// <summary>A map as each member has it: the unchanged picture's, with the member's patch over it.</summary>
/// <param name="Base">Address of the unchanged map, [H, W, C].</param>
/// <param name="Height">Rows of the map.</param>
/// <param name="Width">Columns of the map.</param>
/// <param name="Channels">Its channels.</param>
/// <param name="Patches">What changes; null for nothing.</param>
internal sealed record PatchSource(nint Base, int Height, int Width, int Channels, PatchValue? Patches);
