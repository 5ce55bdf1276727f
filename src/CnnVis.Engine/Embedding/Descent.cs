using System.Runtime.CompilerServices;
using CnnVis.Engine.Embedding.Forces;

namespace CnnVis.Engine.Embedding;

/// <summary>
/// Gradient descent with momentum and gains (Jacobs 1988): a coordinate's gain grows by 0.2 while its gradient keeps pushing the way it goes, and falls
/// to 80 % when it turns, not below 0.01. A point moves at most 5 a step; the map stays centred.
/// </summary>
internal sealed class Descent(int count, int dimension)
{
    internal const float GainStep = 0.2f, GainDecay = 0.8f, LeastGain = 0.01f, LongestStep = 5;

    private const int ChunkSize = 2048;

    private readonly float[] _velocity = new float[count * dimension];
    private readonly float[] _gain = [.. Enumerable.Repeat(1f, count * dimension)];

    /// <summary>One step along 4·(exaggeration·attraction − repulsion / Z).</summary>
    public void Step(float[] map, float[] attraction, float[] repulsion, double normalizer, float exaggeration, float momentum, float rate)
    {
        Chunks.Run(count, ChunkSize, (from, to) => Move(map, attraction, repulsion, (float)(1 / normalizer), exaggeration, momentum, rate, from, to));
        Center(map);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Move(float[] map, float[] attraction, float[] repulsion, float inverse, float exaggeration, float momentum, float rate, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            float squared = 0;
            for (int e = i * dimension; e < (i + 1) * dimension; e++)
            {
                float gradient = 4 * (exaggeration * attraction[e] - repulsion[e] * inverse);
                float gain = gradient > 0 != _velocity[e] > 0 ? _gain[e] + GainStep : _gain[e] * GainDecay;
                _gain[e] = MathF.Max(gain, LeastGain);
                _velocity[e] = momentum * _velocity[e] - rate * _gain[e] * gradient;
                squared += _velocity[e] * _velocity[e];
            }
            float shorten = squared > LongestStep * LongestStep ? LongestStep / MathF.Sqrt(squared) : 1;
            for (int e = i * dimension; e < (i + 1) * dimension; e++)
            {
                _velocity[e] *= shorten;
                map[e] += _velocity[e];
            }
        }
    }

    private void Center(float[] map)
    {
        for (int axis = 0; axis < dimension; axis++)
        {
            int c = axis;
            float mean = (float)(Chunks.Sum(count, ChunkSize, (from, to) =>
            {
                double sum = 0;
                for (int i = from; i < to; i++) sum += map[i * dimension + c];
                return sum;
            }) / count);
            Chunks.Run(count, ChunkSize, (from, to) =>
            {
                for (int i = from; i < to; i++) map[i * dimension + c] -= mean;
            });
        }
    }
}
