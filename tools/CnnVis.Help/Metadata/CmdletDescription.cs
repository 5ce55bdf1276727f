namespace CnnVis.Help.Metadata;

/// <summary>What a cmdlet's class says of it.</summary>
/// <param name="Verb">First half of its name.</param>
/// <param name="Noun">Second half of its name.</param>
/// <param name="Syntaxes">The parameters of each parameter set, the default set first, as they are typed: by position, then mandatory ones, then the others.</param>
/// <param name="Outputs">What it emits.</param>
public sealed record CmdletDescription(string Verb, string Noun, IReadOnlyList<IReadOnlyList<ParameterDescription>> Syntaxes, IReadOnlyList<OutputDescription> Outputs)
{
    /// <summary>Its name.</summary>
    public string Name => $"{Verb}-{Noun}";

    /// <summary>All parameters, each once.</summary>
    public IReadOnlyList<ParameterDescription> Parameters => [.. Syntaxes.SelectMany(s => s).DistinctBy(p => p.Name)];
}

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

/// <summary>A type that a cmdlet emits.</summary>
/// <param name="Type">Its full name.</param>
/// <param name="Description">What it is, then a paragraph a property.</param>
public sealed record OutputDescription(string Type, IReadOnlyList<string> Description);
