namespace CnnVis;

/// <summary>What of a network a picture is made to raise.</summary>
public enum CnnObjectiveKind
{
    /// <summary>The score of a class, before the Softmax.</summary>
    Class,

    /// <summary>The mean of a layer's channel.</summary>
    Channel,

    /// <summary>A number as <c>-Target</c> takes it.</summary>
    Number,

    /// <summary>One value of a layer.</summary>
    Neuron,

    /// <summary>How far a layer goes in a direction.</summary>
    Direction,

    /// <summary>The mean square of a layer: deep dream.</summary>
    Layer,

    /// <summary>What a layer sees in a picture, exaggerated.</summary>
    Caricature,
}
