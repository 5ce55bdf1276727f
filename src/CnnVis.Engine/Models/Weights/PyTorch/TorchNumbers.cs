using CnnVis.Engine.Models.Weights.Files;
using CnnVis.Engine.Models.Weights.Pickles;

namespace CnnVis.Engine.Models.Weights.PyTorch;

/// <summary>Finds the numbers behind the tensors of a checkpoint.</summary>
/// <param name="find">Where the bytes of a storage lie.</param>
internal sealed class TorchNumbers(Func<TorchStorage, ISection> find)
{
    private readonly Dictionary<TorchStorage, StoredNumbers> _numbers = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether the bytes come highest first.</summary>
    public bool BigEndian { get; init; }

    public StoredTensor Resolve(TorchTensor tensor)
    {
        NumberType type = TorchTypes.Number(tensor.Type ?? tensor.Storage.Type);
        if (!_numbers.TryGetValue(tensor.Storage, out StoredNumbers? numbers))
        {
            long bytes = checked(tensor.Storage.Count * TorchTypes.Number(tensor.Storage.Type).Size());
            if (bytes % type.Size() != 0) throw PickleStack.Damaged($"has a storage that holds no whole count of {type}");
            _numbers.Add(tensor.Storage, numbers = new StoredNumbers(find(tensor.Storage), 0, type, bytes / type.Size(), BigEndian));
        }
        if (numbers.Type != type) throw PickleStack.Damaged("takes one storage for numbers of two types");
        return new StoredTensor(numbers, tensor.Offset, tensor.Shape, tensor.Strides);
    }
}
