using CnnVis.Engine.Attribution.Saliency;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Metrics;

/// <summary>Maps as metrics look at them.</summary>
internal static class HeatMaps
{
    /// <summary>One number for each of the input's pixels, [N, H, W]: colours taken together as <see cref="SaliencyMap.Map()"/> does, maps of a layer interpolated.</summary>
    public static Tensor Of(SaliencyResult result, SaliencyReduction reduction, CnnInput input)
    {
        using var scope = NewDisposeScope();
        Tensor map = result.Map.detach();
        Tensor plane = result.MapValue is not null && map.shape[1] == 1 ? map : reduction switch
        {
            SaliencyReduction.Sum => map.sum(1, keepdim: true),
            SaliencyReduction.Mean => map.mean([1], keepdim: true),
            SaliencyReduction.Norm => map.square().sum(1, keepdim: true).sqrt(),
            _ => map.abs().amax([1], keepdim: true),
        };
        return Over(plane, result.Grid, input).squeeze(1).MoveToOuterDisposeScope();
    }

    /// <summary>One number for each of the input's values, [N, C, H, W], with the same sum where the map is the pixels': what it has of a pixel is shared by the colours.</summary>
    public static Tensor Attributions(SaliencyResult result, CnnInput input)
    {
        using var scope = NewDisposeScope();
        Tensor map = Over(result.Map.detach(), result.Grid, input);
        return (map.shape[1] == input.Channels ? map : map.sum(1, keepdim: true).expand(-1, input.Channels, -1, -1) / input.Channels).MoveToOuterDisposeScope();
    }

    /// <summary>Each map from 0, its least, to 1, its largest value. One that is the same everywhere is 0.</summary>
    public static Tensor ToUnit(Tensor heat)
    {
        using var scope = NewDisposeScope();
        Tensor low = heat.amin([1, 2], keepdim: true), reach = heat.amax([1, 2], keepdim: true) - low;
        return ((heat - low) / where(reach > 0, reach, ones_like(reach))).nan_to_num(0).MoveToOuterDisposeScope();
    }

    private static Tensor Over(Tensor map, UnitGrid? grid, CnnInput input) =>
        map.shape[2] == input.Height && map.shape[3] == input.Width ? map.alias() : Upsampled.To(map, grid ?? UnitGrid.Stretched((int)map.shape[2], (int)map.shape[3], input.Width, input.Height), input);
}
