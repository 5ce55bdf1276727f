using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Patches;

/// <summary>How a tile of m × m outputs of a 3×3 convolution of stride 1 is computed by (m + 2)² multiplications: the three transforms of F(m×m, 3×3).</summary>
internal abstract unsafe class WinogradTile
{
    /// <summary>Tiles, smallest first.</summary>
    public static IReadOnlyList<WinogradTile> All { get; } = [new WinogradTile2(), new WinogradTile4()];

    /// <summary>Outputs on each side, m.</summary>
    public abstract int Outputs { get; }

    /// <summary>Inputs on each side, m + 2.</summary>
    public int Inputs => Outputs + 2;

    /// <summary>Multiplications over those of the sum.</summary>
    public double Share => (double)Inputs * Inputs / (9 * Outputs * Outputs);

    /// <summary>Numbers that a place of a map takes when it is transformed.</summary>
    public double Spread => (double)Inputs * Inputs / (Outputs * Outputs);

    /// <summary>So many outputs in whole tiles.</summary>
    public int Whole(int outputs) => (outputs + Outputs - 1) / Outputs * Outputs;

    /// <summary>G, [m + 2, 3].</summary>
    public abstract Tensor FilterTransform();

    /// <summary>Bᵀ d B of a row of tiles, each value to its own matrix.</summary>
    /// <param name="from">The row's first input, channels last.</param>
    /// <param name="line">Floats from one row of inputs to the next.</param>
    /// <param name="to">The row's place in the first matrix, [tiles, C].</param>
    /// <param name="matrix">Floats from one matrix to the next.</param>
    /// <param name="columns">Tiles.</param>
    /// <param name="channels">C, a multiple of a vector's length.</param>
    public abstract void Enter(float* from, long line, float* to, long matrix, int columns, int channels);

    /// <summary>Aᵀ m A of a row of tiles, and the bias.</summary>
    /// <param name="from">The row's place in the first matrix, [tiles, M].</param>
    /// <param name="matrix">Floats from one matrix to the next.</param>
    /// <param name="bias">[M], or null.</param>
    /// <param name="to">The row's first output, channels last.</param>
    /// <param name="lines">Rows of outputs that are wanted, at most m.</param>
    /// <param name="width">Columns of outputs that are wanted.</param>
    /// <param name="columns">Tiles.</param>
    /// <param name="maps">M, a multiple of a vector's length.</param>
    public abstract void Leave(float* from, long matrix, float* bias, float* to, int lines, int width, int columns, int maps);
}
