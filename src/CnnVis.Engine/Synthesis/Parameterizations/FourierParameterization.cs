using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Synthesis.Parameterizations;

/// <summary>
/// Olah, Mordvintsev and Schubert 2017, as in their lucid: a spectrum for each decorrelated colour, [N, C, H, W/2 + 1, 2], divided by max(f, 1/max(H, W)), f in
/// cycles a pixel, so that the picture moves alike at all scales; its orthonormal inverse transform over 4; colours mixed as <see cref="ColorCorrelation"/> says; a sigmoid.
/// </summary>
public sealed class FourierParameterization : IParameterization
{
    private const double Divisor = 4, Margin = 0.01;
    private readonly ColorCorrelation _colors;
    private readonly CnnInput _input;

    /// <param name="input">The picture.</param>
    /// <param name="colors">How its colours go together.</param>
    public FourierParameterization(CnnInput input, ColorCorrelation colors) => (_input, _colors) = (input, colors);

    /// <inheritdoc/>
    public Tensor Encode(Tensor pixels)
    {
        Tensor bounded = pixels.clamp(Margin, 1 - Margin);
        Tensor mixed = _colors.Separate((bounded / (1 - bounded)).log()) * Divisor;
        return view_as_real(fft.rfft2(mixed, norm: TorchSharp.FFTNormType.Ortho)) / Scale(pixels.device); // [N, C, H, W/2 + 1, 2]
    }

    /// <inheritdoc/>
    public Tensor Decode(Tensor variables)
    {
        Tensor spectrum = view_as_complex((variables * Scale(variables.device)).contiguous());
        Tensor planes = fft.irfft2(spectrum, [_input.Height, _input.Width], norm: TorchSharp.FFTNormType.Ortho) / Divisor; // [N, C, H, W]
        return _colors.Mix(planes).sigmoid();
    }

    private Tensor Scale(Device device) => (1 / Frequencies.Of(_input.Height, _input.Width, device)).unsqueeze(-1); // [H, W/2 + 1, 1]
}
