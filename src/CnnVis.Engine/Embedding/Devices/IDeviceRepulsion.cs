using static TorchSharp.torch;

namespace CnnVis.Engine.Embedding.Devices;

/// <summary>The forces that drive all points of a map apart.</summary>
internal interface IDeviceRepulsion : IDisposable
{
    /// <summary>Computes Σⱼ (yᵢ − yⱼ) / (1 + |yᵢ − yⱼ|²)² of every point.</summary>
    /// <param name="map">[n, dimension].</param>
    /// <param name="forces">[n, dimension], overwritten.</param>
    /// <returns>The normaliser Z = Σᵢ Σⱼ≠ᵢ 1 / (1 + |yᵢ − yⱼ|²).</returns>
    double Compute(Tensor map, Tensor forces);
}
