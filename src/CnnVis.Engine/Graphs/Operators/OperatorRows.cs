using CnnVis.Engine.Graphs.Operators.Activations;
using CnnVis.Engine.Graphs.Operators.Arithmetic;
using CnnVis.Engine.Graphs.Operators.Reductions;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators;

/// <summary>Rows for the tables of operators that are one line each.</summary>
internal static class OperatorRows
{
    /// <summary>A function of one input that keeps its shape, and how it is computed in place where it can be.</summary>
    public static OperatorMaker Function(Func<Tensor, Tensor> function, Func<Tensor, Tensor>? inPlace = null, OperatorTraits traits = OperatorTraits.None) =>
        (type, attributes) => new PointwiseFunction(type, attributes, traits, (x, overwrite) => overwrite && inPlace is not null ? inPlace(x) : function(x));

    /// <summary>The same of a function that is told whether it may overwrite its input.</summary>
    public static OperatorMaker Function(OperatorTraits traits, Func<Tensor, bool, Tensor> function) =>
        (type, attributes) => new PointwiseFunction(type, attributes, traits, function);

    /// <summary>The same of a function with settings, which are read from the attributes once.</summary>
    public static OperatorMaker Function<T>(OperatorTraits traits, Func<OperatorAttributes, T> read, Func<Tensor, T, bool, Tensor> function) =>
        (type, attributes) =>
        {
            T settings = read(attributes);
            return new PointwiseFunction(type, attributes, traits, (x, inPlace) => function(x, settings, inPlace));
        };

    /// <summary>A function of each number and those along an axis.</summary>
    public static OperatorMaker AlongAxis(OperatorTraits traits, Func<Tensor, long, Tensor> function) =>
        (type, attributes) => new AxisSoftmax(type, attributes, traits, function);

    /// <summary>A function of two inputs, and how it is computed in the memory of the first, where both are of one shape and type.</summary>
    public static OperatorMaker Binary(Func<Tensor, Tensor, Tensor> function, OperatorTraits traits = OperatorTraits.None, Func<Tensor, Tensor, Tensor>? inPlace = null) =>
        (type, attributes) => new BinaryFunction(type, attributes, traits, function, inPlace);

    /// <summary>The same, chosen by the attributes.</summary>
    public static OperatorMaker Binary(Func<OperatorAttributes, Func<Tensor, Tensor, Tensor>> choose) =>
        (type, attributes) => new BinaryFunction(type, attributes, OperatorTraits.None, choose(attributes));

    /// <summary>A function of any number of inputs, joined one after the other; the last step is told how many there were.</summary>
    public static OperatorMaker Variadic(Func<Tensor, Tensor, Tensor> join, Func<Tensor, int, Tensor>? finish = null) =>
        (type, attributes) => new VariadicFunction(type, attributes, join, finish);

    /// <summary>A function over axes in rising order, which stay with an extent of one where the last argument says so.</summary>
    public static OperatorMaker Reduction(Func<Tensor, long[], bool, Tensor> function, OperatorTraits traits = OperatorTraits.None) =>
        (type, attributes) => new Reduction(type, attributes, traits, function);

    /// <summary>The index of the first extreme along an axis, which stays with an extent of one where the last argument says so.</summary>
    public static OperatorMaker Index(Func<Tensor, long, bool, Tensor> find) =>
        (type, attributes) => new ArgReduction(type, attributes, find);
}
