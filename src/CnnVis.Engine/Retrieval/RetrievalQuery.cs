namespace CnnVis.Engine.Retrieval;

/// <summary>Which units' images are wanted, and how many.</summary>
public sealed record RetrievalQuery
{
    /// <summary>The units, a layer each.</summary>
    public required IReadOnlyList<LayerUnits> Layers { get; init; }

    /// <summary>Most places kept of a unit.</summary>
    public int Top { get; init; } = 9;

    /// <summary>Most places kept in one image of a unit.</summary>
    public int PerImage { get; init; } = 1;

    /// <summary>Of places in one image whose boxes overlap more than that (intersection over union, in pixels of the input) the strongest is kept alone; 1 keeps all.</summary>
    public double Overlap { get; init; } = 0.3;

    /// <summary>Look at values before the ReLU, where a layer is one.</summary>
    public bool PreRelu { get; init; }

    /// <summary>Pictures a forward pass; some are left empty where the processor's products of matrices ask for it.</summary>
    public int BatchSize { get; init; } = 16;
}
