using CnnVis.Engine.Runtime;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>Knows files of other kinds by their first bytes, and says what to do with them.</summary>
internal static class ForeignFiles
{
    /// <exception cref="CnnVisException">The file holds weights without a network, or another program's network.</exception>
    public static void Refuse(string path)
    {
        Span<byte> start = stackalloc byte[9];
        start = start[..Read(path, start)];
        string? weights = start switch
        {
            _ when Path.GetExtension(path).Equals(".npz", StringComparison.OrdinalIgnoreCase) && start.StartsWith("PK"u8) => "a NumPy archive",
            _ when start.StartsWith("PK\u0003\u0004"u8) => "a PyTorch checkpoint, or another archive",
            [0x80, >= 2 and <= 5, ..] => "a PyTorch checkpoint of the old form",
            [_, _, _, _, 0, 0, 0, 0, (byte)'{'] => "a safetensors file",
            _ => null,
        };
        if (weights is not null)
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"it is {weights}: weights without the network that they belong to. Name the architecture beside it, as in: Import-CnnModel resnet18 -WeightPath '{path}'. Get-CnnModel lists the architectures.", path);
        string? program = start is [0x89, (byte)'H', (byte)'D', (byte)'F', ..] ? "Keras" : start.Length > 8 && start[4..8].SequenceEqual("TFL3"u8) ? "TensorFlow Lite" : null;
        if (program is not null)
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"it is a file of {program}'s; turn it into ONNX first, with tf2onnx for instance.", path);
    }

    private static int Read(string path, Span<byte> start)
    {
        try
        {
            using FileStream file = PlainFile.OpenRead(path);
            return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0; // the parser meets the same and says so
        }
    }
}
