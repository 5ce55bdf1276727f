namespace CnnVis.Engine.Synthesis;

/// <summary>What penalties are counted in. Scores of classes rise by tens and those of channels by tenths, so that one weight in plain numbers serves neither.</summary>
public enum PenaltyUnit
{
    /// <summary>In plain numbers, like the score.</summary>
    One,

    /// <summary>In what the picture's score has gained since it was first looked at, as it is at each step; where it has lost, in nothing. The loss is then no measure of how good the picture is.</summary>
    Gain,

    /// <summary>In the root mean square of the score's gradient by pixels when the picture was first looked at.</summary>
    Gradient,
}
