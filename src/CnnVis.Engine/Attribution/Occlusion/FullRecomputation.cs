using CnnVis.Engine.Graphs.Walks;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Occlusion;

/// <summary>Passes each occluded picture through the whole network, in batches whose channels come last in memory.</summary>
/// <param name="walk">Gives the values of <see cref="OcclusionTaps"/>.</param>
/// <param name="grid">All positions.</param>
/// <param name="batchSize">Pictures at a time.</param>
internal sealed class FullRecomputation(ForwardWalk walk, OccluderGrid grid, int batchSize) : IOcclusionEvaluator
{
    public void Evaluate(Tensor picture, Tensor fill, Action<OccludedAnswers> begin, Func<int[]> next, Action<IReadOnlyList<int>, OccludedAnswers> visit, Action<double> progress, CancellationToken cancellation)
    {
        begin(OcclusionTaps.Read(walk.Run(picture, cancellation)));
        int done = 0, asked = 0;
        while (next() is { Length: > 0 } wanted)
        {
            asked += wanted.Length;
            foreach (int[] positions in wanted.Chunk(batchSize))
            {
                using var scope = NewDisposeScope();
                visit(positions, OcclusionTaps.Read(walk.Run(Occluded(picture, fill, positions), cancellation)));
                progress((double)(done += positions.Length) / asked);
            }
        }
    }

    private Tensor Occluded(Tensor picture, Tensor fill, int[] positions)
    {
        long[] shape = picture.shape;
        Tensor batch = empty([positions.Length, shape[2], shape[3], shape[1]], picture.dtype, picture.device).permute(0, 3, 1, 2); // [N, C, H, W]
        batch.copy_(picture);
        for (int i = 0; i < positions.Length; i++)
        {
            using var scope = NewDisposeScope();
            PixelBox box = grid[positions[i]];
            Part(batch.narrow(0, i, 1), box).copy_(Part(fill, box));
        }
        return batch;
    }

    private static Tensor Part(Tensor image, PixelBox box) => image.narrow(2, box.Y, box.Height).narrow(3, box.X, box.Width);
}
