namespace CnnVis.Engine.Models.Weights.PyTorch;

/// <summary>A storage from some number on; legacy files have storages that are views of others.</summary>
/// <param name="Storage">The storage.</param>
/// <param name="Offset">Its first number that counts.</param>
internal sealed record TorchStorageView(TorchStorage Storage, long Offset);
