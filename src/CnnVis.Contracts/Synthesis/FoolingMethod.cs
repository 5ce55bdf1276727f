namespace CnnVis;

/// <summary>Ways to a picture of nothing that a network is certain about.</summary>
public enum FoolingMethod
{
    /// <summary>Up the gradient of the class's log probability (Karpathy 2015).</summary>
    Gradient,

    /// <summary>Evolution of pixels (Nguyen, Yosinski and Clune 2014, direct encoding).</summary>
    DirectEvolution,

    /// <summary>Evolution of networks that paint the picture from each pixel's place (the same, indirect encoding).</summary>
    IndirectEvolution,
}
