using System.Runtime.InteropServices;
using System.Text.Json;
using CnnVis.Engine.Models.Weights.Files;
using CnnVis.Engine.Tensors;

namespace CnnVis.Engine.Models.Weights;

/// <summary>
/// Reads weight files: PyTorch checkpoints (zip and legacy), TorchScript archives' parameters, safetensors, NumPy's npz and npy, and the indexes of
/// sharded ones. The kind is told by the content, not by the name. Nothing in a file is ever run, and its sizes are checked before memory is taken for them.
/// </summary>
public static class WeightFile
{
    /// <summary>Reads a file, or the files of an index beside it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">Which part of a checkpoint is wanted, as <c>model_ema</c>, or <c>ema.state_dict</c> for a nested one; without one the usual wrappers (<c>state_dict</c>, <c>model</c>, …) are looked through.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="CnnVisException">The file is missing (PathNotFound), holds no weights that can be read (WeightsUnreadable), or holds several networks' (WeightsMismatch).</exception>
    public static StateDict Read(string path, string? key = null, CancellationToken cancellation = default)
    {
        if (!File.Exists(path)) throw new CnnVisException(ErrorIds.PathNotFound, Directory.Exists(path) ? $"'{path}' is a folder; name the weight file in it, or its index." : $"There is no file '{path}'.", path);
        try
        {
            using var sources = new WeightSources();
            WeightContent content = WeightFormats.Read(sources, path, whole: key is not null);
            if (key is not null) content = content.Behind(key);
            if (content.Tensors.Count == 0) throw WeightErrors.Unreadable("it holds no tensors.");
            return new StateDict(path, content.Format, content.Metadata, StorageLoader.Load(content.Tensors, cancellation));
        }
        catch (CnnVisException e)
        {
            throw new CnnVisException(e.ErrorId, $"'{path}' cannot be used: {e.Message}", path, e);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or OverflowException or InvalidOperationException and not ObjectDisposedException)
        {
            throw new CnnVisException(ErrorIds.WeightsUnreadable, $"'{path}' cannot be used: it is damaged ({FirstLine(e)}).", path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ExternalException or OutOfMemoryException)
        {
            throw new CnnVisException(ErrorIds.WeightsUnreadable, $"'{path}' cannot be read: {FirstLine(e)}", path, e);
        }
    }

    private static string FirstLine(Exception e) => e is EndOfStreamException ? "it is cut short; copy or download it again." : OperatorFailure.Reason(e);
}
