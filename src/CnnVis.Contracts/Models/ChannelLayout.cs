namespace CnnVis;

/// <summary>Where an array has its channels.</summary>
public enum ChannelLayout
{
    /// <summary>[batch, channels, rows, columns], or [batch, channels, samples] of a signal: PyTorch, Caffe, MATLAB, ONNX itself.</summary>
    ChannelsFirst,

    /// <summary>[batch, rows, columns, channels], or [batch, samples, channels] of a signal: TensorFlow, Keras.</summary>
    ChannelsLast,
}
