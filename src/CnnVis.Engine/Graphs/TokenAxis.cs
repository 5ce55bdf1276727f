namespace CnnVis.Engine.Graphs;

/// <summary>The axis of a value that holds the places of a grid one after the other, row by row, as transformers have them.</summary>
/// <param name="Axis">Which: 1 of [N, tokens, features].</param>
/// <param name="Rows">Rows of the grid.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Before">Tokens that come before the grid's and stand for no place: a class token, registers.</param>
public readonly record struct TokenAxis(int Axis, int Rows, int Columns, int Before)
{
    /// <summary>How many tokens are places.</summary>
    public int Places => Rows * Columns;
}
