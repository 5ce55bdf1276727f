namespace CnnVis;

/// <summary>Where a network stands.</summary>
public enum ModelStatus
{
    /// <summary>It comes with the module.</summary>
    Bundled,

    /// <summary>Its weights were downloaded before, and are read when it is used.</summary>
    Cached,

    /// <summary>Its weights are downloaded when it is used.</summary>
    Downloadable,

    /// <summary>Its architecture is known; weights come from a file.</summary>
    Architecture,

    /// <summary>It was read from a file, or made.</summary>
    Loaded,
}
