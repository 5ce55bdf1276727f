using System.IO.Compression;
using CnnVis.Engine.Models.Weights;
using CnnVis.Engine.Models.Weights.Safetensors;
using CnnVis.Engine.Tests.Models.Weights;
using Microsoft.Win32.SafeHandles;
using static TorchSharp.torch;

namespace CnnVis.Benchmarks;

/// <summary>Loading a 244 MB checkpoint of AlexNet's against reading the file twice into memory (the limit), and against reading it through a buffer that stays in the processor's cache, which keeps nothing.</summary>
internal static class WeightLoading
{
    private const int Rounds = 15;

    public static void Run()
    {
        string folder = Directory.CreateTempSubdirectory("cnnvis-").FullName;
        try
        {
            KeyValuePair<string, Tensor>[] weights = [.. Classics.AlexNet().Graph.Parameters];
            foreach (var (format, write) in new (string, Action<Stream>)[] { ("PyTorch", s => WriteCheckpoint(s, weights)), ("safetensors", s => SafetensorsWriter.Write(s, weights)) })
            {
                string path = Path.Combine(folder, format);
                using (FileStream stream = File.Create(path)) write(stream);
                byte[] buffer = new byte[1 << 20];
                var (load, whole, ofWhole) = Paired.Run(Rounds, () => WeightFile.Read(path).Dispose(), () =>
                {
                    File.ReadAllBytes(path);
                    File.ReadAllBytes(path);
                });
                var (_, through, ofThrough) = Paired.Run(Rounds, () => WeightFile.Read(path).Dispose(), () =>
                {
                    ReadThrough(path, buffer);
                    ReadThrough(path, buffer);
                });
                Report.Line(new { benchmark = "weight-loading", format, mb = new FileInfo(path).Length / 1_000_000, cores = Environment.ProcessorCount, load_s = load, read_twice_s = whole, ratio = ofWhole, limit = 1.0, read_through_twice_s = through, ratio_to_read_through = ofThrough });
                File.Delete(path);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void ReadThrough(string path, byte[] buffer)
    {
        using SafeFileHandle file = File.OpenHandle(path);
        for (long at = 0, read; (read = RandomAccess.Read(file, buffer, at)) > 0; at += read)
        {
        }
    }

    /// <summary>As torch.save writes it: a pickle, and every tensor's bytes uncompressed.</summary>
    private static void WriteCheckpoint(Stream stream, KeyValuePair<string, Tensor>[] weights)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        var pickle = new PickleWriter().Op('}').Op('(');
        for (int i = 0; i < weights.Length; i++)
        {
            var (name, tensor) = weights[i];
            long[] strides = [.. Enumerable.Range(1, (int)tensor.dim()).Select(d => tensor.shape[d..].Aggregate(1L, (a, b) => a * b))];
            pickle.Text(name).Tensor("FloatStorage", $"{i}", tensor.numel(), 0, tensor.shape, strides);
            Add($"data/{i}", tensor.bytes);
        }
        Add("data.pkl", pickle.Op('u').Stop());

        void Add(string name, ReadOnlySpan<byte> bytes)
        {
            using Stream entry = archive.CreateEntry("alexnet/" + name, CompressionLevel.NoCompression).Open();
            entry.Write(bytes);
        }
    }
}
