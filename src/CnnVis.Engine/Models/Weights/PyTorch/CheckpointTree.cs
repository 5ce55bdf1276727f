using CnnVis.Engine.Models.Weights.Files;
using CnnVis.Engine.Models.Weights.Pickles;

namespace CnnVis.Engine.Models.Weights.PyTorch;

/// <summary>
/// Finds the state dict in what a checkpoint holds, and gives its tensors their full names (keys with dots between them).
/// As long as a dict has one of the usual wrapper keys over something with tensors in it, that is gone into; two of them at once are a question for the
/// user. What remains is taken whole, without what is known not to be weights (optimizer, scheduler, …). With a key given, all is named in full and what
/// lies behind that key is taken. TorchScript modules keep their names.
/// </summary>
/// <param name="content">Where tensors and plain values go.</param>
/// <param name="numbers">Finds the tensors' numbers.</param>
/// <param name="budget">Visits and letters of names that an honest file of that size can need; shared references may not multiply beyond.</param>
internal sealed class CheckpointTree(WeightContent content, TorchNumbers numbers, long budget)
{
    private const int DepthLimit = 64, TextLimit = 1000;

    private static readonly HashSet<string> _wrappers = new(StringComparer.OrdinalIgnoreCase)
    {
        "state_dict", "model_state_dict", "model_state", "model", "net", "net_state_dict", "network", "network_state_dict", "params", "weights", "module", "model_weights", "generator_state_dict",
        "ema", "model_ema", "state_dict_ema", "params_ema", "ema_state_dict", "ema_model", "model_ema_state_dict", "teacher", "student",
    };

    private long _budget = budget;

    public void Collect(object? root, bool whole)
    {
        string at = ""; // the keys that were gone into, as -WeightKey takes them
        while (!whole && root is PickledDict dict)
        {
            AddPlain(dict);
            KeyValuePair<string, object?>[] wrapped = [.. dict.Items.Take(DepthLimit * DepthLimit).Where(i => _wrappers.Contains(i.Key) && i.Value is PickledDict or PickledObject && HasTensors(i.Value, []))];
            if (wrapped.Length > 1)
                throw new CnnVisException(ErrorIds.WeightsMismatch, $"it holds {wrapped.Length} sets of weights: {string.Join(", ", wrapped.Take(8).Select(w => WeightErrors.Quote(at + w.Key)))}. Say by its key which is meant: Import-CnnModel -WeightKey.");
            if (wrapped.Length == 0) break;
            (root, at) = (wrapped[0].Value, $"{at}{wrapped[0].Key}.");
        }
        Visit(root, "", 0, whole);
    }

    private void Visit(object? value, string name, int depth, bool whole)
    {
        Spend(1 + name.Length);
        if (depth > DepthLimit) throw WeightErrors.Unreadable($"it is nested more than {DepthLimit} deep; save the plain state dict: torch.save(model.state_dict(), path).");
        switch (value)
        {
            case TorchTensor tensor:
                content.Add(name.Length > 0 ? name : "0", Named(tensor, name));
                break;
            case UnreadableTensor tensor:
                throw WeightErrors.Unreadable($"tensor {WeightErrors.Quote(name)} {tensor.Why}.");
            case PickledDict dict:
                foreach (var (key, item) in dict.Items)
                    if (whole || depth > 0 || !IsNoWeight(key, item)) Visit(item, Join(key), depth + 1, whole);
                break;
            case PickledObject { Attributes: { } attributes }:
                Visit(attributes, name, depth + 1, whole: true);
                break;
            case PickledList list:
                for (int i = 0; i < list.Items.Count; i++) Visit(list.Items[i], Join(FormattableString.Invariant($"{i}")), depth + 1, whole);
                break;
            case object?[] tuple:
                for (int i = 0; i < tuple.Length; i++) Visit(tuple[i], Join(FormattableString.Invariant($"{i}")), depth + 1, whole);
                break;
        }

        string Join(string key)
        {
            Spend(key.Length + name.Length);
            return name.Length > 0 ? $"{name}.{key}" : key;
        }
    }

    private StoredTensor Named(TorchTensor tensor, string name)
    {
        try
        {
            return numbers.Resolve(tensor);
        }
        catch (CnnVisException e)
        {
            throw WeightErrors.Unreadable($"tensor {WeightErrors.Quote(name)}: {e.Message}", e);
        }
    }

    /// <summary>Whether a tensor is anywhere in it. What was looked at once is not looked at again.</summary>
    private bool HasTensors(object? root, HashSet<object> seen)
    {
        var pending = new Stack<object?>([root]);
        while (pending.TryPop(out object? value))
        {
            Spend(1);
            if (value is TorchTensor or UnreadableTensor) return true;
            if (value is null or string or long or double or bool || !seen.Add(value)) continue;
            IEnumerable<object?> inner = value switch
            {
                PickledDict dict => dict.Items.Select(i => i.Value),
                PickledObject { Attributes: { } attributes } => [attributes],
                PickledList list => list.Items,
                object?[] tuple => tuple,
                _ => [],
            };
            foreach (object? item in inner)
            {
                Spend(1);
                pending.Push(item);
            }
        }
        return false;
    }

    /// <summary>Numbers and short texts beside the weights.</summary>
    private void AddPlain(PickledDict dict)
    {
        foreach (var (key, value) in dict.Items.Take(DepthLimit * DepthLimit))
        {
            Spend(1);
            if (value is string { Length: <= TextLimit } or long or double or bool) content.Metadata.TryAdd(key, FormattableString.Invariant($"{value}"));
        }
    }

    private static bool IsNoWeight(string key, object? value) => value is PickledDict or PickledList or object?[] or PickledObject
        && (key.Contains("optim", StringComparison.OrdinalIgnoreCase) || key.Contains("scheduler", StringComparison.OrdinalIgnoreCase) || key.Contains("scaler", StringComparison.OrdinalIgnoreCase)
            || key is "amp" or "callbacks" or "loops" or "rng_state" or "rng_states" or "cuda_rng_state" or "random_state" or "hyper_parameters" or "args" or "config");

    private void Spend(long visits)
    {
        if ((_budget -= visits) < 0) throw WeightErrors.Unreadable("what it holds refers to itself over and over, far beyond its size; save the plain state dict: torch.save(model.state_dict(), path).");
    }
}
