namespace CnnVis;

/// <summary>One step of a network.</summary>
/// <param name="Model">The network's name.</param>
/// <param name="Index">Place in the order of computation, from 0.</param>
/// <param name="Name">The network's own name.</param>
/// <param name="Alias">Name in the papers' style: conv1, relu1, pool5, fc7, prob.</param>
/// <param name="Operator">ONNX operator.</param>
/// <param name="OutputShape">Shape of the output for one image, without the batch: [channels, rows, columns] or [units]. Tokens that are the places of a grid, and maps whose channels come last, are told as [channels, rows, columns]; a class token is none of the places.</param>
/// <param name="ParameterCount">Trained numbers.</param>
/// <param name="MultiplyAdds">Multiplications-with-addition for one image.</param>
/// <param name="ReceptiveField">What one unit of the output sees of the input; null where it has no place.</param>
public sealed record CnnLayer(
    string Model,
    int Index,
    string Name,
    string Alias,
    string Operator,
    IReadOnlyList<int> OutputShape,
    long ParameterCount,
    long MultiplyAdds,
    ReceptiveField? ReceptiveField) : ICnnResult
{
    /// <summary>Filters (or units) of the output.</summary>
    public int Channels => OutputShape.Count > 0 ? OutputShape[0] : 1;

    /// <inheritdoc/>
    public override string ToString() => Alias;

    Origin? ICnnResult.Origin => Origin;

    CnnQuestion? ICnnResult.Question => CnnQuestion.OfLayer(Alias);

    internal Origin? Origin { get; init; }
}
