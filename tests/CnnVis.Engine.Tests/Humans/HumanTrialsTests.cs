using System.Runtime.CompilerServices;
using CnnVis.Engine.Humans;

namespace CnnVis.Engine.Tests.Humans;

/// <summary>Real people: trials of Geirhos et al. in <c>shared/data/human-trials</c>, where somebody has them.</summary>
public class HumanTrialsTests
{
    /// <summary>Pairs of people err about the same pictures as often as published (cue-conflict .331) and as computed elsewhere (edge, silhouette).</summary>
    [SkippableTheory]
    [InlineData("cue-conflict", 1280, 0.331, 0.765, 0.776)]
    [InlineData("edge", 160, 0.318, 0.839, 0.871)]
    [InlineData("silhouette", 160, 0.476, 0.803, 0.753)]
    public void PairsOfPeopleAgreeAsPublished(string experiment, int pictures, double kappa, double observed, double accuracy)
    {
        string folder = Path.Combine(Folder() ?? "", experiment);
        Skip.IfNot(Directory.Exists(folder), "There are no trials of people here.");
        var answers = new AnswerCollection();
        foreach (string file in AnswerFiles.In(folder, recurse: false)) answers.AddFile(file, e => throw e);
        var study = Assert.Single(answers.Studies(e => throw e, _ => null));
        Assert.Equal(experiment, study.Experiment);
        HumanComparison found = LabelerComparison.Compare(study.Experiment, study.Answers, study.Tags, new ComparisonOptions { Samples = 200 });
        Assert.Equal(pictures, found.ImageCount);
        Assert.Equal(45, found.Pairs.Count);
        Assert.Equal(kappa, found.HumanHuman!.Kappa, 3);
        Assert.Equal(observed, found.HumanHuman.Observed, 3);
        LabelerScore[] people = [.. found.Labelers.Where(l => l.Kind == LabelerKind.Person)];
        Assert.Equal(10, people.Length);
        Assert.Equal(accuracy, people.Average(l => l.Top1.Share), 3);
        Assert.InRange(found.HumanHuman.Kappa, found.HumanHuman.Lower, found.HumanHuman.Upper);
        Assert.All(found.Pairs, p => Assert.InRange(p.Consistency.Kappa, p.Consistency.Minimum, p.Consistency.Maximum));
        Assert.True(found.HumanHuman.BeyondChance > 40);
        Assert.Null(found.OnlyPeople);
    }

    private static string? Folder([CallerFilePath] string here = "")
    {
        for (var folder = Directory.GetParent(here); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "shared", "data", "human-trials") is var data && Directory.Exists(data)) return data;
        return null;
    }
}
