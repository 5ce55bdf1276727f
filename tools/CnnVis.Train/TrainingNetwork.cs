using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CnnVis.Train;

/// <summary>
/// The bundled network while it learns: AlexNet's shape (Krizhevsky et al. 2012) at 64×64, with batch normalisation after conv1–5
/// and fc6 that is folded into the weights at export.
/// </summary>
internal sealed class TrainingNetwork : nn.Module<Tensor, Tensor>
{
    /// <summary>Channel means and deviations of the training images; part of the exported graph.</summary>
    public static readonly float[] Mean = [0.480f, 0.448f, 0.398f], Deviation = [0.277f, 0.269f, 0.282f];

    public const double BatchNormEpsilon = 1e-5;

    /// <param name="Stride">Of the convolution.</param>
    /// <param name="Pool">Window and stride of the max pooling behind the layer's ReLU; zero for none.</param>
    internal sealed record Stage(string Name, int Out, int Kernel, int Stride, int Pool, int PoolStride);

    public static readonly Stage[] Stages =
    [
        new("conv1", 64, 7, 2, 3, 2),
        new("conv2", 128, 5, 1, 3, 2),
        new("conv3", 224, 3, 1, 0, 0),
        new("conv4", 224, 3, 1, 0, 0),
        new("conv5", 192, 3, 1, 2, 2),
    ];

    public const int Hidden = 512;

    private readonly Conv2d[] _convolutions;
    private readonly BatchNorm2d[] _norms;
    private readonly BatchNorm1d _norm6;
    private readonly Linear _fc6, _fc7, _fc8;
    private readonly double _dropout;
    private readonly ScalarType _type;

    public TrainingNetwork(int classes, double dropout, bool halfPrecision) : base("network")
    {
        (_dropout, _type) = (dropout, halfPrecision ? ScalarType.BFloat16 : ScalarType.Float32);
        int channels = 3, side = ImageSet.Size;
        _convolutions = new Conv2d[Stages.Length];
        _norms = new BatchNorm2d[Stages.Length];
        for (int i = 0; i < Stages.Length; i++)
        {
            Stage stage = Stages[i];
            _convolutions[i] = nn.Conv2d(channels, stage.Out, stage.Kernel, stage.Stride, stage.Kernel / 2, bias: false);
            _norms[i] = nn.BatchNorm2d(stage.Out, BatchNormEpsilon);
            nn.init.kaiming_normal_(_convolutions[i].weight!, mode: nn.init.FanInOut.FanOut, nonlinearity: nn.init.NonlinearityType.ReLU);
            register_module(stage.Name, _convolutions[i]);
            register_module(stage.Name + "_norm", _norms[i]);
            channels = stage.Out;
            side = (side + 2 * (stage.Kernel / 2) - stage.Kernel) / stage.Stride + 1;
            if (stage.Pool > 0) side = (side - stage.Pool) / stage.PoolStride + 1;
        }
        register_module("fc6", _fc6 = nn.Linear(channels * side * side, Hidden, hasBias: false));
        register_module("fc6_norm", _norm6 = nn.BatchNorm1d(Hidden, BatchNormEpsilon));
        register_module("fc7", _fc7 = nn.Linear(Hidden, Hidden));
        register_module("fc8", _fc8 = nn.Linear(Hidden, classes));
    }

    /// <param name="input">RGB in [0, 1], [N, 3, 64, 64].</param>
    /// <returns>Logits, [N, classes], float32.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor x = ((input - tensor(Mean).view(1, 3, 1, 1)) / tensor(Deviation).view(1, 3, 1, 1)).to(_type);
        for (int i = 0; i < Stages.Length; i++)
        {
            Stage stage = Stages[i];
            x = F.conv2d(x, _convolutions[i].weight!.to(_type), null, [stage.Stride, stage.Stride], [stage.Kernel / 2, stage.Kernel / 2]); // [N, Out, H, W]
            x = _norms[i].forward(x).relu_();
            if (stage.Pool > 0) x = F.max_pool2d(x, stage.Pool, stage.PoolStride);
        }
        x = F.dropout(x.flatten(1), _dropout, training); // [N, 192·H·W]
        x = _norm6.forward(F.linear(x, _fc6.weight!.to(_type)).to(ScalarType.Float32)).relu_(); // [N, 512]
        x = _fc7.forward(F.dropout(x, _dropout, training)).relu_(); // [N, 512]
        return _fc8.forward(x).MoveToOuterDisposeScope(); // [N, classes]
    }
}
