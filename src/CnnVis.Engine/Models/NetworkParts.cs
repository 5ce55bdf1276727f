using CnnVis.Engine.Graphs;
using CnnVis.Engine.Targets.Answers;
using static TorchSharp.torch;

namespace CnnVis.Engine.Models;

/// <summary>What a network is made of, for code. These are extensions, so that a user of PowerShell, who holds the same object, sees no engine in its members, in JSON or in tables.</summary>
public static class NetworkParts
{
    /// <param name="network">The network.</param>
    extension(Network network)
    {
        /// <summary>The network as data.</summary>
        public Graph Graph => network._graph;

        /// <summary>What it answers, and which values say it.</summary>
        public Answer Answers => network._answers;

        /// <summary>Where it computes.</summary>
        public Device TorchDevice => network._device;
    }
}
