namespace CnnVis;

/// <summary>The range of pixel values that a network takes, before its mean is subtracted.</summary>
public enum PixelRange
{
    /// <summary>[0, 1], as torchvision's networks.</summary>
    Unit,

    /// <summary>[0, 255], as Caffe's networks and many of Keras.</summary>
    Byte,

    /// <summary>[−1, 1], as TensorFlow's Inception and MobileNet.</summary>
    Signed,
}
