namespace CnnVis;

/// <summary>
/// What a network gave. By this one interface a result joins the pipeline: it tells the cmdlets behind it whose it is, which picture it is about, and what was asked. It is
/// internal, and its members are implemented explicitly, so that PowerShell shows a result's own numbers only.
/// </summary>
internal interface ICnnResult
{
    /// <summary>The network that made it and the picture that it is about; null for what was read from a file.</summary>
    Origin? Origin { get; }

    /// <summary>Name of a network that is not here; null where <see cref="Origin"/> has it, or where a property Model tells it.</summary>
    string? ModelName => null;

    /// <summary>SHA-256 of a network that is not here, where that is known.</summary>
    string? ModelHash => null;

    /// <summary>The pictures that it is, or is about, as they were seen; none where it has none.</summary>
    IEnumerable<CnnPicture> Pictures => Origin?.Picture is { } picture ? [picture] : [];

    /// <summary>What it is about: a class, a unit, a number; null where that is nothing that can be asked again.</summary>
    CnnQuestion? Question => null;

    /// <summary>The results that it is made of, which go on for it where they have what it lacks.</summary>
    IEnumerable<ICnnResult> Parts => [];
}
