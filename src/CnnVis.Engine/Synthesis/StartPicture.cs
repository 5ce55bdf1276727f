using CnnVis.Engine.Images;
using CnnVis.Engine.Models;

namespace CnnVis.Engine.Synthesis;

/// <summary>Plain pictures to begin with, [C, H, W].</summary>
public static class StartPicture
{
    /// <summary>Half of everything.</summary>
    public static float[] Grey(Network network) => PlainPicture.Of(network.Input, 0.5f);

    /// <summary>What the network's preparation makes zero.</summary>
    public static float[] Mean(Network network) => PlainPicture.Of(network.Input, NetworkMean.Of(network));
}
