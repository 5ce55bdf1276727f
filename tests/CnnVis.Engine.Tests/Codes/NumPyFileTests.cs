using CnnVis.Engine.Codes.Files;

namespace CnnVis.Engine.Tests.Codes;

/// <summary>Files whose bytes NumPy 1.24 wrote, of [[0.5, 1.5, 2.5], [3.5, 4.5, 5.5]]; and what is wrong with archives and tables.</summary>
public sealed class NumPyFileTests : IDisposable
{
    private const string
        Archive = "UEsDBBQAAAAAAAAAIQDyoD9qsAAAALAAAAAMABQAZmVhdHVyZXMubnB5AQAQALAAAAAAAAAAsAAAAAAAAACTTlVNUFkBAHYAeydkZXNjcic6ICc8ZjgnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgCgAAAAAAAOA/AAAAAAAA+D8AAAAAAAAEQAAAAAAAAAxAAAAAAAAAEkAAAAAAAAAWQFBLAwQUAAAAAAAAACEAfmr7yZAAAACQAAAACgAUAHRhcmdldC5ucHkBABAAkAAAAAAAAACQAAAAAAAAAJNOVU1QWQEAdgB7J2Rlc2NyJzogJzxpOCcsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgyLCksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKAAAAAAAAAAABAAAAAAAAAFBLAQIUAxQAAAAAAAAAIQDyoD9qsAAAALAAAAAMAAAAAAAAAAAAAACAAQAAAABmZWF0dXJlcy5ucHlQSwECFAMUAAAAAAAAACEAfmr7yZAAAACQAAAACgAAAAAAAAAAAAAAgAHuAAAAdGFyZ2V0Lm5weVBLBQYAAAAAAgACAHIAAAC6AQAAAAA=",
        CompressedArchive = "UEsDBBQAAAAIAAAAIQD3SpnLWgAAAJgAAAAJABQAY29kZXMubnB5AQAQAJgAAAAAAAAAWgAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2airqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOgrGmjoKtQpkAy4GBgZ7BoYDQKzgwMCQAMQTgHiDAwBQSwMEFAAAAAgAAAAhAOep7XhXAAAAoAAAAAoAFABsYWJlbHMubnB5AQAQAKAAAAAAAAAAVwAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuE2qirqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOpo6CrUKFACuIwyo4GkqA4NOOgODApAt/4WRAQBQSwMEFAAAAAgAAAAhAIDLM+5gAAAAwAAAAAkAFABwYXRocy5ucHkBABAAwAAAAAAAAABgAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG4TaqGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6mjoKtQoUAC59BgaGRCBWAOIkINYD4gIgzgPidCAGySdjEYcBAFBLAQIUAxQAAAAIAAAAIQD3SpnLWgAAAJgAAAAJAAAAAAAAAAAAAACAAQAAAABjb2Rlcy5ucHlQSwECFAMUAAAACAAAACEA56nteFcAAACgAAAACgAAAAAAAAAAAAAAgAGVAAAAbGFiZWxzLm5weVBLAQIUAxQAAAAIAAAAIQCAyzPuYAAAAMAAAAAJAAAAAAAAAAAAAACAASgBAABwYXRocy5ucHlQSwUGAAAAAAMAAwCmAAAAwwEAAAAA",
        ShortLabels = "UEsDBBQAAAAIAAAAIQBlsvFeUgAAAIwAAAAJABQAY29kZXMubnB5AQAQAIwAAAAAAAAAUgAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2akrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOgrGmjoKtQpkAy4GCwY7BkcG5waXBlcAUEsDBBQAAAAIAAAAIQAqpCg2SAAAAIQAAAAKABQAbGFiZWxzLm5weQEAEACEAAAAAAAAAEgAAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgbhNqqK6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkahjqaOgq1ChQArkQGBgYAUEsBAhQDFAAAAAgAAAAhAGWy8V5SAAAAjAAAAAkAAAAAAAAAAAAAAIABAAAAAGNvZGVzLm5weVBLAQIUAxQAAAAIAAAAIQAqpCg2SAAAAIQAAAAKAAAAAAAAAAAAAACAAY0AAABsYWJlbHMubnB5UEsFBgAAAAACAAIAbwAAABEBAAAAAA==",
        LargeLabels = "UEsDBBQAAAAIAAAAIQBlsvFeUgAAAIwAAAAJABQAY29kZXMubnB5AQAQAIwAAAAAAAAAUgAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2akrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOgrGmjoKtQpkAy4GCwY7BkcG5waXBlcAUEsDBBQAAAAIAAAAIQBJZGo3TQAAAJAAAAAKABQAbGFiZWxzLm5weQEAEACQAAAAAAAAAE0AAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgbpNpoa6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkaRjqaOgq1ChQALtGz0ewMQCAGpQFQSwECFAMUAAAACAAAACEAZbLxXlIAAACMAAAACQAAAAAAAAAAAAAAgAEAAAAAY29kZXMubnB5UEsBAhQDFAAAAAgAAAAhAElkajdNAAAAkAAAAAoAAAAAAAAAAAAAAIABjQAAAGxhYmVscy5ucHlQSwUGAAAAAAIAAgBvAAAAFgEAAAAA",
        FewPlaces = "UEsDBBQAAAAIAAAAIQBlsvFeUgAAAIwAAAAJABQAY29kZXMubnB5AQAQAIwAAAAAAAAAUgAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2akrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOgrGmjoKtQpkAy4GCwY7BkcG5waXBlcAUEsDBBQAAAAIAAAAIQArQywzSQAAAIQAAAANABQAcG9zaXRpb25zLm5weQEAEACEAAAAAAAAAEkAAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgbpNmpK6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkahjoKRpo6CrUKZAMuBiAAAFBLAQIUAxQAAAAIAAAAIQBlsvFeUgAAAIwAAAAJAAAAAAAAAAAAAACAAQAAAABjb2Rlcy5ucHlQSwECFAMUAAAACAAAACEAK0MsM0kAAACEAAAADQAAAAAAAAAAAAAAgAGNAAAAcG9zaXRpb25zLm5weVBLBQYAAAAAAgACAHIAAAAVAQAAAAA=";

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Theory]
    [InlineData("float64, rows", "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAADgPwAAAAAAAPg/AAAAAAAABEAAAAAAAAAMQAAAAAAAABJAAAAAAAAAFkA=")]
    [InlineData("float64, columns", "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAADgPwAAAAAAAAxAAAAAAAAA+D8AAAAAAAASQAAAAAAAAARAAAAAAAAAFkA=")]
    [InlineData("float16, big endian", "k05VTVBZAQB2AHsnZGVzY3InOiAnPmYyJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAo4AD4AQQBDAESARYA=")]
    [InlineData("float32, big endian, columns", "k05VTVBZAQB2AHsnZGVzY3InOiAnPmY0JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAo/AAAAQGAAAD/AAABAkAAAQCAAAECwAAA=")]
    [InlineData("version 2", "k05VTVBZAgB0AAAAeydkZXNjcic6ICc8ZjQnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAA/AADAPwAAIEAAAGBAAACQQAAAsEA=")]
    [InlineData("version 3", "k05VTVBZAwB0AAAAeydkZXNjcic6ICc8ZjQnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAA/AADAPwAAIEAAAGBAAACQQAAAsEA=")]
    public void ReadsArrays(string kind, string bytes)
    {
        CnnCode[] codes = Read(bytes);
        Assert.True(codes.Length == 2, kind);
        Assert.Equal([0.5f, 1.5f, 2.5f], codes[0].Values);
        Assert.Equal([3.5f, 4.5f, 5.5f], codes[1].Values);
    }

    [Fact]
    public void ReadsCompressedArchivesWithTextOfAnyLetters()
    {
        CnnCode[] codes = Read(CompressedArchive);
        Assert.Equal([3.5f, 4.5f, 5.5f], codes[1].Values);
        Assert.Equal(["Ä", "日本 🐟"], codes.Select(c => c.Label));
        Assert.Equal(["/a b.png", "/c.png"], codes.Select(c => c.Path));
    }

    [Fact]
    public void OfSeveralArraysTheOnlyMatrixHoldsTheCodes() => Assert.Equal([3.5f, 4.5f, 5.5f], Read(Archive)[1].Values);

    [Fact]
    public void WholeNumbersAsLabelsKeepAllDigits() => Assert.Equal(["123456789", "123456790"], Read(LargeLabels).Select(c => c.Label));

    [Theory]
    [InlineData(ShortLabels, "*'labels' has 1 entries*2 belong*")]
    [InlineData(FewPlaces, "*1 places and 2 codes*")]
    public void CountsThatDifferAreTold(string bytes, string message)
    {
        var error = Assert.Throws<CnnVisException>(() => CodeFile.ReadMap(Write(bytes)) is null ? Read(bytes) : null);
        Assert.Equal(ErrorIds.CodesUnreadable, error.ErrorId);
        Assert.Matches(message.Replace("*", ".*"), error.Message);
    }

    /// <summary>One bit of a number, which no other check could notice.</summary>
    [Fact]
    public void AFlippedBitIsTold()
    {
        byte[] file = Convert.FromBase64String(Archive);
        int number = file.AsSpan().IndexOf("{'descr'"u8) + 128;
        file[number] ^= 16;
        var error = Assert.Throws<CnnVisException>(() => Read(Convert.ToBase64String(file)));
        Assert.Equal(ErrorIds.CodesUnreadable, error.ErrorId);
        Assert.Contains("checksum", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5.0e-01 1.5e+00 2.5e+00\n3.5e+00 4.5e+00 5.5e+00\n")] // numpy.savetxt
    [InlineData(" 0.5   1.5 2.5\n 3.5  4.5 5.5 ")]
    [InlineData("0.5\t1.5\t2.5\n3.5\t4.5\t5.5\n")]
    [InlineData("# a,b,c\n0.5,1.5,2.5\n3.5,4.5,5.5\n")]
    public void ReadsTablesAsNumPyWritesThem(string text)
    {
        string file = Path.Join(_folder, "a.txt");
        File.WriteAllText(file, text);
        CnnCode[] codes = [.. CodeFile.Read(file)];
        Assert.Equal([0.5f, 1.5f, 2.5f], codes[0].Values);
        Assert.Equal([3.5f, 4.5f, 5.5f], codes[1].Values);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AMapKeepsItsFigures(bool measured)
    {
        string file = Path.Join(_folder, "map.npz");
        CnnCode[] codes = [Code(1, 2), Code(3, 4), Code(5, 6)];
        var map = new TsneMap
        {
            Points = [.. codes.Select((c, i) => new TsnePoint(c, [i, -i]))],
            Dimension = 2,
            Perplexity = 1.1,
            Iterations = 750,
            Divergence = 1.0 / 3,
            NeighborRecall = measured ? 0.9876543210123 : null,
            Quality = measured ? new TsneQuality { Neighbors = 10, Sample = 5000, Trustworthiness = 0.987654321, NeighborPreservation = 0.1, LabelAccuracy = 2.0 / 3 } : null,
        };
        using (var spool = new CodeSpool())
        using (FileStream stream = File.Create(file))
        {
            foreach (CnnCode code in codes) spool.Add(code);
            CodeWriter.Write(file, stream, spool, map);
        }
        TsneMap back = CodeFile.ReadMap(file)!;
        Assert.Equal((map.Perplexity, map.Iterations, map.Divergence, map.NeighborRecall, map.Quality), (back.Perplexity, back.Iterations, back.Divergence, back.NeighborRecall, back.Quality));
        Assert.Equal(map.Points.ToArray().SelectMany(p => p.Position), back.Points.ToArray().SelectMany(p => p.Position));
    }

    public void Dispose() => Directory.Delete(_folder, true);

    private static CnnCode Code(params float[] values) => new() { Path = null, Label = null, Model = null, Layer = null, Values = values };

    private CnnCode[] Read(string bytes) => [.. CodeFile.Read(Write(bytes))];

    private string Write(string bytes)
    {
        string file = Path.Join(_folder, "a.bin");
        File.WriteAllBytes(file, Convert.FromBase64String(bytes));
        return file;
    }
}
