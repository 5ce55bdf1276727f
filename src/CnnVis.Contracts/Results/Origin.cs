namespace CnnVis;

/// <summary>Where a result comes from.</summary>
/// <param name="Model">The network that made it: the object, not its name.</param>
/// <param name="Picture">The picture that it is about; null where there is none, or several.</param>
public sealed record Origin(CnnModel Model, CnnPicture? Picture = null);
