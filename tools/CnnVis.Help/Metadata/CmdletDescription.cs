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
