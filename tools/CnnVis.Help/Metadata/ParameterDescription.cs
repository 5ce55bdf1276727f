namespace CnnVis.Help.Metadata;

/// <summary>A parameter within a parameter set.</summary>
/// <param name="Name">Without the dash.</param>
/// <param name="Type">As PowerShell writes it.</param>
/// <param name="Description">What it is for, and what it accepts; paragraphs.</param>
/// <param name="Mandatory">Whether it has to be given.</param>
/// <param name="Position">Place among the arguments without names, or null where its name is needed.</param>
/// <param name="ByValue">Whether it takes objects from the pipeline.</param>
/// <param name="ByPropertyName">Whether it takes a property of the same name, or of an alias, of objects in the pipeline.</param>
/// <param name="Wildcards">Whether it understands wildcards.</param>
/// <param name="IsArray">Whether it takes several.</param>
/// <param name="Aliases">Its other names.</param>
/// <param name="Default">What it is if left out, as one would type it; <c>None</c> where that is nothing.</param>
/// <param name="Choices">The only values, where it has some.</param>
public sealed record ParameterDescription(
    string Name,
    Type Type,
    IReadOnlyList<string> Description,
    bool Mandatory,
    int? Position,
    bool ByValue,
    bool ByPropertyName,
    bool Wildcards,
    bool IsArray,
    IReadOnlyList<string> Aliases,
    string Default,
    IReadOnlyList<string> Choices);
