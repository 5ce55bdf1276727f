namespace CnnVis.Engine.Images;

/// <summary>Reads the pictures that expected gradients compare with.</summary>
public static class ReferenceImages
{
    /// <summary>Pictures as the network takes them, each [C, H, W].</summary>
    /// <param name="files">The files.</param>
    /// <param name="count">Most that are read, spread evenly over the files.</param>
    /// <param name="input">What the network takes.</param>
    /// <param name="failed">Takes the error of one that cannot be read.</param>
    /// <param name="cancellation">Ends it.</param>
    public static IReadOnlyList<float[]> Load(IReadOnlyList<string> files, int count, CnnInput input, Action<CnnVisException> failed, CancellationToken cancellation)
    {
        int read = Math.Min(count, files.Count);
        var pictures = new List<float[]>(read);
        for (int i = 0; i < read; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            float[] picture = new float[input.Length];
            try
            {
                Preprocessor.Load(files[(int)((long)i * files.Count / read)], input, DecodeOptions.Default, picture);
                pictures.Add(picture);
            }
            catch (CnnVisException error)
            {
                failed(error);
            }
        }
        return pictures;
    }
}
