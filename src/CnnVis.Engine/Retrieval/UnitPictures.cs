using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Targets;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Retrieval;

/// <summary>Reads the photos of results, and computes what a unit responded to (Zeiler and Fergus 2013, figure 2).</summary>
/// <param name="input">What the network takes.</param>
/// <param name="network">The network; null where no responses are wanted.</param>
/// <param name="method">The method; null for none.</param>
/// <param name="preRelu">Whether values before the ReLU were looked at.</param>
public sealed class UnitPictures(CnnInput input, Network? network, ISaliencyMethod? method, bool preRelu) : IUnitPictures
{
    /// <inheritdoc/>
    public CnnInput Input => input;

    /// <summary>Where an image is.</summary>
    internal static ImageSource SourceOf(MaxActivatingImage image) => image.Origin?.Picture is { } picture ? ImageSource.Of(picture) : ImageSource.Of(image.Path);

    /// <inheritdoc/>
    public PixelImage Photo(MaxActivatingImage image, int times) => SeenPhoto.Load(SourceOf(image), input, times * Math.Max(input.Height, input.Width));

    /// <inheritdoc/>
    public PixelImage? Response(MaxActivatingUnit unit, MaxActivatingImage image, CancellationToken cancellation)
    {
        if (network is null || method is null || unit.Channel is not { } channel) return null;
        using var scope = NewDisposeScope();
        float[] values = new float[input.Length];
        Preprocessor.Load(SourceOf(image), input, DecodeOptions.Default, values);
        Tensor pixels = tensor(values, [1, input.Channels, input.Height, input.Width], device: network.TorchDevice);
        CnnLayer layer = network.Layer(unit.Layer);
        var target = new NeuronTarget(network.Units(preRelu ? network.BeforeRelu(layer).Value : network.Value(layer)), channel, image.Row is { } row && image.Column is { } column ? (row, column) : null);
        Tensor map = method.Attribute(new SaliencyRequest(network, pixels, [target], cancellation))[0].Map; // [1, C, H, W]
        float[] numbers = map.ToFloats();
        return SignedPicture.Of(numbers, (int)map.shape[1], (int)map.shape[2], (int)map.shape[3], image.InputBox);
    }
}
