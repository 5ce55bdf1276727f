namespace CnnVis.Engine.Graphs.Patches;

/// <summary>What things cost on two cores of a server, in seconds. Only the proportions matter: they choose between ways of computing the same.</summary>
internal static class PatchCost
{
    /// <summary>Of a call to libtorch.</summary>
    public const double Call = 2e-4;

    /// <summary>Of multiplications-with-addition in convolutions and products.</summary>
    public static double Arithmetic(double multiplyAdds) => multiplyAdds / 8e10;

    /// <summary>Of floats read or written.</summary>
    public static double Memory(double floats) => floats / 1.5e9;
}
