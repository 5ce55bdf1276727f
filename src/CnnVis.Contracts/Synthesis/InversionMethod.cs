namespace CnnVis;

/// <summary>Ways down when a code is inverted.</summary>
public enum InversionMethod
{
    /// <summary>Adam (Kingma and Ba 2014).</summary>
    Adam,

    /// <summary>Gradient descent with momentum, as in Mahendran and Vedaldi 2014.</summary>
    Momentum,

    /// <summary>L-BFGS, which needs no step size.</summary>
    Lbfgs,
}
