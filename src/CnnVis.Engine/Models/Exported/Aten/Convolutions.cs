namespace CnnVis.Engine.Models.Exported.Aten;

/// <summary>Convolutions of any rank, and transposed ones.</summary>
internal static class Convolutions
{
    public static Dictionary<string, Action<AtenCall>> Rules { get; } = AtenOperators.Table(
        ("conv1d conv2d conv3d convolution _convolution", Convolve),
        ("conv_transpose1d conv_transpose2d conv_transpose3d", call => Transposed(call)));

    private static void Convolve(AtenCall call)
    {
        if (call.Bool("transposed")) Transposed(call);
        else call.Give("Conv", Inputs(call), [.. Window(call), .. Padding(call)]);
    }

    private static void Transposed(AtenCall call)
    {
        int spatial = call.Rank("weight") - 2;
        call.Give("ConvTranspose", Inputs(call), [.. Window(call), .. Padding(call), ("output_padding", call.Ints("output_padding", spatial, 0))]);
    }

    private static string[] Inputs(AtenCall call) => call.OptionalTensor("bias") is { } bias ? [call.Tensor("input"), call.Tensor("weight"), bias] : [call.Tensor("input"), call.Tensor("weight")];

    private static IEnumerable<(string, object)> Window(AtenCall call)
    {
        int spatial = call.Rank("weight") - 2;
        if (call.Rank("input") != spatial + 2) throw call.Wrong("has an input without a batch");
        return [("kernel_shape", call.Meta("weight").Sizes[2..]), ("strides", call.Ints("stride", spatial, 1)), ("dilations", call.Ints("dilation", spatial, 1)), ("group", call.Int("groups", 1))];
    }

    /// <summary>Numbers of positions, the same on both sides, or <c>same</c> and <c>valid</c>.</summary>
    private static IEnumerable<(string, object)> Padding(AtenCall call)
    {
        int spatial = call.Rank("weight") - 2;
        switch (call.Text("padding", ""))
        {
            case "":
                long[] pads = call.Ints("padding", spatial, 0);
                return [("pads", (long[])[.. pads, .. pads])];
            case "valid":
                return [("pads", new long[2 * spatial])];
            case "same":
                // More at the end, where it does not divide.
                long[] kernel = call.Meta("weight").Sizes[2..], dilation = call.Ints("dilation", spatial, 1), total = [.. kernel.Zip(dilation, (k, d) => d * (k - 1))];
                return [("pads", (long[])[.. total.Select(t => t / 2), .. total.Select(t => t - t / 2)])];
            case var other:
                throw call.Wrong($"has the padding '{other}'");
        }
    }
}
