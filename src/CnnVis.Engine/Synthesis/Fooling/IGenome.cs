namespace CnnVis.Engine.Synthesis.Fooling;

/// <summary>What is inherited, and the picture that it makes.</summary>
internal interface IGenome
{
    /// <summary>The picture, [C, H, W] in [0, 1].</summary>
    float[] Render();

    /// <summary>A child with changes.</summary>
    /// <param name="random">The source of chance.</param>
    /// <param name="generation">Number of the generation.</param>
    IGenome Mutate(Random random, int generation);
}
