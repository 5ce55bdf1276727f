using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>
/// Zeiler and Fergus 2013, section 2.1: the signal goes down through transposed filters, rectified at every ReLU whatever the ReLU saw, to the
/// places where the forward pass found each maximum (switches). It begins with the activation of one neuron, all others of its layer
/// being zero. Of a class it begins with 1 at the class's score, as in Simonyan et al. 2013, section 4. Normalisation layers pass it as
/// their gradient says; the paper leaves them out of account.
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1311.2901"/>
/// <code>
/// Rˡ = max(Rˡ⁺¹, 0)                at a ReLU
/// Rˡ = Wᵀ Rˡ⁺¹                      at a convolution
/// Rˡ = Rˡ⁺¹ at the switches, else 0  at max-pooling
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var query = new SaliencyQuery { Methods = [new DeconvNet(SaliencyOptions.Default)], Classes = [null] }; // the most probable class
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (SaliencyMap map in new SaliencyAnalysis(network, query).Analyze(batch).SelectMany(maps => maps)) Console.WriteLine(map);
/// </code>
/// </example>
public sealed class DeconvNet : RuledGradient
{
    /// <param name="options">Not used.</param>
    public DeconvNet(SaliencyOptions options) => _ = options;

    /// <inheritdoc/>
    public override bool IsPicture => true;

    /// <inheritdoc/>
    protected override IBackwardRule Rule => ReluRule.DeconvNet;

    /// <inheritdoc/>
    protected override Tensor Seed(ChosenTarget target, Tensor head) => target.Target is ClassTarget ? target.Seed(head) : target.Seed(head) * head.relu();
}
