namespace CnnVis.Engine.Graphs.Operators.Resampling;

/// <summary>
/// How positions of a resized axis lie over the original one, ONNX Resize's <c>coordinate_transformation_mode</c>. In single precision, as
/// OnnxRuntime computes it: where a position falls between two, the last bit decides.
/// </summary>
/// <param name="Mode">ONNX's name.</param>
/// <param name="Scale">Resized length by original length.</param>
/// <param name="From">Original positions.</param>
/// <param name="To">Resized positions.</param>
/// <param name="Start">Of the region of interest, as a share of the axis; for tf_crop_and_resize.</param>
/// <param name="End">Of the region of interest.</param>
internal readonly record struct CoordinateMap(string Mode, float Scale, long From, long To, float Start, float End)
{
    /// <summary>ONNX's names, the default first.</summary>
    public static string[] Modes { get; } = ["half_pixel", "asymmetric", "align_corners", "pytorch_half_pixel", "half_pixel_symmetric", "tf_crop_and_resize", "tf_half_pixel_for_nn"];

    /// <summary>Whether nothing changes along the axis.</summary>
    public bool IsIdentity => Scale == 1 && From == To && Mode != "tf_crop_and_resize";

    /// <summary>The place over the original axis of a position of the resized one; the middle of position 0 is 0.</summary>
    public float this[long position] => Mode switch
    {
        "half_pixel" => HalfPixel(position),
        "pytorch_half_pixel" => To > 1 ? HalfPixel(position) : 0,
        "half_pixel_symmetric" => From / 2f * (1 - To / (Scale * From)) + (position + 0.5f) / Scale - 0.5f,
        "align_corners" => To == 1 ? 0 : position * (float)(From - 1) / (To - 1),
        "asymmetric" => position / Scale,
        "tf_half_pixel_for_nn" => (position + 0.5f) / Scale,
        _ => To > 1 ? Start * (From - 1) + position * (End - Start) * (From - 1) / (To - 1) : 0.5f * (Start + End) * (From - 1),
    };

    private float HalfPixel(long position) => (position + 0.5f) / Scale - 0.5f;
}
