using System.Text;
using CnnVis.Engine.Models.Weights.Archives;
using CnnVis.Engine.Models.Weights.Files;
using CnnVis.Engine.Models.Weights.PyTorch;
using CnnVis.Engine.Models.Weights.Safetensors;
using CnnVis.Engine.NumPy;

namespace CnnVis.Engine.Models.Weights;

/// <summary>Tells a weight file's kind by its content and finds what it holds.</summary>
internal static class WeightFormats
{
    /// <summary>Bytes that are looked at.</summary>
    private const int StartLength = 512;

    private const string Known = "PyTorch checkpoints, TorchScript archives, safetensors, NumPy's npz and npy, and indexes of sharded weights are read";

    /// <summary>Files that get taken for weights.</summary>
    private static readonly (string Start, string What)[] _others =
    [
        ("version https://git-lfs", "it is only a pointer of Git LFS; get the file itself by 'git lfs pull'"),
        ("<!DOCTYPE", "it is a web page; the download went wrong"),
        ("<html", "it is a web page; the download went wrong"),
        ("\u0089HDF", "it is an HDF5 file (Keras), which is not read; save the weights as safetensors or npz"),
        ("GGUF", "it is a GGUF file, which is not read; save the weights as safetensors"),
        ("\u001f\u008b", "it is compressed by gzip; unpack it first"),
        ("7z\u00bc\u00af", "it is compressed by 7-Zip; unpack it first"),
    ];

    /// <param name="sources">Holds what is opened.</param>
    /// <param name="path">A file, or an index of several.</param>
    /// <param name="whole">Whether a checkpoint's tensors are all wanted, under their full names.</param>
    public static WeightContent Read(WeightSources sources, string path, bool whole)
    {
        WeightSource source = sources.Open(path);
        return ShardIndex.Recognises(source.Read(0, Math.Min(StartLength, source.Length))) ? ShardIndex.Read(sources, source) : ReadSingle(source, whole);
    }

    /// <summary>A file by itself: a part of a sharded set may not be an index again.</summary>
    public static WeightContent ReadSingle(WeightSource source, bool whole)
    {
        byte[] start = source.Read(0, Math.Min(StartLength, source.Length));
        if (start.Length == 0) throw WeightErrors.Unreadable("it is empty.");
        if (SafetensorsReader.Recognises(start)) return SafetensorsReader.Read(source);
        if (NpyHeader.Recognises(start)) return NumPyWeights.Read(source);
        if (WeightArchive.Recognises(start)) return ReadArchive(source, whole);
        if (TorchLegacyReader.Recognises(start)) return TorchLegacyReader.Read(source, whole);
        if (start.AsSpan(Math.Min(257, start.Length)).StartsWith("ustar"u8)) throw WeightErrors.Unreadable("it is a tar archive, as PyTorch 0.1.1 and before wrote; load it with a PyTorch before 1.14 and save it again.");
        string text = Encoding.Latin1.GetString(start);
        throw WeightErrors.Unreadable($"{_others.FirstOrDefault(o => text.StartsWith(o.Start, StringComparison.OrdinalIgnoreCase)).What ?? "it is of no kind that is read"}. {Known}.");
    }

    private static WeightContent ReadArchive(WeightSource source, bool whole)
    {
        var archive = new WeightArchive(source);
        if (TorchArchiveReader.Recognises(archive)) return TorchArchiveReader.Read(source, archive, whole);
        if (NumPyWeights.Recognises(archive)) return NumPyWeights.Read(archive);
        string what = archive.Entries.Count == 0 ? "it is an empty zip archive"
            : Exported.ExportedArchive.Recognises(archive) ? "it is a program by torch.export, a whole network: read it without naming an architecture, as in: Import-CnnModel model.pt2"
            : archive.Entries.Keys.Any(k => k.EndsWith("/model.json", StringComparison.Ordinal)) ? "it is a TorchScript archive of PyTorch 1.0 or 1.1, which is not read; load it with a later one and save it again"
            : "it is a zip archive without weights";
        throw WeightErrors.Unreadable($"{what}. {Known}.");
    }
}
