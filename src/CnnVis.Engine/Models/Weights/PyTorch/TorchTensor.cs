namespace CnnVis.Engine.Models.Weights.PyTorch;

/// <summary>A tensor as a checkpoint's pickle describes it.</summary>
/// <param name="Storage">What it looks at.</param>
/// <param name="Type">The name of its number type, where the storage does not say (<c>torch.uint16</c>).</param>
/// <param name="Offset">Its first number in the storage.</param>
/// <param name="Shape">Its extents.</param>
/// <param name="Strides">Numbers from one element to the next, by dimension.</param>
internal sealed record TorchTensor(TorchStorage Storage, string? Type, long Offset, long[] Shape, long[] Strides);
