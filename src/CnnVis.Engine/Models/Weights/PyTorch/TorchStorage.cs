namespace CnnVis.Engine.Models.Weights.PyTorch;

/// <summary>A storage that a checkpoint's pickle names; its numbers lie outside of the pickle.</summary>
/// <param name="Key">Its name in the file.</param>
/// <param name="Type">Its type's name: <c>FloatStorage</c>; <c>UntypedStorage</c> holds bytes.</param>
/// <param name="Count">Its numbers.</param>
internal sealed record TorchStorage(string Key, string Type, long Count);
