namespace CnnVis;

/// <summary>What a user has chosen for all sessions. What is null was not chosen.</summary>
public sealed record CnnOption
{
    /// <summary>The network that is used when none is named.</summary>
    public string? Model { get; init; }

    /// <summary>Where networks compute: cpu, cuda, cuda:n or mps.</summary>
    public string? Device { get; init; }

    /// <summary>Threads that compute.</summary>
    public int? Thread { get; init; }

    /// <summary>Where downloaded networks are kept; the variable CNNVIS_HOME wins.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Colour map of values of one sign.</summary>
    public string? ColorMap { get; init; }

    /// <summary>How pictures are shown in the terminal.</summary>
    public TerminalProtocol? TerminalPicture { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", new (string Name, object? Value)[] { (nameof(Model), Model), (nameof(Device), Device), (nameof(Thread), Thread), (nameof(CacheFolder), CacheFolder), (nameof(ColorMap), ColorMap), (nameof(TerminalPicture), TerminalPicture) }
        .Where(o => o.Value is not null).Select(o => $"{o.Name} {o.Value}")) is { Length: > 0 } chosen ? chosen : "nothing chosen";
}
