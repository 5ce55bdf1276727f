using static CnnVis.Engine.Models.Exported.Aten.Activations;

namespace CnnVis.Engine.Models.Exported.Aten;

/// <summary>Maps made larger or smaller.</summary>
internal static class Resampling
{
    public static Dictionary<string, Action<AtenCall>> Rules { get; } = AtenOperators.Table(
        ("upsample_nearest1d upsample_nearest2d upsample_nearest3d", call => Resize(call, ("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor"))),
        ("_upsample_nearest_exact2d", call => Resize(call, ("mode", "nearest"), ("coordinate_transformation_mode", "half_pixel"), ("nearest_mode", "round_prefer_ceil"))),
        ("upsample_linear1d upsample_bilinear2d", call => Resize(call, ("mode", "linear"), ("coordinate_transformation_mode", Coordinates(call)))),
        ("_upsample_bilinear2d_aa", call => Resize(call, ("mode", "linear"), ("coordinate_transformation_mode", Coordinates(call)), ("antialias", 1L))),
        ("upsample_bicubic2d", call => Resize(call, ("mode", "cubic"), ("coordinate_transformation_mode", Coordinates(call)), ("cubic_coeff_a", -0.75f))));

    private static string Coordinates(AtenCall call) => call.Bool("align_corners") ? "align_corners" : "half_pixel";

    private static void Resize(AtenCall call, params (string, object)[] how)
    {
        int spatial = call.Rank(call.Has("self") ? "self" : "input") - 2;
        long[] axes = [.. Enumerable.Range(2, spatial).Select(i => (long)i)];
        if (call.Has("output_size")) call.Give("Resize", [X(call), "", "", call.Shape("output_size")], [.. how, ("axes", axes)]);
        else if (call.Floats("scale_factors") is { Length: > 0 } scales && scales.Length == spatial) call.Give("Resize", [X(call), "", call.Numbers(scales, spatial)], [.. how, ("axes", axes)]);
        else throw call.Wrong("says neither a size nor scales");
    }
}
