namespace CnnVis;

/// <summary>What a network is written as.</summary>
public enum ModelFormat
{
    /// <summary>The whole network: every step, its weights, classes and picture preparation.</summary>
    Onnx,

    /// <summary>The weights alone, by name, as most frameworks exchange them.</summary>
    Safetensors,
}
