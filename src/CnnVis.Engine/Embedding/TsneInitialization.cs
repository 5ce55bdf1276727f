namespace CnnVis.Engine.Embedding;

/// <summary>Where the points of a map start.</summary>
public enum TsneInitialization
{
    /// <summary>At their leading principal components, scaled to a deviation of 1e-4 (Kobak and Linderman 2021): the map keeps the data's large shape.</summary>
    Pca,

    /// <summary>At normal random places of deviation 1e-4.</summary>
    Random,
}
