namespace CnnVis.Engine.Models;

/// <summary>What a file does not say of the network inside; anything left null is taken from the file, or from the usual.</summary>
public sealed record ImportOptions
{
    /// <summary>Name to give it; the file's name if null.</summary>
    public string? Name { get; init; }

    /// <summary>Class names by output index.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>The input that takes the picture, for a file with several; null for the only one that can.</summary>
    public string? InputName { get; init; }

    /// <summary>The value that is the network's answer; null for the first output.</summary>
    public string? OutputName { get; init; }

    /// <summary>What the network answers with; null for what is found.</summary>
    public AnswerKind? Answer { get; init; }

    /// <summary>Where the network's input has its channels; null for what its first nodes tell.</summary>
    public ChannelLayout? Layout { get; init; }

    /// <summary>Values of inputs that are no pictures.</summary>
    public IReadOnlyList<InputConstant> Constants { get; init; } = [];

    /// <summary>Per channel, in the network's order and range, subtracted from the values that <see cref="ValueRange"/> states.</summary>
    public IReadOnlyList<float>? Mean { get; init; }

    /// <summary>Subtracted instead of <see cref="Mean"/>: a value for each channel and place.</summary>
    public MeanImage? MeanImage { get; init; }

    /// <summary>Per channel, divided by after <see cref="Mean"/>.</summary>
    public IReadOnlyList<float>? StandardDeviation { get; init; }

    /// <summary>Order of the colours that the network takes.</summary>
    public ChannelOrder? ChannelOrder { get; init; }

    /// <summary>Range of values that the network takes, before the mean.</summary>
    public PixelRange? ValueRange { get; init; }

    /// <summary>Lowest and highest value of the arrays that the network takes, instead of <see cref="ValueRange"/>; its pictures' files hold such values too.</summary>
    public (float Low, float High)? ArrayRange { get; init; }

    /// <summary>The same, of a file whose graph does the rest already.</summary>
    internal (float Low, float High)? OwnArrayRange { get; init; }

    /// <summary>Rows and columns (one number for both), for a network that leaves them open or works with others than its own.</summary>
    public IReadOnlyList<int>? InputSize { get; init; }

    /// <summary>Channels of the picture, for a network of the catalog that is made anew.</summary>
    public int? Channels { get; init; }

    /// <summary>How photos are brought to the input's size.</summary>
    public ResizeMode? ResizeMode { get; init; }

    /// <summary>How pixels are interpolated when a photo is resized.</summary>
    public Interpolation? Interpolation { get; init; }

    /// <summary>Length of the shorter side before the centre crop.</summary>
    public int? ResizeTo { get; init; }
}
