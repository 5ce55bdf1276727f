using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs;

/// <summary>
/// What a node computes, with ONNX's name and semantics. A new operator is one class, or one row of a table; the catalog of operators finds it.
/// Operators hold no state: parameters arrive as inputs.
/// </summary>
public abstract class Operator
{
    /// <param name="attributes">As the file gives them; written back unchanged.</param>
    /// <param name="traits">What others have to know of it.</param>
    protected Operator(OperatorAttributes attributes, OperatorTraits traits = OperatorTraits.None) => (Attributes, Traits) = (attributes, traits);

    /// <summary>ONNX's name.</summary>
    public virtual string Type => GetType().Name;

    /// <summary>What others have to know of it beside what it computes.</summary>
    public OperatorTraits Traits { get; }

    /// <summary>The node's attributes.</summary>
    public OperatorAttributes Attributes { get; }

    /// <summary>The attribute by which the reader says that the first axis counts pictures, of which each is to get what it would get alone; it stands in no file.</summary>
    internal const string PicturesAttribute = "cnnvis_pictures";

    /// <summary>The attributes as they stand in a file: without those that the reader adds.</summary>
    public virtual IEnumerable<KeyValuePair<string, object>> FileAttributes => Attributes.Values.Where(a => !a.Key.StartsWith("cnnvis_", StringComparison.Ordinal));

    /// <summary>Whether the first axis counts pictures, of which each is to get what it would get alone.</summary>
    protected bool KeepsPicturesApart => Attributes.Integer(PicturesAttribute, 0) != 0;

    /// <summary>ONNX's number of the type that a parameter has in a file as input <paramref name="input"/>; null where it is the tensor's own.</summary>
    public virtual long? FileType(int input) => null;

    /// <summary>Whether a parameter taken as input <paramref name="input"/> is learned in training; settings and statistics are not.</summary>
    public virtual bool IsLearned(int input) => true;

    /// <summary>How many of ONNX's outputs it can give; which one, <see cref="OperatorAttributes.Output"/> says.</summary>
    public virtual int OutputCount => 1;

    /// <summary>Whether the output may be a view of the first input's memory, so that neither may be overwritten.</summary>
    public virtual bool SharesMemory => false;

    /// <summary>Computes the output. An input left out is null.</summary>
    public abstract Tensor Forward(Tensor?[] inputs);

    /// <summary>As <see cref="Forward"/>, when nobody else needs the first input any more: it may be overwritten.</summary>
    public virtual Tensor ForwardInPlace(Tensor?[] inputs) => Forward(inputs);

    /// <summary>Shape of the output, from what is known before running.</summary>
    public abstract long[] Shape(Operand?[] inputs);

    /// <summary>
    /// The output, where it follows from what is known before running: from known inputs, by default. For shape arithmetic; large values are left to the run.
    /// </summary>
    public virtual Tensor? Value(Operand?[] inputs) =>
        Array.TrueForAll(inputs, i => i is not { Constant: null }) ? Forward([.. inputs.Select(i => i?.Constant)]) : null;

    /// <summary>Multiplications-with-addition for one output of the given shape.</summary>
    public virtual long MultiplyAdds(Operand?[] inputs, long[] output) => 0;

    /// <summary>The patch of each input map that one output position looks at.</summary>
    public virtual SpatialWindow Window(Operand?[] inputs) => SpatialWindow.Pointwise;

    /// <summary>Where the rows and columns of the inputs' maps are in the output; null where they are lost. The same, counted from the last axis, by default.</summary>
    /// <param name="inputs">Their axes tell where they have theirs.</param>
    /// <param name="output">Shape of the output.</param>
    public virtual SpatialAxes? Axes(Operand?[] inputs, long[] output)
    {
        if (inputs.FirstOrDefault(i => i?.Axes is not null) is not { Axes: { } axes } map) return null;
        int more = output.Length - map.Shape.Length;
        return axes.Rows + more >= 0 && axes.Columns + more >= 0 ? new SpatialAxes(axes.Rows + more, axes.Columns + more) : null;
    }

    /// <summary>Input <paramref name="index"/>, which has to be there.</summary>
    protected Tensor Required(Tensor?[] inputs, int index) => index < inputs.Length && inputs[index] is { } value ? value : throw MissingInput(index);

    /// <summary>Input <paramref name="index"/>, which has to be there.</summary>
    protected Operand Required(Operand?[] inputs, int index) => index < inputs.Length && inputs[index] is { } value ? value : throw MissingInput(index);

    /// <summary>Input <paramref name="index"/>, or null.</summary>
    protected static Tensor? Optional(Tensor?[] inputs, int index) => index < inputs.Length ? inputs[index] : null;

    /// <summary>Shape of input <paramref name="index"/>, or null.</summary>
    protected static long[]? Known(Operand?[] inputs, int index) => index < inputs.Length ? inputs[index]?.Shape : null;

    /// <summary>The dimension that the attribute <c>axis</c> means; negative ones count from the end.</summary>
    /// <param name="otherwise">The operator's default.</param>
    /// <param name="rank">Dimensions that there are.</param>
    /// <param name="last">Largest value allowed: the last dimension, or one behind it.</param>
    protected int Axis(long otherwise, int rank, int last)
    {
        long given = Attributes.Integer("axis", otherwise), axis = given < 0 ? given + rank : given;
        return axis >= 0 && axis <= last ? (int)axis : throw new CnnVisException(ErrorIds.ModelUnreadable, $"{Type} has axis {given}, and its input {rank} dimensions.", Type);
    }

    /// <summary>The numbers of an integer parameter, which has to be constant.</summary>
    protected long[] ConstantIntegers(Operand operand) => operand.Constant is { } constant ? Integers(constant)
        : throw new CnnVisException(ErrorIds.OperatorNotSupported, $"{Type} needs a constant where this network computes one.", Type);

    /// <summary>The error of an output whose extents only a run tells.</summary>
    /// <param name="what">What it has as many of: "boxes as the picture has".</param>
    protected CnnVisException OpenShape(string what) => new(ErrorIds.OperatorNotSupported, $"{Type} gives as many {what}, so its output is no layer with a size of its own; choose a value before it with -OutputName.", Type);

    /// <summary>The numbers of an integer tensor.</summary>
    protected static long[] Integers(Tensor tensor)
    {
        using Tensor whole = tensor.to(ScalarType.Int64), integers = whole.cpu();
        return integers.data<long>().ToArray();
    }

    /// <summary>The error of a node whose attributes or inputs make no sense.</summary>
    /// <param name="what">What is wrong, after the operator's name.</param>
    protected CnnVisException Wrong(string what) => new(ErrorIds.ModelUnreadable, $"{Type} {what}", Type);

    private CnnVisException MissingInput(int index) => Wrong($"lacks its input {index}.");
}
