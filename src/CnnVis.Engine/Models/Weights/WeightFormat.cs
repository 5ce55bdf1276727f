namespace CnnVis.Engine.Models.Weights;

/// <summary>Kinds of weight file, recognised by their content.</summary>
public enum WeightFormat
{
    /// <summary>A zip archive by <c>torch.save</c> of PyTorch 1.6 or later.</summary>
    PyTorch,

    /// <summary>Pickles in a row by <c>torch.save</c> before PyTorch 1.6.</summary>
    PyTorchLegacy,

    /// <summary>A zip archive by <c>torch.jit.save</c>, or by libtorch's own <c>torch::save</c>.</summary>
    TorchScript,

    /// <summary>A JSON header and bare numbers.</summary>
    Safetensors,

    /// <summary>One array, or a zip archive of arrays.</summary>
    NumPy,
}
