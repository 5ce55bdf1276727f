using CnnVis.Engine.Models.Weights;

namespace CnnVis.Engine.Models.Catalog;

/// <summary>The last layer of an architecture that has weights: it decides how many classes there are. Networks that were tuned to other classes differ in it alone.</summary>
internal static class Classifier
{
    /// <summary>The architecture with another number of classes.</summary>
    public static Blueprint WithClasses(this Blueprint blueprint, int classes)
    {
        string[] own = Parameters(blueprint);
        return blueprint with
        {
            Parameters = [.. blueprint.Parameters.Select(p => own.Contains(p.Name) ? new ParameterSpecification(p.Name, [classes, .. p.Shape.Skip(1)], p.Role) : p)],
        };
    }

    /// <summary>The number of classes of a weight file, behind whatever prefix; null where it lacks the layer.</summary>
    public static int? ClassesIn(WeightNaming weights, Blueprint blueprint)
    {
        ParameterSpecification weight = blueprint.Parameters.Single(p => p.Name == Parameters(blueprint)[0]);
        return weights.Called(weight.Name)
            .Where(w => w.shape.Length > 0 && Each(w.shape) == Each(weight.Shape))
            .Select(w => (int?)w.shape[0])
            .FirstOrDefault(classes => classes > 0);

        static long Each(IReadOnlyList<long> shape) => shape.Skip(1).Aggregate(1L, (product, extent) => product * extent);
    }

    /// <summary>Names of its parameters, the weight first.</summary>
    private static string[] Parameters(Blueprint blueprint)
    {
        var weights = blueprint.Parameters.Where(p => p.Role == ParameterRole.Weight).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        return [.. blueprint.Nodes.Last(n => n.Inputs.Any(weights.Contains)).Inputs.Skip(1)];
    }
}
