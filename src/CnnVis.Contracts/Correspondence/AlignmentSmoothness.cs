namespace CnnVis;

/// <summary>What it costs that neighbouring units go different ways, and how their features are compared with those where they go.</summary>
public enum AlignmentSmoothness
{
    /// <summary>Long, Zhang and Darrell (2014, section 3): Σ ‖f(p) − g(p + w)‖₂ + β Σ ‖w(p) − w(q)‖₂². It does not depend on the directions of the axes.</summary>
    SquaredL2,

    /// <summary>SIFT flow (Liu, Yuen and Torralba, PAMI 2011): Σ ‖f(p) − g(p + w)‖₁ + η Σ (|u| + |v|) + Σ min(α|u(p) − u(q)|, d) + min(α|v(p) − v(q)|, d), where borders of objects may break.</summary>
    TruncatedL1,
}
