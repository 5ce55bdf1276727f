namespace CnnVis;

/// <summary>The order in which a network takes the colours of a picture.</summary>
public enum ChannelOrder
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red, as networks trained with Caffe or OpenCV.</summary>
    Bgr,
}
