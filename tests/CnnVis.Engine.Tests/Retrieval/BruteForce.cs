using System.Runtime.InteropServices;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Retrieval;

/// <summary>The same answers from all values of all images, sorted.</summary>
internal static class BruteForce
{
    public sealed record Place(float Value, int Image, int Position, PixelBox InputBox);

    /// <summary>The map of one value of the graph for each file, [channels, positions]; null where a file cannot be read. Each is alone in its pass, at its end.</summary>
    public static IReadOnlyList<float[][]?> Maps(Network network, string value, IReadOnlyList<string> files, int batch)
    {
        var maps = new List<float[][]?>();
        foreach (string file in files)
        {
            float[] input = new float[network.Input.Length];
            try
            {
                Preprocessor.Load(file, network.Input, DecodeOptions.Default, input);
            }
            catch (CnnVisException)
            {
                maps.Add(null);
                continue;
            }
            using var scope = NewDisposeScope();
            using var inference = inference_mode();
            Tensor pixels = zeros([batch, network.Input.Channels, network.Input.Height, network.Input.Width]);
            pixels[batch - 1] = tensor(input, [network.Input.Channels, network.Input.Height, network.Input.Width]); // another place than it had
            Tensor output = network.Forward(pixels, [value])[0][batch - 1];
            Tensor flat = output.reshape(output.shape[0], -1);
            maps.Add([.. Enumerable.Range(0, (int)flat.shape[0]).Select(c => MemoryMarshal.Cast<byte, float>(flat[c].contiguous().bytes).ToArray())]);
        }
        return maps;
    }

    /// <summary>The first places of a unit: in each image by value and position, without those whose boxes overlap a stronger one, then over all images.</summary>
    public static IReadOnlyList<Place> Top(IReadOnlyList<float[]?> maps, Func<int, PixelBox> box, int top, int perImage, double overlap)
    {
        var all = new List<Place>();
        for (int image = 0; image < maps.Count; image++)
        {
            var kept = new List<Place>();
            if (maps[image] is not { } map) continue;
            foreach (int position in Enumerable.Range(0, map.Length).OrderByDescending(p => map[p]).ThenBy(p => p))
                if (kept.Count < perImage && kept.All(k => Overlap(k.InputBox, box(position)) <= overlap))
                    kept.Add(new Place(map[position], image, position, box(position)));
            all.AddRange(kept);
        }
        return [.. all.OrderByDescending(p => p.Value).ThenBy(p => p.Image).ThenBy(p => p.Position).Take(top)];
    }

    /// <summary>Intersection over union by counting pixels.</summary>
    private static double Overlap(PixelBox a, PixelBox b)
    {
        HashSet<(int, int)> first = [.. Pixels(a)], second = [.. Pixels(b)];
        int common = first.Count(second.Contains);
        return common == 0 ? 0 : common / (double)(first.Count + second.Count - common);
    }

    private static IEnumerable<(int, int)> Pixels(PixelBox box) =>
        Enumerable.Range(box.X, box.Width).SelectMany(x => Enumerable.Range(box.Y, box.Height).Select(y => (x, y)));
}
