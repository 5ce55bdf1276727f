using CnnVis.Engine.Models.Weights.Pickles;

namespace CnnVis.Engine.Models.Weights.PyTorch;

/// <summary>What a checkpoint's pickle means: the fixed list of globals, storages under persistent ids and, in a TorchScript archive, modules as bare attributes.</summary>
/// <param name="script">Whether it is a TorchScript archive, whose own classes are called <c>__torch__.…</c>.</param>
internal sealed class TorchPickleHost(bool script) : IPickleHost
{
    /// <summary>What TorchScript puts round lists and dicts to tell their types.</summary>
    private static readonly string[] _wrappers = ["build_intlist", "build_doublelist", "build_boollist", "build_tensorlist", "restore_type_tag"];

    private readonly Dictionary<string, TorchStorage> _storages = new(StringComparer.Ordinal);

    /// <summary>The storages named so far, by key.</summary>
    public IReadOnlyDictionary<string, TorchStorage> Storages => _storages;

    public PickledGlobal Find(string module, string name)
    {
        if (script && (module == "__torch__" || module.StartsWith("__torch__.", StringComparison.Ordinal))) return new PickledGlobal($"{module}.{name}", _ => new PickledObject($"{module}.{name}", keepsState: true));
        if (script && module == "torch.jit._pickle" && _wrappers.Contains(name)) return new PickledGlobal($"{module}.{name}", TorchRebuild.Wrapped);
        return TorchGlobals.Find(module, name);
    }

    /// <summary><c>('storage', type, key, device, count)</c>, and in legacy files <c>(view's key, offset, count)</c> or None behind it.</summary>
    public object? Persistent(object? id)
    {
        if (id is not object?[] parts || parts is not ["storage", PickledGlobal type, string or long, _, long count, .. var rest] || count < 0) throw PickleStack.Damaged("refers to something outside that is no storage");
        string key = FormattableString.Invariant($"{parts[2]}"), typeName = type.Name[(type.Name.LastIndexOf('.') + 1)..];
        if (!TorchTypes.Storages.Contains(typeName)) throw PickleStack.Damaged("has a storage of no known type");
        if (!_storages.TryGetValue(key, out TorchStorage? storage)) _storages.Add(key, storage = new TorchStorage(key, typeName, count));
        else if (storage.Type != typeName || storage.Count != count) throw PickleStack.Damaged($"describes storage {WeightErrors.Quote(key)} in two ways");
        return rest switch
        {
            [] or [null] => new TorchStorageView(storage, 0),
            [object[] and [_, long offset, long length]] when offset >= 0 && length >= 0 && length <= count - offset => new TorchStorageView(storage, offset),
            _ => throw PickleStack.Damaged($"looks at storage {WeightErrors.Quote(key)} in an impossible way"),
        };
    }
}
