using CnnVis.Engine.Models;

namespace CnnVis.Engine.Synthesis;

/// <summary>Plain pictures to begin with, [C, H, W].</summary>
public static class StartPicture
{
    /// <summary>Half of everything.</summary>
    public static float[] Grey(Network network) => Of(network.Input, [.. Enumerable.Repeat(0.5f, network.Input.Channels)]);

    /// <summary>What the network's preparation makes zero.</summary>
    public static float[] Mean(Network network) => Of(network.Input, NetworkMean.Of(network));

    /// <summary>One colour.</summary>
    /// <param name="input">What the network takes.</param>
    /// <param name="color">A number a channel.</param>
    public static float[] Of(CnnInput input, IReadOnlyList<float> color) => [.. Enumerable.Range(0, input.Length).Select(i => color[i / (input.Height * input.Width)])];
}
