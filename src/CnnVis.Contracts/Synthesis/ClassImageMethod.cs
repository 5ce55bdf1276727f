namespace CnnVis;

/// <summary>Ways to make a picture that a network likes.</summary>
public enum ClassImageMethod
{
    /// <summary>Olah, Mordvintsev and Schubert 2017: spectrum, decorrelated colours, random views, total variation.</summary>
    Lucid,

    /// <summary>Simonyan et al. 2013, section 2: the score minus λ‖x‖², from the zero image.</summary>
    Simonyan,

    /// <summary>Yosinski et al. 2015: decay, blur, and clipping of what matters little.</summary>
    Yosinski,
}
