namespace CnnVis.Fuzz;

/// <summary>What fuzzing begins with, and what it has found, is read or refused by one clear error; so is what a few hundred kinds of damage make of it.</summary>
public sealed class ReplayTests
{
    private const int Rounds = 300;

    public static TheoryData<string> Targets => [.. Target.All.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void CorpusIsReadOrRefused(string name)
    {
        Target target = Target.All.Single(t => t.Name == name);
        int read = Corpus.Of(target).Count(file => target.Try(File.ReadAllBytes(file), Path.GetExtension(file)));
        Assert.True(read > 0, "Nothing of the corpus can be read, so damage to it shows nothing.");
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void DamageIsReadOrRefused(string name)
    {
        Target target = Target.All.Single(t => t.Name == name);
        int number = 0;
        foreach (var (damaged, extension) in Corpus.Damaged(target).Take(Rounds))
        {
            number++;
            try
            {
                target.Try(damaged, extension);
            }
            catch (Exception error)
            {
                string kept = Path.Combine(AppContext.BaseDirectory, $"{name}-{number}{extension}");
                File.WriteAllBytes(kept, damaged);
                Assert.Fail($"{kept}: {error}");
            }
        }
    }
}
