namespace CnnVis;

/// <summary>How a photo of another shape becomes a network's input.</summary>
public enum ResizeMode
{
    /// <summary>Shorter side to <see cref="CnnInput.ResizeTo"/>, then the centre: nothing is distorted, the borders are lost.</summary>
    Crop,

    /// <summary>Both sides to the input's: everything is seen, distorted.</summary>
    Stretch,

    /// <summary>Longer side to the input's, mid-grey around it: everything is seen, smaller.</summary>
    Pad,
}
