namespace CnnVis;

/// <summary>How the cells of a sheet are ordered.</summary>
public enum CellOrder
{
    /// <summary>As the network numbers them.</summary>
    Channel,

    /// <summary>Strongest first.</summary>
    Strength,
}
