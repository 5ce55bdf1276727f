using CnnVis.Engine.Codes;

namespace CnnVis.Engine.Tests.Codes;

public class TypicalityTests
{
    [Fact]
    public void ItIsTheCosineToTheMeanOfTheOthers()
    {
        var typicality = new Typicality();
        foreach (CnnCode code in (CnnCode[])[Code("a", "cat", 2, 0), Code("b", "cat", 1, 0), Code("c", "cat", 0, 3), Code("d", "dog", 1, 1), Code("e", null, 1, 0), Code("f", "fox", 0, 0), Code("g", "fox", 1, 0)])
            typicality.Add(code);
        Assert.Equal(1 / Math.Sqrt(10), typicality.Of("a")!.Value, 12); // the others' sum is (1, 3)
        Assert.Equal(2 / Math.Sqrt(13), typicality.Of("b")!.Value, 12); // (2, 3)
        Assert.Equal(0, typicality.Of("c")!.Value, 12); // (3, 0)
        Assert.All((string[])["d", "e", "f", "g", "nothing"], path => Assert.Null(typicality.Of(path))); // alone, without a label, zero, beside zero, never seen
    }

    [Fact]
    public void APictureCountsOnce()
    {
        var typicality = new Typicality();
        foreach (CnnCode code in (CnnCode[])[Code("a", "cat", 1, 0), Code("a", "cat", 1, 0), Code("b", "cat", 0, 1)]) typicality.Add(code);
        Assert.Equal(0, typicality.Of("a"));
    }

    private static CnnCode Code(string path, string? label, params float[] values) => new() { Path = path, Label = label, Model = "m", Layer = "l", Values = values };
}
