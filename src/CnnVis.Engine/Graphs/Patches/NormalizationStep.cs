using System.Numerics;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Patches;

/// <summary>x · factor + shift by channel, and max(·, 0) where that comes next: one way through memory instead of two or three.</summary>
internal sealed unsafe class NormalizationStep(Node node, PatchMap output, (float[] Factor, float[] Shift) affine, bool rectifies, bool inPlace) : PatchStep(node)
{
    /// <summary>Places that a thread takes at a time.</summary>
    private const int Block = 64;

    public override PatchMap Output => output;

    /// <summary>Whether the ReLU behind it is done.</summary>
    public bool Rectifies => rectifies;

    public override double Cost => PatchCost.Memory(2 * output.Size) + PatchCost.Call * output.Groups;

    public override void Run(PatchRun run)
    {
        PatchValue input = run.Patches(Node.Inputs[0]), result = run.Begin(output);
        foreach (PatchPiece piece in input.Pieces)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            Tensor to = inPlace ? piece.Data : empty(piece.Data.shape); // [n, h, w, C]
            float* source = (float*)TensorMemory.Address(piece.Data), target = (float*)TensorMemory.Address(to);
            int channels = output.Channels, places = (int)(piece.Data.NumberOfElements / channels), blocks = (places + Block - 1) / Block;
            Threads.For(blocks, blocks < 4, block =>
            {
                for (long place = (long)block * Block, end = Math.Min(places, place + Block); place < end; place++) One(source + place * channels, target + place * channels);
            });
            result.Add(piece.Members, to.permute(0, 3, 1, 2));
        }
    }

    private void One(float* from, float* to)
    {
        var (factor, shift) = affine;
        fixed (float* f = factor, s = shift)
        {
            int c = 0;
            for (int end = factor.Length - Vector<float>.Count; c <= end; c += Vector<float>.Count)
            {
                Vector<float> value = Vector.Load(from + c) * Vector.Load(f + c) + Vector.Load(s + c);
                // What is not a number stays what it is.
                if (rectifies) value = Vector.ConditionalSelect(Vector.LessThan(value, Vector<float>.Zero), Vector<float>.Zero, value);
                value.Store(to + c);
            }
            for (; c < factor.Length; c++)
            {
                float value = from[c] * f[c] + s[c];
                to[c] = rectifies && value < 0 ? 0 : value;
            }
        }
    }
}
