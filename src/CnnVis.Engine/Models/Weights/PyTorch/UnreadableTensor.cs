namespace CnnVis.Engine.Models.Weights.PyTorch;

/// <summary>A tensor of a kind that is not read; an error only if it is among the weights wanted.</summary>
/// <param name="Why">What it is, and what to do about it.</param>
internal sealed record UnreadableTensor(string Why);
