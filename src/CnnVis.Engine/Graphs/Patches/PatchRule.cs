namespace CnnVis.Engine.Graphs.Patches;

/// <summary>
/// How a change that is confined to a patch of the inputs' maps moves through an operator (Nakandala, Kumar and Papakonstantinou, SIGMOD 2019). An
/// operator without a rule may change everywhere, and is computed whole.
/// </summary>
internal abstract class PatchRule
{
    /// <summary>The step that computes the patches of a node, or null where the rule does not hold for these inputs.</summary>
    public abstract PatchStep? Step(PatchPlan plan, Node node);
}
