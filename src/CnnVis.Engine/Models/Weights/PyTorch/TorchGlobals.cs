using CnnVis.Engine.Models.Weights.Pickles;

namespace CnnVis.Engine.Models.Weights.PyTorch;

/// <summary>The fixed list of what a checkpoint's pickle may refer to. What is called becomes plain data; no name is ever looked up anywhere else.</summary>
internal static class TorchGlobals
{
    /// <summary>Plain values that checkpoints carry beside the weights; they are passed over, whatever they hold.</summary>
    private static readonly string[] _passedOver =
    [
        "_codecs.encode", "argparse.Namespace", "types.SimpleNamespace", "builtins.bytearray", "builtins.bytes", "builtins.complex", "builtins.float", "builtins.int", "builtins.bool", "builtins.str",
        "builtins.object", "builtins.slice", "builtins.range", "copyreg._reconstructor", "datetime.date", "datetime.datetime", "datetime.timedelta", "decimal.Decimal",
        "numpy.dtype", "numpy.ndarray", "numpy.core.multiarray.scalar", "numpy.core.multiarray._reconstruct", "numpy._core.multiarray.scalar", "numpy._core.multiarray._reconstruct",
        "numpy.core.numeric._frombuffer", "numpy._core.numeric._frombuffer", "pathlib.Path", "pathlib.PosixPath", "pathlib.PurePosixPath", "pathlib.WindowsPath", "pathlib.PureWindowsPath",
        "torch.device", "torch.Generator", "torch.serialization._get_layout", "torch.strided", "torch.contiguous_format", "torch.channels_last", "torch.preserve_format",
        "torch.per_tensor_affine", "torch.per_tensor_symmetric", "torch.per_channel_affine", "torch.per_channel_symmetric", "torch.per_channel_affine_float_qparams",
    ];

    private static readonly Dictionary<string, PickledGlobal> _all = All();

    /// <summary>Python 2's names of the same modules.</summary>
    private static readonly Dictionary<string, string> _renamed = new(StringComparer.Ordinal) { ["__builtin__"] = "builtins", ["copy_reg"] = "copyreg" };

    /// <exception cref="CnnVisException">It is not on the list.</exception>
    public static PickledGlobal Find(string module, string name) => _all.GetValueOrDefault($"{_renamed.GetValueOrDefault(module, module)}.{name}")
        ?? throw WeightErrors.Unreadable($"its pickle refers to {WeightErrors.Quote($"{module}.{name}")}, which is not among the plain types that weights consist of; nothing of it was run. If the file is yours, save only the state dict: torch.save(model.state_dict(), path). If it holds a whole model, make ONNX of it where its code is: python -c \"import torch; m = torch.load('model.pt', weights_only=False).eval(); torch.onnx.export(m, (torch.rand(1, 3, 224, 224),), 'model.onnx', dynamo=True)\".");

    private static Dictionary<string, PickledGlobal> All()
    {
        var all = new Dictionary<string, PickledGlobal>(StringComparer.Ordinal);
        foreach (string type in TorchTypes.Storages)
        {
            Add($"torch.{type}", _ => throw PickleStack.Damaged("calls a storage type"));
            Add($"torch.storage.{type}", _ => throw PickleStack.Damaged("calls a storage type"));
        }
        foreach (string name in _passedOver.Concat(TorchTypes.Types.Select(t => $"torch.{t}"))) Add(name, _ => new PickledObject(name, keepsState: false));
        foreach (string name in new[] { "collections.OrderedDict", "collections.defaultdict", "collections.Counter", "builtins.dict" }) Add(name, a => new PickledDict(a.FirstOrDefault() as PickledList));
        foreach (string name in new[] { "builtins.list", "builtins.set", "builtins.frozenset", "builtins.tuple", "torch.Size", "collections.deque" }) Add(name, a => a.FirstOrDefault() ?? new PickledList());
        Add("torch._utils._rebuild_tensor", TorchRebuild.Tensor);
        Add("torch._utils._rebuild_tensor_v2", TorchRebuild.Tensor);
        Add("torch._utils._rebuild_tensor_v3", TorchRebuild.TypedTensor);
        foreach (string name in new[] { "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state", "torch.nn.parameter.Parameter", "torch.nn.parameter.Buffer", "torch.autograd.variable.Variable", "torch.autograd._functions.Variable" })
            Add(name, TorchRebuild.Wrapped);
        Add("torch._tensor._rebuild_from_type_v2", TorchRebuild.FromType);
        foreach (string name in new[] { "torch.Tensor", "torch.tensor.Tensor", "torch._tensor.Tensor" }) Add(name, _ => new PickledObject(name, keepsState: false));
        Add("torch._utils._rebuild_qtensor", _ => new UnreadableTensor("is quantised, which is not read; save the weights of the network before it was quantised, or dequantize() them"));
        foreach (string name in new[] { "torch._utils._rebuild_sparse_tensor", "torch._utils._rebuild_sparse_csr_tensor" }) Add(name, _ => new UnreadableTensor("is sparse, which is not read; call to_dense() before saving"));
        foreach (string name in new[] { "torch._utils._rebuild_meta_tensor_no_storage", "torch._utils._rebuild_wrapper_subclass", "torch._utils._rebuild_nested_tensor" }) Add(name, _ => new UnreadableTensor("has no plain numbers behind it; save the weights of the network as plain tensors"));
        return all;

        void Add(string name, Func<object?[], object?> call) => all.Add(name, new PickledGlobal(name, call));
    }
}
