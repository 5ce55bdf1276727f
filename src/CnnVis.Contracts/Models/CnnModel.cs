namespace CnnVis;

/// <summary>A network: what every cmdlet's <c>-Model</c> takes. Its weights live in the engine, and go when nobody holds the network any more, or at once by <see cref="Dispose()"/>.</summary>
public abstract class CnnModel : IDisposable
{
    /// <summary>Catalog name, or the file's name without extension.</summary>
    public abstract string Name { get; }

    /// <summary>Whether it is read, or only known.</summary>
    public abstract ModelStatus Status { get; }

    /// <summary>Where it came from: <c>bundled</c>, the file, <c>random, seed n</c>; for one whose weights are not here yet their address.</summary>
    public abstract string Source { get; }

    /// <summary>Input planes: 3 for colour, 1 for grey; 2 and 4 with opacity; others are filled from NumPy arrays.</summary>
    public abstract int InputChannels { get; }

    /// <summary>Rows of the input.</summary>
    public abstract int InputHeight { get; }

    /// <summary>Columns of the input.</summary>
    public abstract int InputWidth { get; }

    /// <summary>What it answers with.</summary>
    public abstract AnswerKind Answer { get; }

    /// <summary>Why that is thought, in one sentence.</summary>
    public abstract string AnswerReason { get; }

    /// <summary>The outputs, the one that is the answer first.</summary>
    public abstract IReadOnlyList<CnnOutput> Outputs { get; }

    /// <summary>Class names by output index; <c>class 0</c>, <c>class 1</c> … where the file has none. Of numbers their names; none where the answer has no classes.</summary>
    public abstract IReadOnlyList<string> Classes { get; }

    /// <summary>The layers, in order of computation.</summary>
    public abstract IReadOnlyList<CnnLayer> Layers { get; }

    /// <summary>Trained numbers in the network.</summary>
    public abstract long ParameterCount { get; }

    /// <summary>Multiplications-with-addition of one forward pass of one image.</summary>
    public abstract long MultiplyAdds { get; }

    /// <summary>SHA-256 of its nodes, weights and preparation of pictures, whatever its name; null for one that is only listed.</summary>
    public abstract string? Hash { get; }

    /// <summary>Where it computes: <c>cpu</c>, <c>cuda:0</c>, <c>mps</c>.</summary>
    public abstract string Device { get; }

    /// <summary>The class that a unit of a classifier's last layers stands for, as its score, logit or probability; null for other units.</summary>
    /// <param name="layer">The layer, by name or alias.</param>
    /// <param name="unit">The unit.</param>
    internal string? ClassOf(string layer, int unit)
    {
        int at = Layers.TakeWhile(l => l.Alias != layer && l.Name != layer).Count();
        return Classes.Count > 0 && unit >= 0 && unit < Classes.Count && at < Layers.Count && Layers[at].OutputShape.Aggregate(1, (a, b) => a * b) == Classes.Count && Layers.Skip(at + 1).All(l => l.ParameterCount == 0)
            ? Classes[unit] : null;
    }

    /// <summary>Gives the memory of the weights back at once. The network cannot be used afterwards; its name can. What comes with the module is shared, and stays.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives the memory back.</summary>
    /// <param name="disposing">Always true.</param>
    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>Whether it is the same object, or a text that is its name: where results have a network, scripts compare it with names.</summary>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj) || obj is string name && name.Equals(Name, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Name);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
