namespace CnnVis.Engine.Graphs.Patches;

/// <summary>Our own loops over members, on as many threads as libtorch uses.</summary>
internal static class Threads
{
    /// <summary>Does it for 0 … <paramref name="count"/> − 1.</summary>
    /// <param name="count">How often.</param>
    /// <param name="single">Whether it is too little for more than one thread.</param>
    /// <param name="action">What.</param>
    public static void For(int count, bool single, Action<int> action)
    {
        int threads = single ? 1 : Math.Min(count, TorchSharp.torch.get_num_threads());
        if (threads <= 1)
        {
            for (int i = 0; i < count; i++) action(i);
            return;
        }
        Parallel.For(0, threads, t =>
        {
            for (int i = (int)((long)count * t / threads), end = (int)((long)count * (t + 1) / threads); i < end; i++) action(i);
        });
    }
}
