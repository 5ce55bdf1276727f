namespace CnnVis.Engine.Graphs;

/// <summary>What others have to know of an operator beside what it computes. Each operator states its own.</summary>
[Flags]
public enum OperatorTraits
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A network's nonlinearity: a curve that each number goes through by itself.</summary>
    Activation = 1,

    /// <summary>An activation whose curve is a ReLU's, or one with a leak, a ceiling or a smooth knee.</summary>
    Rectifier = 2 | Activation,

    /// <summary>Gives numbers from 0 to 1: a gate where it multiplies, a probability where it is the answer.</summary>
    UnitRange = 4,

    /// <summary>Softmax, or its logarithm.</summary>
    SoftmaxLike = 8,

    /// <summary>Brings numbers to one scale by statistics, stored ones or the input's own.</summary>
    Normalizes = 16,

    /// <summary>Adds, subtracts, multiplies or divides element by element: with a constant, it shifts or scales.</summary>
    Arithmetic = 32,

    /// <summary>Multiplies its first input by its second, filters or a matrix.</summary>
    Product = 64,

    /// <summary>Makes one number of many places.</summary>
    Pools = 128,

    /// <summary>Moves numbers without changing them: each output is a copy of one input, or a constant.</summary>
    Routes = 256,

    /// <summary>Routes all numbers of its first input in their order: only their shape or type changes, if anything.</summary>
    PassesOn = 512 | Routes,

    /// <summary>Gives true and false.</summary>
    Predicate = 1024,
}
