namespace CnnVis.Engine.Embedding;

/// <summary>Moves a map's points down the gradient, on the processor or on another device.</summary>
internal interface IMapMover : IDisposable
{
    /// <summary>Computes the forces where the points are.</summary>
    void Push();

    /// <summary>The Kullback–Leibler divergence of the map that <see cref="Push"/> has last seen, in nats.</summary>
    double Divergence();

    /// <summary>One step along the forces of the last <see cref="Push"/>.</summary>
    /// <param name="exaggeration">Factor of the attraction.</param>
    /// <param name="momentum">Share of the last step that is kept.</param>
    /// <param name="rate">Size of the step.</param>
    void Move(float exaggeration, float momentum, float rate);

    /// <summary>Where the points are: [n, dimension].</summary>
    float[] Places();
}
