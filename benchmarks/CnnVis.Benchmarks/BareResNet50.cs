using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CnnVis.Benchmarks;

/// <summary>ResNet-50 as somebody would write it who knows only this network: the TorchSharp calls one after another, ReLUs and sums in place, each value freed when the next is there.</summary>
/// <param name="parameters">By torchvision's names.</param>
internal sealed class BareResNet50(IReadOnlyDictionary<string, Tensor> parameters)
{
    private static readonly int[] _blocks = [3, 4, 6, 3];

    /// <summary>[N, 3, 224, 224] to [N, 1000].</summary>
    public Tensor Run(Tensor input)
    {
        Tensor x = ConvNorm(input, "conv1", "bn1", 2, 3);
        x.relu_();
        x = Next(x, F.max_pool2d(x, [3, 3], [2, 2], [1, 1]));
        for (int stage = 0; stage < _blocks.Length; stage++)
            for (int block = 0; block < _blocks[stage]; block++)
                x = Bottleneck(x, $"layer{stage + 1}.{block}", stage > 0 && block == 0 ? 2 : 1, projects: block == 0);
        x = Next(x, x.mean([2, 3]));
        return Next(x, F.linear(x, parameters["fc.weight"], parameters["fc.bias"]));
    }

    private Tensor Bottleneck(Tensor x, string at, int stride, bool projects)
    {
        Tensor y = ConvNorm(x, $"{at}.conv1", $"{at}.bn1", 1, 0);
        y.relu_();
        y = Next(y, ConvNorm(y, $"{at}.conv2", $"{at}.bn2", stride, 1));
        y.relu_();
        y = Next(y, ConvNorm(y, $"{at}.conv3", $"{at}.bn3", 1, 0));
        Tensor skip = projects ? Next(x, ConvNorm(x, $"{at}.downsample.0", $"{at}.downsample.1", stride, 0)) : x;
        y.add_(skip);
        skip.Dispose();
        return y.relu_();
    }

    private Tensor ConvNorm(Tensor x, string conv, string norm, int stride, int padding)
    {
        using Tensor convolved = F.conv2d(x, parameters[conv + ".weight"], null, [stride, stride], [padding, padding]);
        return F.batch_norm(convolved, parameters[norm + ".running_mean"], parameters[norm + ".running_var"], parameters[norm + ".weight"], parameters[norm + ".bias"], training: false);
    }

    private static Tensor Next(Tensor done, Tensor next)
    {
        done.Dispose();
        return next;
    }
}
