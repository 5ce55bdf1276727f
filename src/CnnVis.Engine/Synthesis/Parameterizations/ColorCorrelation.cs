using CnnVis.Engine.Images;
using static TorchSharp.torch;

namespace CnnVis.Engine.Synthesis.Parameterizations;

/// <summary>
/// How the colours of photos go together: a square root M of their covariance, M·Mᵀ ∝ Σ, scaled so that its longest column has length 1. Independent
/// numbers times M are colours as photos have them. Any number of channels.
/// </summary>
public sealed class ColorCorrelation
{
    private const int MostPictures = 200;
    private readonly double[] _mix, _separate;
    private readonly int _channels;

    private ColorCorrelation(int channels, double[] mix, double[] separate) => (_channels, _mix, _separate) = (channels, mix, separate);

    /// <summary>M, [channels, channels], row by row.</summary>
    public IReadOnlyList<double> Matrix => _mix;

    /// <summary>Colours that have nothing to do with each other.</summary>
    public static ColorCorrelation None(int channels) => Of(eye(channels, dtype: ScalarType.Float64));

    /// <summary>ImageNet's, for three channels, as lucid states it; for other numbers, none.</summary>
    public static ColorCorrelation ImageNet(int channels)
    {
        if (channels != 3) return None(channels);
        using var scope = NewDisposeScope();
        return Of(tensor(new[,] { { 0.26, 0.09, 0.02 }, { 0.27, 0.00, -0.05 }, { 0.27, -0.09, 0.03 } }));
    }

    /// <summary>That of pictures: the covariance of their pixels' colours, with a little added to each variance so that it can be turned round.</summary>
    /// <param name="pictures">Each [C, H, W].</param>
    /// <param name="channels">C.</param>
    public static ColorCorrelation Of(IReadOnlyList<float[]> pictures, int channels)
    {
        using var scope = NewDisposeScope();
        Tensor pixels = cat([.. pictures.Select(p => tensor(p).reshape(channels, -1).to(ScalarType.Float64))], 1); // [C, pixels]
        Tensor centred = pixels - pixels.mean([1L], keepdim: true);
        Tensor covariance = centred.matmul(centred.t()) / pixels.shape[1] + 1e-6 * eye(channels, dtype: ScalarType.Float64);
        (Tensor squares, Tensor axes) = linalg.eigh(covariance);
        return Of(axes * squares.clamp_min(1e-12).sqrt());
    }

    /// <summary>That of picture files.</summary>
    /// <param name="files">The files; of more than 200 as many, spread evenly.</param>
    /// <param name="input">What the network takes.</param>
    /// <param name="failed">Takes the error of one that cannot be read.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.NoImages"/>: none can be read.</exception>
    public static ColorCorrelation OfFiles(IReadOnlyList<string> files, CnnInput input, Action<CnnVisException> failed, CancellationToken cancellation = default)
    {
        var pictures = ReferenceImages.Load(files, MostPictures, input, failed, cancellation);
        return pictures.Count > 0 ? Of(pictures, input.Channels)
            : throw new CnnVisException(ErrorIds.NoImages, "None of the pictures of -Reference can be read, so their colours are not known.", files);
    }

    /// <summary>Colours of independent numbers: [N, C, H, W] to the same.</summary>
    public Tensor Mix(Tensor planes) => Apply(_mix, planes);

    /// <summary>The other way round.</summary>
    public Tensor Separate(Tensor planes) => Apply(_separate, planes);

    private static ColorCorrelation Of(Tensor root)
    {
        using var scope = NewDisposeScope();
        Tensor scaled = root / root.square().sum([0L]).sqrt().max();
        return new ColorCorrelation((int)root.shape[0], scaled.contiguous().data<double>().ToArray(), linalg.inv(scaled).contiguous().data<double>().ToArray());
    }

    private Tensor Apply(double[] matrix, Tensor planes)
    {
        Tensor m = tensor(matrix, [_channels, _channels], dtype: planes.dtype, device: planes.device);
        return m.matmul(planes.flatten(2)).reshape(planes.shape);
    }
}
