namespace CnnVis.Engine.Models.Catalog.Families;

/// <summary>What both Inception networks are made of: convolution without bias, batch normalisation with epsilon 0.001, ReLU (torchvision's BasicConv2d).</summary>
internal static class BasicConvolution
{
    public static NetworkBuilder BasicConv(this NetworkBuilder net, string name, int output, int kernel, int stride = 1, int padding = 0) =>
        net.BasicConv(name, output, (kernel, kernel), stride, (padding, padding));

    public static NetworkBuilder BasicConv(this NetworkBuilder net, string name, int output, (int Rows, int Columns) kernel, int stride, (int Rows, int Columns) padding) =>
        net.Conv($"{name}.conv", output, kernel, stride, padding, bias: false).BatchNorm($"{name}.bn", 1e-3f).Relu($"{name}.relu");
}
