using System.Text;
using CnnVis.Engine.Humans;

namespace CnnVis.Engine.Tests.Humans;

public class AnswerFileTests
{
    [Fact]
    public void TrialsOfModelVsHumanAreRead()
    {
        using var folder = new TempFolder();
        string person = Add(folder, "edge_subject-07_session_2.csv", "subj,session,trial,rt,object_response,category,condition,imagename\nsubject-07,2,2,NaN,na,oven,0,0002_edg_s07_0_oven_00_oven10.png\nsubject-07,2,1,0.9,cat,dog,0,0001_edg_s07_0_dog_00_dog4.png\n");
        string network = Add(folder, "edge_resnet50_session_1.csv", "subj,session,trial,rt,object_response,category,condition,imagename\nresnet50,1,1,NaN,dog,dog,0,0001_edg_dnn_0_dog_00_dog4.png\n");
        LabelerAnswer[] answers = [.. AnswerFiles.Read(person, e => throw e).Answers, .. AnswerFiles.Read(network, e => throw e).Answers];
        Assert.Equal(["0_dog_00_dog4.png", "0_oven_00_oven10.png", "0_dog_00_dog4.png"], answers.Select(a => a.Image));
        Assert.Equal([LabelerKind.Person, LabelerKind.Person, LabelerKind.Network], answers.Select(a => a.Kind!.Value));
        Assert.All(answers, a => Assert.Equal(("edge", "0"), (a.Experiment, a.Condition)));
        Assert.Equal((0.9, (double?)null), (answers[0].Seconds, answers[1].Seconds));
        Assert.Empty(answers[1].Answers);
    }

    [Fact]
    public void OrdinaryTablesAreReadToo()
    {
        using var folder = new TempFolder();
        string path = Add(folder, "Anna.tsv", "image\tanswers\tlabel\tseconds\ttraining\tacceptable\ttags\ncat/1.png\ttabby | lynx\ttabby\t3.5\tno\ttabby|tiger cat\t\ncat/2.png\t\tlynx\t\tyes\t\tfine-grained; small\n");
        var (answers, tags) = AnswerFiles.Read(path, e => throw e);
        Assert.Equal(["tabby", "lynx"], answers[0].Answers);
        Assert.Equal(("Anna", "tabby", 3.5, false), (answers[0].Labeler, answers[0].Truth, answers[0].Seconds, answers[0].IsTraining));
        Assert.Equal(["tabby", "tiger cat"], answers[0].Acceptable);
        Assert.True(answers[1].IsTraining);
        Assert.Null(answers[1].Kind);
        Assert.Equal(["fine-grained", "small"], Assert.Single(tags).Types);
    }

    [Fact]
    public void WrongRowsAreToldAndTheRestIsKept()
    {
        using var folder = new TempFolder();
        string path = Add(folder, "bad.csv", "image,answer,seconds\n1.png,cat,2\n2.png,cat\n3.png,cat,soon\n,cat,1\n4.png,dog,-1\n5.png,dog,1\n");
        List<CnnVisException> errors = [];
        var (answers, _) = AnswerFiles.Read(path, errors.Add);
        Assert.Equal(["1.png", "5.png"], answers.Select(a => a.Image));
        Assert.Equal(["Line 3", "Line 4", "Line 5", "Line 6"], errors.Select(e => e.Message[..6]));
        Assert.Contains("answer", Assert.Throws<CnnVisException>(() => AnswerFiles.Read(Add(folder, "no.csv", "image,x\n1,2\n"), errors.Add)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ExportsOfThePageAreRead()
    {
        using var folder = new TempFolder();
        string path = Add(folder, "a.json", """
            {"format":"cnnvis-labels","version":1,"task":{"title":"birds","guesses":3},"labeler":"A1","answers":[
              {"image":"a/1.png","truth":"wren","guesses":["wren"],"seconds":4.5,"at":"2026-12-01T10:00:00Z","training":false},
              {"image":"a/2.png","truth":"owl","guesses":[],"seconds":1,"training":true}],
             "tags":[{"image":"a/1.png","labeler":"net","tagger":"A1","types":["small"]}],
             "networks":[{"name":"net","answers":{"a/1.png":["owl","wren"],"a/3.png":["owl"]}}]}
            """);
        var (answers, tags) = AnswerFiles.Read(path, e => throw e);
        Assert.Equal([("A1", "a/1.png", false), ("A1", "a/2.png", true), ("net", "a/1.png", false)], answers.Select(a => (a.Labeler, a.Image, a.IsTraining)));
        Assert.Equal((3, "birds", LabelerKind.Network), (answers[0].Allowed, answers[0].Experiment, answers[2].Kind));
        Assert.Equal("wren", answers[2].Truth);
        Assert.Equal("net", Assert.Single(tags).Labeler);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"format\":\"cnnvis-labels\",\"version\":9,\"labeler\":\"a\"}")]
    [InlineData("{\"format\":\"cnnvis-labels\",\"version\":1}")]
    [InlineData("{\"format\":\"cnnvis-labels\",\"version\":1,\"labeler\":\"a\",\"answers\":[{}]}")]
    [InlineData("{\"format\":\"cnnvis-labels\",\"version\":1,\"labeler\":\"a\",\"answers\":[null]}")]
    [InlineData("{\"format\":\"cnnvis-labels\",\"version\":1,\"labeler\":\"a\",\"answers\":[{\"image\":\"x\",\"seconds\":-1}]}")]
    [InlineData("{\"format\":\"cnnvis-labels\",\"version\":1,\"labeler\":\"a\",\"networks\":[{}]}")]
    [InlineData("not json")]
    public void OtherJsonIsRefused(string text)
    {
        using var folder = new TempFolder();
        Assert.Equal(ErrorIds.AnswersUnreadable, Assert.Throws<CnnVisException>(() => AnswerFiles.Read(Add(folder, "a.json", text), e => throw e)).ErrorId);
    }

    [Fact]
    public void StudiesArePutTogetherByNameAndByPicture()
    {
        var answers = new AnswerCollection();
        foreach (string experiment in (string[])["edge", "cue"]) answers.Add(LabelerComparisonTests.Answer("p", LabelerKind.Person, experiment.Length, "x", "x") with { Experiment = experiment, Image = $"{experiment}/1.png" });
        answers.Add(new CnnPrediction("/data/edge/1.png", "net", [new ClassProbability(7, "x", 0.9)]));
        List<CnnVisException> errors = [];
        var studies = answers.Studies(errors.Add, name => name == "p" ? LabelerKind.Network : null).ToArray();
        Assert.Equal(["edge", "cue"], studies.Select(s => s.Experiment));
        Assert.Equal([2, 1], studies.Select(s => s.Answers.Count));
        Assert.All(studies.SelectMany(s => s.Answers), a => Assert.Equal(LabelerKind.Network, a.Kind));
        Assert.Empty(errors);
    }

    [Fact]
    public void PicturesThatNobodyKnowsAreToldOnceAndLeftOut()
    {
        var answers = new AnswerCollection();
        foreach (string name in (string[])["a", "b"]) answers.Add(new CnnPrediction("/data/1.png", name, [new ClassProbability(0, "x", 1)]));
        answers.Add(LabelerComparisonTests.Answer("p", LabelerKind.Person, 2, "x", "0"));
        List<CnnVisException> errors = [];
        var study = Assert.Single(answers.Studies(errors.Add, _ => null));
        Assert.Equal(ErrorIds.ClassNotFound, Assert.Single(errors).ErrorId);
        Assert.Equal("x", Assert.Single(study.Answers).Truth); // 0 is the network's index of x
    }

    [Fact]
    public void ANameIsThePathThatItEnds()
    {
        var names = new ImageNames(["/d/cat/1.png", "cat/1.png", "dog/1.png", "1.png", @".\2.png", "x/2.png"]);
        Assert.Equal("/d/cat/1.png", names["cat/1.png"]);
        Assert.Equal("dog/1.png", names["dog/1.png"]);
        Assert.Equal("1.png", names["1.png"]); // two could be meant
        Assert.Equal("x/2.png", names[@".\2.png"]);
    }

    [Fact]
    public void CategoriesAreMeansOfTheirClasses()
    {
        using var folder = new TempFolder();
        CategoryMap map = CategoryMap.Read(Add(folder, "map.csv", "class,category\ntabby,cat\nlynx,cat\n2,dog\n"), e => throw e);
        Assert.Equal(["dog", "cat"], map.Rank([new(0, "tabby", 0.5), new(2, "beagle", 0.3), new(1, "lynx", 0.05), new(3, "car", 0.15)]));
        Assert.Equal(ErrorIds.ClassNotFound, Assert.Throws<CnnVisException>(() => map.Rank([new(3, "car", 1)])).ErrorId);
    }

    private static string Add(TempFolder folder, string name, string text) => folder.Add(name, Encoding.UTF8.GetBytes(text));
}
