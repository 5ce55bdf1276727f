namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>Operators of OnnxRuntime's own (com.microsoft), which its optimiser writes in place of a few of ONNX's, are spelled out as these.</summary>
internal sealed class RuntimeOperators : IOpsetUpgrade
{
    public IReadOnlyList<string> Types { get; } =
    [
        "FusedConv", "FusedMatMul", "FusedGemm", "Gelu", "BiasGelu", "FastGelu", "QuickGelu", "SkipLayerNormalization", "SkipSimplifiedLayerNormalization", "SimplifiedLayerNormalization", "LayerNormalization",
        "QuantizeLinear", "DequantizeLinear", "DynamicQuantizeMatMul", "MatMulIntegerToFloat", "BiasAdd", "GridSample", "Trilu",
    ];

    public int Until => int.MaxValue;

    public string Domain => "com.microsoft";

    public IEnumerable<NodeProto> Upgrade(NodeProto node, int opset, ValueNames names)
    {
        string label = node.Name.Length > 0 ? node.Name : node.Output[0];
        var nodes = new List<NodeProto>();
        switch (node.OpType)
        {
            case "FusedConv" when node.Input.Count <= 4:
            case "FusedGemm":
                Fused(node.OpType[5..]);
                break;
            case "FusedMatMul":
                Product();
                break;
            case "Gelu":
                Named("Gelu", [node.Input[0]]);
                break;
            case "BiasGelu":
                Named("Gelu", [Made("Add", node.Input[0], node.Input[1])]);
                break;
            case "FastGelu":
                Named("Gelu", [Has(1) ? Made("Add", node.Input[0], node.Input[1]) : node.Input[0]], ("approximate", "tanh"));
                break;
            case "QuickGelu":
                NodeProto factor = NodeProtos.Constant(names.Fresh($"{label}.alpha"), node.TakeAttribute("alpha")?.F ?? 1.702f);
                nodes.Add(factor);
                Named("Mul", [node.Input[0], Made("Sigmoid", Made("Mul", node.Input[0], factor.Output[0]))]);
                break;
            case "SkipLayerNormalization" or "SkipSimplifiedLayerNormalization":
                Skip(node.OpType == "SkipLayerNormalization");
                break;
            case "SimplifiedLayerNormalization":
                Named("RMSNormalization", [.. node.Input], [.. Stated("epsilon", "axis")]);
                break;
            case "BiasAdd":
                Named("Add", [Made("Add", node.Input[0], node.Input[1]), node.Input[2]]);
                break;
            case "LayerNormalization" or "QuantizeLinear" or "DequantizeLinear" or "GridSample" or "Trilu":
                node.Domain = "";
                nodes.Add(node);
                break;
            case "MatMulIntegerToFloat":
                Scaled(Made("MatMulInteger", node.Input[0], node.Input[1], Or(4), Or(5)), Made("Mul", node.Input[2], node.Input[3]), Or(6));
                break;
            case "DynamicQuantizeMatMul":
                string[] outputs = [names.Fresh($"{label}.whole"), names.Fresh($"{label}.scale"), names.Fresh($"{label}.zero")];
                var quantized = NodeProtos.Make("DynamicQuantizeLinear", outputs[0], [node.Input[0]]);
                quantized.Output.Add(outputs[1]);
                quantized.Output.Add(outputs[2]);
                nodes.Add(quantized);
                Scaled(Made("MatMulInteger", outputs[0], node.Input[1], outputs[2], Or(3)), Made("Mul", outputs[1], node.Input[2]), Or(4));
                break;
            default:
                return [node]; // refused as unknown
        }
        return nodes;

        bool Has(int input) => input < node.Input.Count && node.Input[input].Length > 0;

        string Or(int input) => Has(input) ? node.Input[input] : "";

        IEnumerable<(string, object)> Stated(params string[] attributes) => node.Attribute.Where(a => attributes.Contains(a.Name)).Select(a => (a.Name, OnnxAttributes.Value(node, a)));

        string Made(string type, params string[] inputs)
        {
            NodeProto made = NodeProtos.Make(type, names.Fresh($"{label}.{type.ToLowerInvariant()}"), inputs);
            nodes.Add(made);
            return made.Output[0];
        }

        void Named(string type, string[] inputs, params (string, object)[] attributes)
        {
            NodeProto made = NodeProtos.Make(type, node.Output[0], inputs, attributes);
            made.Name = label;
            nodes.Add(made);
        }

        void Scaled(string product, string scale, string bias)
        {
            NodeProto real = NodeProtos.Make("Cast", names.Fresh($"{label}.real"), [product], ("to", ElementTypes.Float));
            nodes.Add(real);
            if (bias.Length == 0) Named("Mul", [real.Output[0], scale]);
            else Named("Add", [Made("Mul", real.Output[0], scale), bias]);
        }

        void Product()
        {
            string[] inputs = [node.Input[0], node.Input[1]];
            for (int i = 0; i < 2; i++)
            {
                if (node.TakeAttribute(i == 0 ? "transBatchA" : "transBatchB") is { I: not 0 }) throw Unsupported("over transposed batches");
                if (node.TakeAttribute(i == 0 ? "transA" : "transB") is { I: not 0 }) inputs[i] = Transposed(inputs[i]);
            }
            float alpha = node.TakeAttribute("alpha")?.F ?? 1;
            if (alpha == 1)
            {
                Named("MatMul", inputs);
                return;
            }
            NodeProto factor = NodeProtos.Constant(names.Fresh($"{label}.alpha"), alpha);
            nodes.Add(factor);
            Named("Mul", [Made("MatMul", inputs), factor.Output[0]]);
        }

        // The last two axes change places, however many there are: by Einsum.
        string Transposed(string value)
        {
            NodeProto turned = NodeProtos.Make("Einsum", names.Fresh($"{label}.turned"), [value], ("equation", "...ij->...ji"));
            nodes.Add(turned);
            return turned.Output[0];
        }

        void Fused(string type)
        {
            string? activation = node.TakeAttribute("activation")?.S.ToStringUtf8();
            float[] numbers = node.TakeAttribute("activation_params")?.Floats.ToArray() ?? [];
            foreach (string given in (string[])["activation_alpha", "activation_beta", "activation_gamma"])
                if (node.TakeAttribute(given) is { } number) numbers = [.. numbers, number.F];
            string output = node.Output[0];
            NodeProto layer = node.Clone();
            (layer.OpType, layer.Domain, layer.Name) = (type, "", label);
            if (Has(3))
            {
                while (layer.Input.Count > 3) layer.Input.RemoveAt(3);
                layer.Output[0] = names.Fresh($"{output}.layer");
                nodes.Add(layer);
                string sum = Made("Add", layer.Output[0], node.Input[3]);
                Activate(sum);
                return;
            }
            if (activation is not null) layer.Output[0] = names.Fresh($"{output}.layer");
            nodes.Add(layer);
            if (activation is not null) Activate(layer.Output[0]);

            void Activate(string value)
            {
                string last = $"{label}.{(activation ?? "sum").ToLowerInvariant()}";
                NodeProto made;
                switch (activation)
                {
                    case null:
                        made = NodeProtos.Make("Identity", output, [value]);
                        break;
                    case "Relu" or "Sigmoid" or "Tanh" or "HardSwish":
                        made = NodeProtos.Make(activation, output, [value]);
                        break;
                    case "LeakyRelu" when numbers is [var slope, ..]:
                        made = NodeProtos.Make(activation, output, [value], ("alpha", slope));
                        break;
                    case "HardSigmoid" when numbers is [var alpha, var beta, ..]:
                        made = NodeProtos.Make(activation, output, [value], ("alpha", alpha), ("beta", beta));
                        break;
                    case "Clip" when numbers is [var low, var high, ..]:
                        NodeProto least = NodeProtos.Constant(names.Fresh($"{label}.low"), low), most = NodeProtos.Constant(names.Fresh($"{label}.high"), high);
                        nodes.AddRange([least, most]);
                        made = NodeProtos.Make(activation, output, [value, least.Output[0], most.Output[0]]);
                        break;
                    default:
                        throw Unsupported($"with the activation '{activation}'");
                }
                made.Name = last;
                nodes.Add(made);
            }
        }

        void Skip(bool centred)
        {
            string sum = Made("Add", node.Input[0], node.Input[1]);
            int bias = centred ? 4 : 3;
            if (Has(bias)) sum = Made("Add", sum, node.Input[bias]);
            if (node.Output.Count > 3 && node.Output[3].Length > 0) nodes[^1].Output[0] = sum = node.Output[3]; // the sum itself is used as well
            float epsilon = node.TakeAttribute("epsilon")?.F ?? 1e-12f;
            if (centred) Named("LayerNormalization", [sum, node.Input[2], .. Has(3) ? new[] { node.Input[3] } : []], ("epsilon", epsilon), ("axis", -1L));
            else Named("RMSNormalization", [sum, node.Input[2]], ("epsilon", epsilon), ("axis", -1L));
        }

        CnnVisException Unsupported(string what) => new(ErrorIds.OperatorNotSupported, $"operator com.microsoft.{node.OpType} of node '{label}' {what} is not supported; export the network without OnnxRuntime's optimisations.", node.OpType);
    }
}
