using CnnVis.Engine.Synthesis.Regularizers;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Synthesis;

public sealed class RegularizerTests
{
    private static readonly float[] _picture = [0.1f, 0.4f, 0.2f, 0.9f, 0.5f, 0.3f, 0.7f, 0.8f, 0.6f, 0.25f, 0.35f, 0.05f]; // 2 channels of 2 × 3

    private static Tensor Picture => tensor(_picture, [1, 2, 2, 3]);

    [Theory]
    [InlineData(1.0)]
    [InlineData(2.0)]
    [InlineData(3.0)]
    public void TotalVariationIsTheHandSum(double beta)
    {
        using var scope = NewDisposeScope();
        double sum = 0;
        for (int c = 0; c < 2; c++)
            for (int y = 0; y < 2; y++)
                for (int x = 0; x < 3; x++)
                {
                    double here = At(c, y, x), across = x < 2 ? At(c, y, x + 1) - here : 0, down = y < 1 ? At(c, y + 1, x) - here : 0;
                    sum += Math.Pow(across * across + down * down, beta / 2);
                }
        Assert.Equal(0.5 * sum / (6 * Math.Pow(0.2, beta)), new TotalVariation(0.5, beta, Reach: 0.2).Penalty(Picture).item<float>(), 4);
    }

    [Theory]
    [InlineData(2.0)]
    [InlineData(6.0)]
    public void AlphaNormIsTheHandSum(double alpha)
    {
        using var scope = NewDisposeScope();
        double sum = 0;
        for (int y = 0; y < 2; y++)
            for (int x = 0; x < 3; x++) sum += Math.Pow(Math.Pow(At(0, y, x) - 0.3, 2) + Math.Pow(At(1, y, x) - 0.6, 2), alpha / 2);
        Assert.Equal(2 * sum / (6 * Math.Pow(0.4, alpha)), new AlphaNorm(2, [0.3f, 0.6f], alpha, Reach: 0.4).Penalty(Picture).item<float>(), 4);
    }

    [Fact]
    public void SquaredNormIsTheHandSum()
    {
        using var scope = NewDisposeScope();
        double sum = _picture.Select((v, i) => Math.Pow(v - (i < 6 ? 0.5 : 0.25), 2)).Sum();
        Assert.Equal(3 * sum, new SquaredNorm(3, [0.5f, 0.25f]).Penalty(Picture).item<float>(), 4);
    }

    public static TheoryData<IRegularizer> Penalties => new(
        new TotalVariation(1, 1, 0.3), new TotalVariation(1, 2, 0.3), new AlphaNorm(1, [0.3f, 0.6f], 6, 0.4), new SquaredNorm(1, [0.5f, 0.25f]));

    [Theory]
    [MemberData(nameof(Penalties))]
    public void GradientsAreFiniteDifferences(IRegularizer regularizer)
    {
        using var scope = NewDisposeScope();
        const double Step = 1e-6;
        Tensor leaf = Picture.to(ScalarType.Float64).requires_grad_(true);
        regularizer.Penalty(leaf)!.sum().backward();
        double[] gradient = leaf.grad!.data<double>().ToArray();
        for (int i = 0; i < _picture.Length; i++)
        {
            double[] more = [.. _picture.Select(v => (double)v)], less = [.. more];
            (more[i], less[i]) = (more[i] + Step, less[i] - Step);
            Assert.Equal((Value(more) - Value(less)) / (2 * Step), gradient[i], 1e-4 * Math.Max(1, Math.Abs(gradient[i])));
        }

        double Value(double[] values) => regularizer.Penalty(tensor(values, [1, 2, 2, 3]))!.item<double>();
    }

    [Fact]
    public void AConstantPictureHasNoVariation()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(0, new TotalVariation(1).Penalty(full([1, 3, 5, 5], 0.7)).item<float>());
    }

    [Fact]
    public void BlurKeepsSumsAndLeavesConstantsAlone()
    {
        using var scope = NewDisposeScope();
        Tensor point = zeros(1, 1, 21, 21);
        point[0, 0, 10, 10] = 1;
        Tensor blurred = new Blur(1.5, 2).Change(point, point, 2);
        Assert.Equal(1, blurred.sum().item<float>(), 4);
        Assert.Equal(1 / (2 * Math.PI * 1.5 * 1.5), blurred[0, 0, 10, 10].item<float>(), 3);
        Assert.Same(point, new Blur(1.5, 2).Change(point, point, 1));
        Assert.Equal(0.3f, new Blur(1.5, 1).Change(full([1, 1, 6, 6], 0.3f), point, 1).min().item<float>(), 5);
    }

    [Fact]
    public void ClippingTakesTheSmallOnesBack()
    {
        using var scope = NewDisposeScope();
        Tensor picture = tensor([0.5f, 0.6f, 0.1f, 0.9f], [1, 1, 2, 2]), gradient = tensor([1f, 1f, 0.001f, 1f], [1, 1, 2, 2]);
        Assert.Equal([0.5f, 0.5f, 0.1f, 0.9f], new ClipSmallPixels(50, 0, [0.5f]).Change(picture, gradient, 1).data<float>().ToArray());
        Assert.Equal([0.5f, 0.6f, 0.5f, 0.9f], new ClipSmallPixels(0, 50, [0.5f]).Change(picture, gradient, 1).data<float>().ToArray());
    }

    private static double At(int channel, int row, int column) => _picture[channel * 6 + row * 3 + column];
}
