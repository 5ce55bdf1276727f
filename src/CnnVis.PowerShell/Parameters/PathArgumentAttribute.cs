using System.Management.Automation;
using CnnVis.Engine.Models;
using CnnVis.PowerShell.Pipeline;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Keeps results that come down the pipeline from becoming paths by their text: those about a file are that file, all others are refused by what they are.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PathArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>A kind of results that another parameter takes; null for none.</summary>
    public Type? Except { get; init; }

    /// <summary>Whether a network that comes with the module, or is known by its name, stands for that name.</summary>
    public bool TakesNames { get; init; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? item = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (item is not (CnnModel or ICnnResult or IVisual or CnnTarget or CnnObjective or CnnPicture) || item.GetType() == Except) return inputData;
        if (item is ICnnResult result && result.Pictures.FirstOrDefault() is { IsInMemory: false } picture) return picture.Path;
        if (TakesNames && item is CnnModel model && ModelCatalog.Knows(model.Name)) return model.Name;
        string kind = PipedReader.Kind(item);
        throw new ArgumentTransformationMetadataException($"{char.ToUpperInvariant(kind[0])}{kind[1..]} is no file. This takes paths of files; -Path names one.");
    }
}
