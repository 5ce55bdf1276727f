using CnnVis.Engine.Models;

namespace CnnVis.Engine.Adversarial;

/// <summary>A network whose robustness is measured.</summary>
/// <param name="Network">The network.</param>
/// <param name="Query">What it is attacked with.</param>
/// <param name="Labels">What pictures show, in its classes; null for what it says of them.</param>
public sealed record AttackedNetwork(Network Network, AttackQuery Query, PictureLabels? Labels);
