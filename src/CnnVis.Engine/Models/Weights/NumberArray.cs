using System.Runtime.InteropServices;
using CnnVis.Engine.Models.Weights.Files;
using CnnVis.Engine.NumPy;
using static TorchSharp.torch;

namespace CnnVis.Engine.Models.Weights;

/// <summary>The numbers of a NumPy array file, of whatever kind.</summary>
public static class NumberArray
{
    /// <summary>Reads them.</summary>
    /// <returns>The array's extents, and its numbers row by row.</returns>
    /// <exception cref="CnnVisException">The file is not there (PathNotFound), or no array of numbers (InvalidArgument).</exception>
    public static (long[] Shape, double[] Values) Read(string path)
    {
        if (!File.Exists(path)) throw new CnnVisException(ErrorIds.PathNotFound, $"There is no file '{path}'.", path);
        try
        {
            using var sources = new WeightSources();
            WeightSource source = sources.Open(path);
            if (!NpyHeader.Recognises(source.Read(0, Math.Min(6, source.Length)))) throw Wrong(path, "it is no NumPy array file (.npy)");
            StoredTensor stored = NumPyWeights.Read(source).Tensors.Values.Single();
            using var scope = NewDisposeScope();
            using Tensor tensor = StorageLoader.Load(new Dictionary<string, StoredTensor> { [""] = stored }, CancellationToken.None)[0].Tensor;
            return (stored.Shape, MemoryMarshal.Cast<byte, double>(tensor.to(ScalarType.Float64).contiguous().bytes).ToArray());
        }
        catch (CnnVisException e) when (e.ErrorId == ErrorIds.WeightsUnreadable)
        {
            throw Wrong(path, e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OverflowException or ExternalException)
        {
            throw Wrong(path, e.Message.Split('\n')[0], e);
        }
    }

    private static CnnVisException Wrong(string path, string reason, Exception? inner = null) => new(ErrorIds.InvalidArgument, $"'{path}' cannot be read: {reason.TrimEnd('.')}.", path, inner);
}
