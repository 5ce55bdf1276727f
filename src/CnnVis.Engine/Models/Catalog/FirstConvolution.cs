using CnnVis.Engine.Models.Weights;

namespace CnnVis.Engine.Models.Catalog;

/// <summary>The first layer of an architecture that has weights: it decides how many channels a picture has. Networks for other pictures than colour ones differ in it alone.</summary>
internal static class FirstConvolution
{
    /// <summary>The number of channels that a weight file's network takes, behind whatever prefix; null where it lacks the layer.</summary>
    public static int? ChannelsIn(WeightNaming weights, Blueprint blueprint)
    {
        ParameterSpecification weight = blueprint.Parameters.First(p => p.Role == ParameterRole.Weight);
        return weights.Called(weight.Name)
            .Where(w => w.shape.Length == weight.Shape.Count && w.shape.Where((_, i) => i != 1).SequenceEqual(weight.Shape.Where((_, i) => i != 1)))
            .Select(w => (int?)w.shape[1])
            .FirstOrDefault(channels => channels > 0);
    }
}
