using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models.Exported;
using CnnVis.Engine.Models.Onnx;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CnnVis.Engine.Tests.Models.Exported;

/// <summary>Every operator that is translated, against libtorch's own: what a program says, the graph computes.</summary>
public sealed class AtenOperatorTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();
    private static readonly Dictionary<string, Func<ExportedWriter, Tensor, ExportedWriter.Value, (Tensor, ExportedWriter.Value)>> _cases = Cases();

    public static TheoryData<string> Names => [.. _cases.Keys];

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EqualsLibtorchs(string name)
    {
        var writer = new ExportedWriter();
        Tensor x = randn([2, 4, 6, 6], generator: new Generator(5)); // [N, C, H, W]
        var (expected, value) = _cases[name](writer, x, writer.Input("x", 2, 4, 6, 6));
        writer.Output(value);
        using Graph graph = OnnxReader.Convert(ExportedReader.Read(_folder.Add("model.pt2", writer.Finish()))).Graph; // sums over the batch too
        Tensor ours = new ForwardWalk(graph, [graph.Output]).Run(x)[0];
        Assert.Equal(expected.shape, ours.shape);
        Assert.True(ours.to(ScalarType.Float32).allclose(expected.to(ScalarType.Float32), 1e-4, 1e-5), $"{(ours.to(ScalarType.Float32) - expected.to(ScalarType.Float32)).abs().max().item<float>()}");
    }

    private static Dictionary<string, Func<ExportedWriter, Tensor, ExportedWriter.Value, (Tensor, ExportedWriter.Value)>> Cases()
    {
        var cases = new Dictionary<string, Func<ExportedWriter, Tensor, ExportedWriter.Value, (Tensor, ExportedWriter.Value)>>();
        long[] L(params long[] values) => values;

        // One argument.
        foreach (var (name, f) in new (string, Func<Tensor, Tensor>)[]
        {
            ("relu", x => x.relu()), ("sigmoid", x => x.sigmoid()), ("tanh", x => x.tanh()), ("hardswish", x => x * (x / 6 + 0.5).clamp(0, 1)), ("hardsigmoid", x => (x / 6 + 0.5).clamp(0, 1)), ("silu", x => x * x.sigmoid()),
            ("mish", x => x * F.softplus(x).tanh()), ("softplus", x => F.softplus(x)), ("selu", x => F.selu(x)), ("exp", x => x.exp()), ("abs", x => x.abs()), ("neg", x => x.neg()), ("erf", x => x.erf()), ("sin", x => x.sin()), ("cos", x => x.cos()),
            ("floor", x => x.floor()), ("ceil", x => x.ceil()), ("sign", x => x.sign()), ("expm1", x => x.expm1()), ("square", x => x.square()), ("log_sigmoid", x => x.sigmoid().log()), ("clone", x => x), ("relu6", x => x.clamp(0, 6)), ("mean", x => x.mean()), ("sum", x => x.sum()),
        })
            Add(name, $"aten.{name}.default", f);
        Add("relu_", "aten.relu_.default", x => x.clone().relu());
        Add("gelu", "aten.gelu.default", x => x * 0.5 * (1 + (x / Math.Sqrt(2)).erf()));
        Add("gelu tanh", "aten.gelu.default", x => x * 0.5 * (1 + (Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)).tanh()), ("approximate", "tanh"));
        Add("hardtanh", "aten.hardtanh.default", x => x.clamp(-0.5, 0.75), ("min_val", -0.5), ("max_val", 0.75));
        Add("leaky_relu", "aten.leaky_relu.default", x => F.leaky_relu(x, 0.3), ("negative_slope", 0.3));
        Add("elu", "aten.elu.default", x => F.elu(x, 0.7), ("alpha", 0.7));
        Add("elu as selu", "aten.elu.default", x => F.selu(x), ("alpha", 1.6732632423543772), ("scale", 1.0507009873554805), ("input_scale", 1));
        Add("clamp", "aten.clamp.default", x => x.clamp(-0.5, 1), ("min", -0.5), ("max", 1.0));
        Add("clamp min", "aten.clamp_min.default", x => x.clamp(min: 0.1), ("min", 0.1));
        Add("threshold", "aten.threshold.default", x => where(x > 0.2, x, tensor(7f)), ("threshold", 0.2), ("value", 7));
        Add("hardshrink", "aten.hardshrink.default", x => where(x.abs() > 0.5, x, tensor(0f)));
        Add("softshrink", "aten.softshrink.default", x => where(x.abs() > 0.5, x - 0.5 * x.sign(), tensor(0f)));
        Add("softmax", "aten.softmax.int", x => F.softmax(x, 1), ("dim", 1));
        Add("_softmax", "aten._softmax.default", x => F.softmax(x, -1), ("dim", -1), ("half_to_float", false));
        Add("log_softmax", "aten._log_softmax.default", x => F.log_softmax(x, 1), ("dim", 1), ("half_to_float", false));
        Add("dropout", "aten.dropout.default", x => x, ("p", 0.5), ("train", false));
        Add("glu", "aten.glu.default", x => x.narrow(1, 0, 2) * x.narrow(1, 2, 2).sigmoid(), ("dim", 1));
        Add("pow", "aten.pow.Tensor_Scalar", x => x.pow(2), ("exponent", 2));
        Add("add scalar", "aten.add.Tensor", x => x + 3, ("other", 3));
        Add("rsub", "aten.rsub.Scalar", x => 2 - x, ("other", 2), ("alpha", 1));
        Add("div", "aten.div.Tensor", x => x / 4, ("other", 4));
        Add("div floor", "aten.div.Tensor_mode", x => (x / 0.3).floor(), ("other", 0.3), ("rounding_mode", "floor"));
        Add("mul", "aten.mul.Tensor", x => x * -2.5, ("other", -2.5));
        Add("max_pool2d", "aten.max_pool2d.default", x => F.max_pool2d(x, 3, 2, 1), ("kernel_size", L(3, 3)), ("stride", L(2, 2)), ("padding", L(1, 1)));
        Add("max_pool2d stride", "aten.max_pool2d.default", x => F.max_pool2d(x, 2), ("kernel_size", L(2, 2)));
        Add("avg_pool2d", "aten.avg_pool2d.default", x => F.avg_pool2d(x, 3, 1, 1, count_include_pad: false), ("kernel_size", L(3, 3)), ("stride", L(1, 1)), ("padding", L(1, 1)), ("ceil_mode", false), ("count_include_pad", false));
        foreach (long to in new[] { 1L, 2, 4, 6 }) Add($"adaptive_avg_pool2d {to}", "aten.adaptive_avg_pool2d.default", x => F.adaptive_avg_pool2d(x, to), ("output_size", L(to, to)));
        Add("adaptive_max_pool2d", "aten.adaptive_max_pool2d.default", x => F.max_pool2d(x, 2), ("output_size", L(3, 3)));
        Add("mean maps", "aten.mean.dim", x => x.mean([2L, 3]), ("dim", L(-1, -2)));
        Add("mean maps kept", "aten.mean.dim", x => x.mean([2L, 3], true), ("dim", L(2, 3)), ("keepdim", true));
        Add("mean channels", "aten.mean.dim", x => x.mean([1L]), ("dim", L(1)));
        Add("sum dim", "aten.sum.dim_IntList", x => x.sum([1L], true), ("dim", L(1)), ("keepdim", true));
        Add("amax", "aten.amax.default", x => x.amax([1L]), ("dim", L(1)), ("keepdim", false));
        Add("var", "aten.var.correction", x => x.var([1L]), ("dim", L(1)), ("correction", 1));
        Add("norm", "aten.linalg_vector_norm.default", x => (x * x).sum([1L]).sqrt(), ("ord", 2), ("dim", L(1)));
        Add("cumsum", "aten.cumsum.default", x => x.cumsum(1), ("dim", 1));
        Add("view", "aten.view.default", x => x.view(2, 144), ("size", L(2, 144)));
        Add("reshape", "aten.reshape.default", x => x.view(2, 2, 2, 36), ("shape", L(-1, 2, 2, 36)));
        Add("flatten", "aten.flatten.using_ints", x => x.view(2, -1), ("start_dim", 1));
        Add("flatten maps", "aten.flatten.using_ints", x => x.view(2, 4, -1), ("start_dim", 2));
        Add("flatten channels", "aten.flatten.using_ints", x => x.view(2, 24, 6), ("start_dim", 1), ("end_dim", 2));
        Add("unflatten", "aten.unflatten.int", x => x.view(2, 2, 2, 6, 6), ("dim", 1), ("sizes", L(2, -1)));
        Add("permute", "aten.permute.default", x => x.permute(0, 2, 3, 1), ("dims", L(0, 2, 3, 1)));
        Add("transpose", "aten.transpose.int", x => x.transpose(1, -1), ("dim0", 1), ("dim1", -1));
        Add("movedim", "aten.movedim.int", x => x.permute(0, 2, 3, 1), ("source", 1), ("destination", -1));
        Add("unsqueeze", "aten.unsqueeze.default", x => x.unsqueeze(-1), ("dim", -1));
        Add("slice", "aten.slice.Tensor", x => x.narrow(1, 1, 3), ("dim", 1), ("start", 1), ("end", long.MaxValue));
        Add("slice step", "aten.slice.Tensor", x => x.index_select(3, tensor(L(0, 2, 4))), ("dim", 3), ("start", 0), ("end", 6), ("step", 2));
        Add("select", "aten.select.int", x => x.select(1, 3), ("dim", 1), ("index", -1));
        Add("flip", "aten.flip.default", x => x.flip([3]), ("dims", L(3)));
        Add("roll", "aten.roll.default", x => x.roll(L(2, -1), L(2, 3)), ("shifts", L(2, -1)), ("dims", L(2, 3)));
        Add("repeat", "aten.repeat.default", x => x.repeat(1, 2, 1, 1), ("repeats", L(1, 2, 1, 1)));
        Add("pad", "aten.constant_pad_nd.default", x => F.pad(x, [1, 2, 0, 1]), ("pad", L(1, 2, 0, 1)));
        Add("pad reflect", "aten.reflection_pad2d.default", x => F.pad(x, [1, 2, 2, 1], TorchSharp.PaddingModes.Reflect), ("padding", L(1, 2, 2, 1)));
        Add("pad circular", "aten.pad.default", x => F.pad(x, [1, 2, 2, 1], TorchSharp.PaddingModes.Circular), ("pad", L(1, 2, 2, 1)), ("mode", "circular"));
        Add("pixel_shuffle", "aten.pixel_shuffle.default", x => F.pixel_shuffle(x, 2), ("upscale_factor", 2));
        Add("pixel_unshuffle", "aten.pixel_unshuffle.default", x => F.pixel_unshuffle(x, 2), ("downscale_factor", 2));
        Add("channel_shuffle", "aten.channel_shuffle.default", x => x.index_select(1, tensor(L(0, 2, 1, 3))), ("groups", 2));
        AddTo("nearest", "aten.upsample_nearest2d.vec", x => F.interpolate(x, scale_factor: [2, 2]), [("output_size", null), ("scale_factors", new[] { 2.0, 2.0 })], "input");
        Add("nearest size", "aten.upsample_nearest2d.default", x => F.interpolate(x, [9, 13]), ("output_size", L(9, 13)));
        AddTo("bilinear", "aten.upsample_bilinear2d.vec", x => F.interpolate(x, [9, 13], mode: InterpolationMode.Bilinear, align_corners: false), [("output_size", L(9, 13)), ("align_corners", false)], "input");
        AddTo("bilinear corners", "aten.upsample_bilinear2d.vec", x => F.interpolate(x, [9, 13], mode: InterpolationMode.Bilinear, align_corners: true), [("output_size", L(9, 13)), ("align_corners", true)], "input");
        AddTo("bicubic", "aten.upsample_bicubic2d.vec", x => F.interpolate(x, [9, 13], mode: InterpolationMode.Bicubic, align_corners: false), [("output_size", L(9, 13)), ("align_corners", false)], "input");
        Add("gt", "aten.gt.Scalar", x => x > 0.25, ("other", 0.25));
        Add("argmax", "aten.argmax.default", x => x.argmax(1), ("dim", 1));
        Add("to", "aten._to_copy.default", x => x, ("dtype", null));

        // Parameters.
        foreach (var (name, stride, padding, groups) in new[] { ("conv2d", 1L, 0L, 1L), ("convolution", 2, 1, 2) })
            cases[name] = (w, x, v) =>
            {
                Tensor weight = randn(6, 4 / groups, 3, 3), bias = randn(6), y = F.conv2d(x, weight, bias, [stride, stride], [padding, padding], groups: groups);
                (string, object?)[] more = name == "convolution" ? [("transposed", false), ("output_padding", L(0, 0))] : [];
                return (y, w.Call($"aten.{name}.default", y, [("input", v), ("weight", w.Parameter("conv.weight", weight)), ("bias", w.Parameter("conv.bias", bias)), ("stride", L(stride, stride)), ("padding", L(padding, padding)), ("dilation", L(1, 1)), .. more, ("groups", groups)]));
            };
        cases["conv2d same"] = (w, x, v) =>
        {
            Tensor weight = randn(6, 4, 4, 3), y = F.conv2d(F.pad(x, [1, 1, 1, 2]), weight);
            return (y, w.Call("aten.conv2d.padding", y, ("input", v), ("weight", w.Parameter("w", weight)), ("bias", null), ("stride", L(1, 1)), ("padding", "same")));
        };
        cases["conv_transpose2d"] = (w, x, v) =>
        {
            Tensor weight = randn(4, 3, 3, 3), y = F.conv_transpose2d(x, weight, null, [2, 2], [1, 1], [1, 1]);
            return (y, w.Call("aten.conv_transpose2d.input", y, ("input", v), ("weight", w.Parameter("w", weight)), ("bias", null), ("stride", L(2, 2)), ("padding", L(1, 1)), ("output_padding", L(1, 1))));
        };
        foreach (string name in new[] { "batch_norm", "_native_batch_norm_legit_no_training", "_native_batch_norm_legit_no_training without factors" })
            cases[name] = (w, x, v) =>
            {
                bool plain = name.EndsWith("factors", StringComparison.Ordinal);
                Tensor weight = randn(4), bias = randn(4), mean = randn(4), variance = rand(4) + 0.5, y = F.batch_norm(x, mean, variance, plain ? null : weight, plain ? null : bias, false, 0.1, 1e-3);
                (string, object?)[] arguments = [("input", v), ("weight", plain ? null : w.Parameter("w", weight)), ("bias", plain ? null : w.Parameter("b", bias)), ("running_mean", w.Buffer("m", mean)), ("running_var", w.Buffer("v", variance))];
                return name == "batch_norm" ? (y, w.Call("aten.batch_norm.default", y, [.. arguments, ("training", false), ("momentum", 0.1), ("eps", 1e-3), ("cudnn_enabled", true)]))
                    : (y, w.Call($"aten.{name.Split(' ')[0]}.default", [y, zeros(0), zeros(0)], false, [.. arguments, ("momentum", 0.1), ("eps", 1e-3)])[0]);
            };
        cases["layer_norm"] = (w, x, v) =>
        {
            Tensor weight = randn(6, 6), bias = randn(6, 6), y = F.layer_norm(x, [6, 6], weight, bias, 1e-4);
            return (y, w.Call("aten.layer_norm.default", y, ("input", v), ("normalized_shape", L(6, 6)), ("weight", w.Parameter("w", weight)), ("bias", w.Parameter("b", bias)), ("eps", 1e-4)));
        };
        cases["native_group_norm"] = (w, x, v) =>
        {
            Tensor weight = randn(4), bias = randn(4), y = F.group_norm(x, 2, weight, bias, 1e-5);
            return (y, w.Call("aten.native_group_norm.default", [y, zeros(0), zeros(0)], false, ("input", v), ("weight", w.Parameter("w", weight)), ("bias", w.Parameter("b", bias)), ("N", 2), ("C", 4), ("HxW", 36), ("group", 2), ("eps", 1e-5))[0]);
        };
        cases["prelu"] = (w, x, v) =>
        {
            Tensor slope = rand(4), y = where(x > 0, x, x * slope.view(4, 1, 1));
            return (y, w.Call("aten.prelu.default", y, ("self", v), ("weight", w.Parameter("slope", slope))));
        };
        cases["linear"] = (w, x, v) =>
        {
            Tensor flat = x.view(2, 144), weight = randn(5, 144), bias = randn(5), y = F.linear(flat, weight, bias);
            return (y, w.Call("aten.linear.default", y, ("input", w.Call("aten.flatten.using_ints", flat, ("self", v), ("start_dim", 1))), ("weight", w.Parameter("w", weight)), ("bias", w.Parameter("b", bias))));
        };
        cases["linear on maps"] = (w, x, v) =>
        {
            Tensor weight = randn(5, 6), bias = randn(5), y = F.linear(x, weight, bias);
            return (y, w.Call("aten.linear.default", y, ("input", v), ("weight", w.Parameter("w", weight)), ("bias", w.Parameter("b", bias))));
        };
        cases["addmm"] = (w, x, v) =>
        {
            Tensor flat = x.view(2, 144), weight = randn(5, 144), bias = randn(5), y = F.linear(flat, weight, bias);
            return (y, w.Call("aten.addmm.default", y, ("self", w.Parameter("b", bias)), ("mat1", w.Call("aten.view.default", flat, ("self", v), ("size", L(2, 144)))), ("mat2", w.Call("aten.permute.default", weight.t(), ("self", w.Parameter("w", weight)), ("dims", L(1, 0))))));
        };
        cases["bmm"] = (w, x, v) =>
        {
            Tensor a = x.view(2, 24, 6), y = a.bmm(a.transpose(1, 2));
            ExportedWriter.Value left = w.Call("aten.view.default", a, ("self", v), ("size", L(2, 24, 6)));
            return (y, w.Call("aten.bmm.default", y, ("self", left), ("mat2", w.Call("aten.transpose.int", a.transpose(1, 2), ("self", left), ("dim0", 1), ("dim1", 2)))));
        };
        cases["attention"] = (w, x, v) =>
        {
            Tensor y = F.scaled_dot_product_attention(x, x, x);
            return (y, w.Call("aten.scaled_dot_product_attention.default", y, ("query", v), ("key", v), ("value", v)));
        };
        cases["attention causal"] = (w, x, v) =>
        {
            Tensor y = F.scaled_dot_product_attention(x, x, x, is_casual: true);
            return (y, w.Call("aten._scaled_dot_product_flash_attention_for_cpu.default", [y, zeros(2, 4, 6)], false, ("query", v), ("key", v), ("value", v), ("dropout_p", 0.0), ("is_causal", true))[0]);
        };
        cases["embedding and index"] = (w, x, v) =>
        {
            Tensor table = randn(9, 6), index = tensor(L(3, 8, 0, 1, 1, 2)), rows = table.index_select(0, index), y = x + rows;
            return (y, w.Call("aten.add.Tensor", y, ("self", v), ("other", w.Call("aten.index.Tensor", rows, ("self", w.Parameter("table", table)), ("indices", new ExportedWriter.Value?[] { w.Buffer("index", index), null })))));
        };
        cases["cat and split"] = (w, x, v) =>
        {
            Tensor[] parts = x.split([1L, 3], 1);
            ExportedWriter.Value[] values = w.Call("aten.split_with_sizes.default", parts, true, ("self", v), ("split_sizes", L(1, 3)), ("dim", 1));
            Tensor y = cat([parts[1], parts[0]], 1);
            return (y, w.Call("aten.cat.default", y, ("tensors", new[] { values[1], values[0] }), ("dim", 1)));
        };
        cases["chunk and stack"] = (w, x, v) =>
        {
            Tensor[] parts = x.chunk(2, 1);
            Tensor y = stack([parts[1], parts[0]], 2);
            return (y, w.Call("aten.stack.default", y, ("tensors", w.Call("aten.chunk.default", parts, true, ("self", v), ("chunks", 2), ("dim", 1)).Reverse().ToArray()), ("dim", 2)));
        };
        cases["unbind"] = (w, x, v) =>
        {
            Tensor[] parts = [.. Enumerable.Range(0, 4).Select(i => x.select(1, i))];
            return (parts[2], w.Call("aten.unbind.int", parts, true, ("self", v), ("dim", 1))[2]);
        };
        cases["max with places"] = (w, x, v) => (x.amax([1L]), w.Call("aten.max.dim", [x.amax([1L]), x.argmax(1)], false, ("self", v), ("dim", 1))[0]);
        cases["topk"] = (w, x, v) => (x.topk(2, 1).values, w.Call("aten.topk.default", [x.topk(2, 1).values, x.topk(2, 1).indexes], false, ("self", v), ("k", 2), ("dim", 1))[0]);
        cases["where and comparisons"] = (w, x, v) =>
        {
            Tensor y = where(x.le(0).logical_not(), x, tensor(0.5f));
            ExportedWriter.Value mask = w.Call("aten.logical_not.default", x > 0, ("self", w.Call("aten.le.Scalar", x <= 0, ("self", v), ("other", 0))));
            return (y, w.Call("aten.where.ScalarOther", y, ("condition", mask), ("self", v), ("other", 0.5)));
        };
        cases["masked_fill"] = (w, x, v) => (where(x > 1, tensor(-9f), x), w.Call("aten.masked_fill.Scalar", x, ("self", v), ("mask", w.Call("aten.gt.Scalar", x > 1, ("self", v), ("other", 1))), ("value", -9.0)));
        cases["constants"] = (w, x, v) =>
        {
            Tensor lifted = randn(6), y = x + (lifted + 2.5f) * arange(6, ScalarType.Float32);
            ExportedWriter.Value filled = w.Call("aten.full.default", full(6, 2.5f), ("size", L(6)), ("fill_value", 2.5)), range = w.Call("aten.arange.start_step", arange(6, ScalarType.Float32), ("start", 0), ("end", 6), ("step", 1));
            ExportedWriter.Value sum = w.Call("aten.add.Tensor", lifted, ("self", w.Call("aten.lift_fresh_copy.default", lifted, ("self", w.Constant("lifted_tensor_0", lifted)))), ("other", filled));
            return (y, w.Call("aten.add.Tensor", y, ("self", v), ("other", w.Call("aten.mul.Tensor", lifted, ("self", sum), ("other", range)))));
        };
        cases["expand"] = (w, x, v) =>
        {
            Tensor token = randn(1, 4, 1, 6), wide = token.expand(2, -1, 1, -1), y = cat([wide, x], 2);
            return (y, w.Call("aten.cat.default", y, ("tensors", new[] { w.Call("aten.expand.default", wide, ("self", w.Parameter("token", token)), ("size", L(2, -1, 1, -1))), v }), ("dim", 2)));
        };
        cases["squeeze"] = (w, x, v) =>
        {
            Tensor first = x.narrow(1, 0, 1);
            return (first.squeeze(1), w.Call("aten.squeeze.dim", first.squeeze(1), ("self", w.Call("aten.slice.Tensor", first, ("self", v), ("dim", 1), ("start", 0), ("end", 1))), ("dim", 1)));
        };
        cases["rsqrt and addcmul"] = (w, x, v) =>
        {
            Tensor root = (x.abs() + 1).rsqrt(), y = x + 0.5 * root * root;
            ExportedWriter.Value value = w.Call("aten.rsqrt.default", root, ("self", w.Call("aten.add.Scalar", x, ("self", w.Call("aten.abs.default", x, ("self", v))), ("other", 1))));
            return (y, w.Call("aten.addcmul.default", y, ("self", v), ("tensor1", value), ("tensor2", value), ("value", 0.5)));
        };
        cases["einsum"] = (w, x, v) => (einsum("nchw,ncwk->nchk", x, x), w.Call("aten.einsum.default", x, ("equation", "nchw,ncwk->nchk"), ("tensors", new[] { v, v })));
        return cases;

        void Add(string name, string target, Func<Tensor, Tensor> f, params (string, object?)[] arguments) => AddTo(name, target, f, arguments, "self");

        void AddTo(string name, string target, Func<Tensor, Tensor> f, (string, object?)[] arguments, string input) => cases[name] = (w, x, v) =>
        {
            Tensor y = f(x.clone());
            return (y, w.Call(target, y, [(input, v), .. arguments]));
        };
    }
}
