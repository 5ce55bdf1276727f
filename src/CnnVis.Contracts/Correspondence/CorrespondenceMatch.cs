namespace CnnVis;

/// <summary>A unit of one picture and the place in another whose features are nearest. Places are in input pixels, from the upper left corner of the picture.</summary>
/// <param name="Row">Row of the unit.</param>
/// <param name="Column">Column of the unit.</param>
/// <param name="X">Centre of its receptive field.</param>
/// <param name="Y">Centre of its receptive field.</param>
/// <param name="TargetX">Where its match is, to less than a unit.</param>
/// <param name="TargetY">Where its match is.</param>
/// <param name="Distance">Of the features: 1 − cosine, or Euclidean.</param>
/// <param name="Ratio">Euclidean distance to the match over that to the nearest unit that is neither it nor beside it (Lowe 2004, section 7.1), in [0, 1]; the smaller, the less it could have been another. 0 where there is no such unit.</param>
/// <param name="ForwardBackwardError">Pixels between the unit's centre and where its match's own match lies.</param>
/// <param name="IsMutual">Whether each is the other's nearest.</param>
public sealed record CorrespondenceMatch(int Row, int Column, double X, double Y, double TargetX, double TargetY, double Distance, double Ratio, double ForwardBackwardError, bool IsMutual)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"({X:0.#}, {Y:0.#}) to ({TargetX:0.#}, {TargetY:0.#}): {Distance:G3}");
}
