using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators;

/// <summary>A function of each number by itself, from a table.</summary>
internal sealed class PointwiseFunction(string type, OperatorAttributes attributes, OperatorTraits traits, Func<Tensor, bool, Tensor> function) : Pointwise(attributes, traits)
{
    public override string Type => type;

    protected override Tensor Apply(Tensor x, bool inPlace) => function(x, inPlace);
}
