using CnnVis.Engine.Codes.Files;
using CnnVis.Engine.Images;
using CnnVis.Engine.Merging;
using CnnVis.Engine.Models.Metadata;
using CnnVis.Engine.Models.Onnx;
using CnnVis.Engine.Models.Weights;
using CnnVis.Engine.Scans;
using CnnVis.Engine.Tables;
using static TorchSharp.torch;

namespace CnnVis.Fuzz;

/// <summary>One way for bytes from outside to come in.</summary>
/// <param name="Name">Of its corpus and dictionary.</param>
/// <param name="Extension">What its files are called, where the reader looks at that.</param>
/// <param name="Read">Reads a file to its end.</param>
internal sealed record Target(string Name, string Extension, Action<string> Read)
{
    /// <summary>Pictures above this are refused before anything is decoded.</summary>
    private const long MostPixels = 1 << 20;

    /// <summary>Folders and files beside this one that belong to its corpus too.</summary>
    public IReadOnlyList<string> Fixtures { get; init; } = [];

    private static readonly DecodeOptions _decoding = DecodeOptions.Default with { MaximumPixels = MostPixels };

    public static IReadOnlyList<Target> All { get; } =
    [
        new("Onnx", ".onnx", path =>
        {
            using var scope = NewDisposeScope();
            OnnxReader.Read(path);
        })
        { Fixtures = ["Pester/fixtures/tiny.onnx", "Pester/fixtures/one-channel.onnx"] },
        new("Programs", ".pt2", path =>
        {
            using var scope = NewDisposeScope();
            OnnxReader.Read(path);
        }),
        new("Weights", "", path => WeightFile.Read(path).Dispose()) { Fixtures = ["CnnVis.Engine.Tests/Models/Weights/Fixtures"] },
        new("Codes", "", path => CodeFile.Read(path).Take(1000).ToArray()),
        new("Arrays", ".npy", path => ArrayImage.Load(ImageSource.Of(path), _decoding)),
        new("Pictures", "", path =>
        {
            foreach (ImageSource page in ImageSources.In(path, false, error => throw error).Take(10)) ImageCodec.Decode(page.Path, _decoding);
        })
        { Fixtures = ["CnnVis.Engine.Tests/Images/Fixtures"] },
        new("Archives", ".tar", path =>
        {
            foreach (ImageSource entry in TarFile.Pictures(path, "", error => throw error).Take(100)) ImageCodec.Decode(entry.Path, _decoding);
        }),
        new("Labels", ".csv", path => LabelTable.Read(path)),
        new("Boxes", ".csv", path => BoxTable.Read(path)),
        new("ClassNames", "", path => LabelFile.Read(path)),
        new("Checkpoints", ".json", path =>
        {
            Reseal(path);
            ScanMerge merged = ScanMerge.Of([path]);
            foreach (object _ in ScanKinds.Of(merged).Results(merged, null, _ => { })) { }
            ScanKinds.Of(merged).Write(merged, Stream.Null);
        }),
    ];

    /// <summary>Gives each line of a scan's file the checksum of what it holds now: whoever forges a line forges that too, and what is behind it is to be tried.</summary>
    private static void Reseal(string path)
    {
        const int Start = 10, Digits = 16; // {"Check":"0123456789abcdef",…
        byte[] bytes = File.ReadAllBytes(path);
        for (int from = 0; from < bytes.Length;)
        {
            int length = bytes.AsSpan(from).IndexOf((byte)'\n') is var end and >= 0 ? end : bytes.Length - from;
            Span<byte> line = bytes.AsSpan(from, length);
            if (line.Length > Start + Digits + 2) System.Text.Encoding.ASCII.GetBytes(System.IO.Hashing.XxHash3.HashToUInt64(line[(Start + Digits + 2)..]).ToString("x16", System.Globalization.CultureInfo.InvariantCulture)).CopyTo(line[Start..]);
            from += length + 1;
        }
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>Reads bytes as a file of that kind. Whatever is thrown but the product's own errors is a finding.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="extension">Its extension, where the format goes by that.</param>
    /// <returns>Whether it could be read.</returns>
    public bool Try(ReadOnlySpan<byte> bytes, string? extension = null)
    {
        string path = Path.Combine(Folder, $"fuzzed-{Environment.ProcessId}-{Environment.CurrentManagedThreadId}{(Extension.Length > 0 ? Extension : extension)}");
        File.WriteAllBytes(path, bytes);
        try
        {
            Read(path);
            return true;
        }
        catch (CnnVisException error)
        {
            if (error.Message.Length is 0 or > 5000 || error.Message.Contains("   at ", StringComparison.Ordinal)) throw new InvalidDataException($"An unclear error: {error.Message}", error);
            return false;
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>In memory where there is such a folder.</summary>
    private static string Folder { get; } = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
}
