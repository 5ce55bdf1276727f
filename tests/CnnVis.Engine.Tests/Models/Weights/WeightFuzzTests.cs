using System.Diagnostics;
using System.Globalization;
using System.Text;
using CnnVis.Engine.Models.Weights;
using CnnVis.Engine.Models.Weights.Safetensors;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models.Weights;

/// <summary>Small valid files of every kind, damaged at random: each is read, or is one clear error, within little memory. CNNVIS_FUZZ_MINUTES makes it long.</summary>
public sealed class WeightFuzzTests(ITestOutputHelper output) : IDisposable
{
    private const int Rounds = 60;
    private const long AllocationConstant = 8 << 20;

    private readonly TempFolder _folder = new();

    /// <summary>Files, and how a mutated part of each is put into one.</summary>
    private static readonly (string Name, byte[] Part, Func<byte[], byte[]> Wrap)[] _seeds =
    [
        .. new[] { "checkpoint.pth", "zoo.pth", "bigendian.pth", "deflated.pth", "protocol4.pth", "legacy.pth", "attack_0.pkl" }.Select(f => (f, Fixture.Read(f), (Func<byte[], byte[]>)(b => b))),
        ("pickle in a checkpoint", Pickle(), p => Archive(p, script: false)),
        ("pickle in TorchScript", Pickle(), p => Archive(p, script: true)),
        ("checkpoint without checksums", Archive(Pickle(), script: false), b => b),
        ("TorchScript", HandMadeTorchScript.Module(("w", [1, 2]), ("b", [3])), b => b),
        ("zip64", new ZipWriter { Zip64 = true }.Add("a.npy", Npy(), crc: 0).Add("b.npy", Npy(), deflate: true, crc: 0).Finish(), b => b),
        ("npy", Npy(), b => b),
        ("npy in npz", Npy(), b => new ZipWriter().Add("a.npy", b).Finish()),
        ("safetensors", Safetensors(), b => b),
        ("index", Encoding.UTF8.GetBytes("""{"metadata":{},"weight_map":{"x":"part.safetensors","y":"part.safetensors"}}"""), b => b),
    ];

    [Fact]
    public void NothingCrashesHangsOrTakesMuchMemory()
    {
        _folder.Add("part.safetensors", Safetensors());
        double minutes = double.Parse(Environment.GetEnvironmentVariable("CNNVIS_FUZZ_MINUTES") ?? "0", CultureInfo.InvariantCulture);
        long start = Stopwatch.GetTimestamp(), files = 0, read = 0;
        TimeSpan slowest = default;
        int seed = 0;
        do
        {
            var random = new Random(seed++);
            for (int round = 0; round < Rounds; round++)
            {
                foreach (var (name, part, wrap) in _seeds)
                {
                    byte[] file = wrap(Mutate(part, random));
                    long began = Stopwatch.GetTimestamp();
                    if (Try(file, $"{name}, seed {seed - 1}, round {round}")) read++;
                    files++;
                    slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, Stopwatch.GetElapsedTime(began).Ticks));
                }
            }
        }
        while (Stopwatch.GetElapsedTime(start).TotalMinutes < minutes);
        output.WriteLine($"{files} files, {read} of them read, the slowest in {slowest.TotalMilliseconds:f0} ms");
        Assert.InRange(read, 1, files - 1);
    }

    public void Dispose() => _folder.Dispose();

    /// <returns>Whether it could be read in spite of all.</returns>
    private bool Try(byte[] file, string what)
    {
        string path = _folder.Add("fuzzed", file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using StateDict weights = WeightFile.Read(path);
            Assert.NotEmpty(weights);
            return true;
        }
        catch (CnnVisException e) when (e.ErrorId is ErrorIds.WeightsUnreadable or ErrorIds.WeightsMismatch)
        {
            return false;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{what}: {Convert.ToBase64String(file)}", e);
        }
        finally
        {
            long taken = GC.GetAllocatedBytesForCurrentThread() - before;
            if (taken > AllocationConstant + 8 * file.Length) Assert.Fail($"{what} took {taken} bytes: {Convert.ToBase64String(file)}");
        }
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = new List<byte>(original);
        for (int i = random.Next(1, 5); i > 0 && bytes.Count > 0; i--)
        {
            int at = random.Next(bytes.Count), length = random.Next(1, Math.Min(16, bytes.Count - at) + 1);
            switch (random.Next(7))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes.RemoveRange(at, length); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - length + 1), length)); break;
                case 4: for (int j = 0; j < length; j++) bytes[at + j] = (byte)(random.Next(2) * 255); break; // extreme sizes
                case 5: if (random.Next(4) == 0) bytes.RemoveRange(at, bytes.Count - at); break;
                default: bytes[at] = "}]().q hjtRbcQ\u0081\u0085\u0087e u s0 2"u8[random.Next(20)]; break; // opcodes
            }
        }
        return [.. bytes];
    }

    private static byte[] Pickle() => new PickleWriter().Op('}').Memo().Op('(')
        .Text("epoch").Int(3).Text("state_dict").Global("collections", "OrderedDict").Op(')').Op('R').Memo().Op('(')
        .Text("a").Floats("0", 4).Memo().Text("b").Op('h').Raw(2).Text("c").Tensor("LongStorage", "1", 2, 0, [2], [1]).Op('u')
        .Text("optimizer").Op(']').Op('u').Stop();

    private static byte[] Archive(byte[] pickle, bool script)
    {
        var zip = new ZipWriter().Add("x/data.pkl", pickle, crc: 0).Add("x/data/0", new byte[16], crc: 0).Add("x/data/1", new byte[16], crc: 0);
        return (script ? zip.Add("x/constants.pkl", []) : zip).Finish();
    }

    private static byte[] Npy() => NumPyFileTests.Npy("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }", NumPyFileTests.Floats(6));

    private static byte[] Safetensors()
    {
        using Tensor x = ones(2, 2), y = tensor(3L);
        var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, [KeyValuePair.Create("x", x), KeyValuePair.Create("y", y)], metadata: new Dictionary<string, string> { ["k"] = "v" });
        return stream.ToArray();
    }
}
