namespace CnnVis.Train;

/// <summary>Everything that decides what the trained weights will be; two runs of one recipe see the same batches.</summary>
/// <param name="Epochs">Passes over the training images.</param>
/// <param name="BatchSize">Images a step.</param>
/// <param name="PeakLearningRate">Top of the one-cycle schedule (Smith and Topin 2017).</param>
/// <param name="WarmUp">Share of the steps spent climbing to the peak.</param>
/// <param name="Momentum">Nesterov momentum.</param>
/// <param name="WeightDecay">L2 penalty on weights; biases and normalisation parameters carry none.</param>
/// <param name="LabelSmoothing">Probability mass spread over all classes (Szegedy et al. 2015, section 7).</param>
/// <param name="Dropout">Share of units dropped before fc6 and fc7.</param>
/// <param name="HalfPrecision">Convolutions and products in bfloat16, everything that accumulates in float32.</param>
/// <param name="Seed">Seeds initialisation, order, augmentation and dropout.</param>
internal sealed record Recipe(
    int Epochs = 24,
    int BatchSize = 128,
    double PeakLearningRate = 0.1,
    double WarmUp = 0.2,
    double Momentum = 0.9,
    double WeightDecay = 5e-4,
    double LabelSmoothing = 0.1,
    double Dropout = 0.4,
    bool HalfPrecision = true,
    long Seed = 20261124)
{
    /// <summary>One cycle: linear to the peak, then half a cosine to zero.</summary>
    public double LearningRate(long step, long steps)
    {
        double progress = (double)step / steps;
        return progress < WarmUp
            ? PeakLearningRate * (0.04 + 0.96 * progress / WarmUp)
            : PeakLearningRate * 0.5 * (1 + Math.Cos(Math.PI * (progress - WarmUp) / (1 - WarmUp)));
    }
}
