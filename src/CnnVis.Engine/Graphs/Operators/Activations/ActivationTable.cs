using static CnnVis.Engine.Graphs.Operators.OperatorNames;
using static CnnVis.Engine.Graphs.Operators.OperatorRows;
using static CnnVis.Engine.Graphs.OperatorTraits;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;
using Approximate = TorchSharp.Modules.GELU.Approximate;

namespace CnnVis.Engine.Graphs.Operators.Activations;

/// <summary>ONNX's activations of one input, as of operator set 13 and later.</summary>
internal static class ActivationTable
{
    public static IReadOnlyDictionary<string, OperatorMaker> Rows { get; } = new Dictionary<string, OperatorMaker>(StringComparer.Ordinal)
    {
        // max(x, 0)
        [Relu] = Function(Rectifier, (x, inPlace) => inPlace ? x.relu_() : x.relu()),
        // x where it is positive, alpha · x elsewhere
        ["LeakyRelu"] = Function(Rectifier, a => a.Number("alpha", 0.01f), (x, alpha, inPlace) => leaky_relu(x, alpha, inPlace)),
        // x where it is above alpha, 0 elsewhere
        ["ThresholdedRelu"] = Function(Rectifier, a => a.Number("alpha", 1), (x, alpha, inPlace) => threshold(x, alpha, 0, inPlace)),
        // x where it is positive, alpha · (eˣ − 1) elsewhere (Clevert et al. 2016)
        ["Elu"] = Function(Rectifier, a => a.Number("alpha", 1), (x, alpha, inPlace) => elu(x, alpha, inPlace)),
        // gamma · x where it is positive, gamma · alpha · (eˣ − 1) elsewhere (Klambauer et al. 2017)
        ["Selu"] = Function(Rectifier, a => (Alpha: a.Number("alpha", 1.67326319217681884765625f), Gamma: a.Number("gamma", 1.05070102214813232421875f)), (x, s, inPlace) => elu(x, s.Alpha, inPlace).mul_(s.Gamma)),
        // max(0, x) + min(0, alpha · (exp(x / alpha) − 1)) (Barron 2017)
        ["Celu"] = Function(Rectifier, a => NotZero("Celu", a.Number("alpha", 1)), (x, alpha, inPlace) => celu(x, alpha, inPlace)),
        // x · Φ(x), the normal distribution's Φ exactly or by tanh (Hendrycks and Gimpel 2016)
        [Gelu] = Function(Rectifier, a => a.OneOf("approximate", "none", "tanh") == "tanh" ? Approximate.tanh : Approximate.none, (x, by, inPlace) => gelu(x, by, inPlace)),
        // ln(1 + eˣ)
        ["Softplus"] = Function(x => softplus(x), traits: Rectifier),
        // x · max(0, min(1, x / 6 + 1/2)) (Howard et al. 2019)
        [HardSwish] = Function(Rectifier, (x, inPlace) => hardswish(x, inPlace)),
        // x · tanh(ln(1 + eˣ)) (Misra 2019)
        ["Mish"] = Function(Rectifier, (x, inPlace) => mish(x, inPlace)),
        // 1 / (1 + e⁻ˣ)
        [Sigmoid] = Function(Activation | UnitRange, (x, inPlace) => inPlace ? x.sigmoid_() : x.sigmoid()),
        // max(0, min(1, alpha · x + beta))
        [HardSigmoid] = Function(Activation | UnitRange, a => (Alpha: a.Number("alpha", 0.2f), Beta: a.Number("beta", 0.5f)), (x, s, inPlace) => (inPlace ? x.mul_(s.Alpha) : x * s.Alpha).add_(s.Beta).clamp_(0, 1)),
        // the hyperbolic tangent
        ["Tanh"] = Function(Activation, (x, inPlace) => inPlace ? x.tanh_() : x.tanh()),
        // x / (1 + |x|)
        ["Softsign"] = Function(Activation, (x, inPlace) => softsign(x, inPlace)),
        // x − bias above lambd, x + bias below −lambd, 0 between
        ["Shrink"] = Function(None, a => (Bias: a.Number("bias", 0), Lambda: a.Number("lambd", 0.5f)), (x, s, _) => Shrunk(x, s.Bias, s.Lambda)),
        // x / (1 + exp(−alpha · x)) (Ramachandran et al. 2017)
        ["Swish"] = Function(Rectifier, a => a.Number("alpha", 1), (x, alpha, _) => Swish(x, alpha)),
        // exp(x) / Σ exp(x) along one axis
        [Softmax] = AlongAxis(SoftmaxLike | UnitRange, (x, axis) => x.softmax(axis)),
        // x − ln Σ exp(x) along one axis
        [LogSoftmax] = AlongAxis(SoftmaxLike, (x, axis) => x.log_softmax(axis)),
        // 1 at the first largest value along one axis, 0 elsewhere; no gradient passes
        ["Hardmax"] = AlongAxis(UnitRange, OneAtTheLargest),
    };

    private static Tensor Shrunk(Tensor x, float bias, float lambda)
    {
        using Tensor above = x.gt(lambda), below = x.lt(-lambda), less = x - bias, more = x + bias, none = zeros_like(x), left = where(below, more, none);
        return where(above, less.to(x.dtype), left.to(x.dtype));
    }

    private static Tensor Swish(Tensor x, float alpha)
    {
        using Tensor slope = x * alpha, gate = slope.sigmoid();
        return x * gate;
    }

    private static Tensor OneAtTheLargest(Tensor x, long axis)
    {
        using Tensor detached = x.detach(), place = detached.argmax(axis, true), zero = zeros_like(detached), one = ones_like(place, x.dtype);
        return zero.scatter(axis, place, one);
    }

    private static float NotZero(string type, float alpha) => alpha != 0 ? alpha : throw new CnnVisException(ErrorIds.ModelUnreadable, $"{type} has an alpha of 0.", type);
}
