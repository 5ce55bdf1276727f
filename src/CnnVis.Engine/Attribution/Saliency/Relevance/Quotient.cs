using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency.Relevance;

/// <summary>Relevance over what it is shared out among.</summary>
internal static class Quotient
{
    /// <summary>relevance / total, and 0 where there is nothing to share it out among.</summary>
    public static Tensor Of(Tensor relevance, Tensor total) => where(total == 0, zeros_like(relevance), relevance / total);
}
