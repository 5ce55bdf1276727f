namespace CnnVis.Engine.Models.Weights;

/// <summary>Tells a weight file's kind by its content and reads what it holds.</summary>
internal static class WeightFormats
{
    /// <summary>Bytes that are looked at.</summary>
    private const int StartLength = 512;

    public static WeightContent Read(WeightSources sources, string path, string? key)
    {
        WeightSource source = sources.Open(path);
        byte[] start = source.Read(0, Math.Min(StartLength, source.Length));
        if (SafetensorsReader.Recognises(start)) return SafetensorsReader.Read(source);
        throw WeightErrors.Unreadable("it is of no kind that is read: PyTorch checkpoint, TorchScript archive, safetensors, NumPy npz or npy.");
    }
}
