using CnnVis.Engine.Models.Weights.Pickles;

namespace CnnVis.Engine.Models.Weights.PyTorch;

/// <summary>What PyTorch's functions of the same purpose (torch/_utils.py) do with their arguments, as far as weights need it.</summary>
internal static class TorchRebuild
{
    private const int RankLimit = 64;

    /// <summary><c>_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks, metadata)</c>.</summary>
    public static object? Tensor(object?[] arguments) => arguments is [TorchStorageView storage, long offset, object?[] shape, object?[] strides, ..]
        ? Make(storage, null, offset, shape, strides)
        : throw PickleStack.Damaged("describes a tensor in a way that is not known");

    /// <summary><c>_rebuild_tensor_v3(storage, offset, size, stride, requires_grad, hooks, dtype, metadata)</c>, over bytes.</summary>
    public static object? TypedTensor(object?[] arguments) => arguments is [TorchStorageView storage, long offset, object?[] shape, object?[] strides, _, _, PickledGlobal type, ..] && type.Name.StartsWith("torch.", StringComparison.Ordinal)
        ? Make(storage, type.Name["torch.".Length..], offset, shape, strides)
        : throw PickleStack.Damaged("describes a tensor in a way that is not known");

    /// <summary>Parameters and the like: the tensor inside is what counts.</summary>
    public static object? Wrapped(object?[] arguments) => arguments.FirstOrDefault();

    /// <summary><c>_rebuild_from_type_v2(function, type, arguments, state)</c>.</summary>
    public static object? FromType(object?[] arguments) => arguments is [PickledGlobal function, _, object?[] inner, ..] && function.Name.StartsWith("torch._utils._rebuild", StringComparison.Ordinal)
        ? function.Call(inner)
        : throw PickleStack.Damaged("describes a tensor in a way that is not known");

    private static TorchTensor Make(TorchStorageView storage, string? type, long offset, object?[] shape, object?[] strides)
    {
        if (shape.Length > RankLimit || strides.Length != shape.Length || Array.Exists(shape, v => v is not long) || Array.Exists(strides, v => v is not long)) throw PickleStack.Damaged("describes a tensor of impossible shape");
        return new TorchTensor(storage.Storage, type, checked(storage.Offset + offset), Array.ConvertAll(shape, v => (long)v!), Array.ConvertAll(strides, v => (long)v!));
    }
}
