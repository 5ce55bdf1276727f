using System.Text;
using CnnVis.Engine.Models.Weights;
using CnnVis.Engine.Models.Weights.Safetensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models.Weights;

public sealed class ShardTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public ShardTests()
    {
        Shard("1.safetensors", "a", 1);
        Shard("2.safetensors", "b", 2);
        _folder.Add("deflated.pth", Fixture.Read("deflated.pth"));
    }

    [Fact]
    public void PartsAreReadInTheOrderOfTheIndex()
    {
        using StateDict weights = Read("""{"metadata":{"total_size":8},"weight_map":{"b":"2.safetensors","a":"1.safetensors"}}""");
        Assert.Equal(["b", "a"], weights.Keys);
        Assert.Equal((2f, 1f), (weights["b"].item<float>(), weights["a"].item<float>()));
    }

    [Fact]
    public void PartsMayBePyTorchs()
    {
        using StateDict weights = Read("\n{ \"weight_map\": {\"conv.bias\": \"deflated.pth\"}}");
        Assert.Equal((WeightFormat.PyTorch, 0.5f), (weights.Format, weights["conv.bias"][1].item<float>()));
    }

    [Theory]
    [InlineData("""{"weight_map":{"a":"../1.safetensors"}}""", "same folder")]
    [InlineData("""{"weight_map":{"a":"/etc/passwd"}}""", "same folder")]
    [InlineData("""{"weight_map":{"a":"sub/1.safetensors"}}""", "same folder")]
    [InlineData("""{"weight_map":{"a":"..\\1.safetensors"}}""", "same folder")]
    [InlineData("""{"weight_map":{"a":"C:1.safetensors"}}""", "same folder")]
    [InlineData("""{"weight_map":{"a":".."}}""", "same folder")]
    [InlineData("""{"weight_map":{"a":""}}""", "same folder")]
    [InlineData("""{"weight_map":{"a":"3.safetensors"}}""", "missing")]
    [InlineData("""{"weight_map":{"b":"1.safetensors"}}""", "lacks the tensor 'b'")]
    [InlineData("""{"weight_map":{"a":"1.safetensors","a":"1.safetensors"}}""", "two of its tensors")]
    [InlineData("""{"weight_map":{"a":1}}""", "no text")]
    [InlineData("""{"weight_map":[]}""", "without a weight_map")]
    [InlineData("""{"weight_map":{}}""", "empty")]
    [InlineData("""{"a":1}""", "without a weight_map")]
    [InlineData("""{"weight_map":{"a":"x.index.json"}}""", "no kind")] // itself
    [InlineData("""{"weight_map":{""", "damaged")]
    public void WhatLeadsAstrayIsOneClearError(string index, string says)
    {
        var error = Assert.Throws<CnnVisException>(() => Read(index));
        Assert.Equal(ErrorIds.WeightsUnreadable, error.ErrorId);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void LinksOutOfTheFolderAreRefused()
    {
        Skip.If(OperatingSystem.IsWindows(), "Links need rights there.");
        using var other = new TempFolder();
        string elsewhere = other.Add("secret.safetensors", File.ReadAllBytes(_folder["1.safetensors"]));
        File.CreateSymbolicLink(_folder["out.safetensors"], elsewhere);
        File.CreateSymbolicLink(_folder["in.safetensors"], "1.safetensors");
        var error = Assert.Throws<CnnVisException>(() => Read("""{"weight_map":{"a":"out.safetensors"}}"""));
        Assert.Contains("link out of its folder", error.Message, StringComparison.Ordinal);
        using StateDict weights = Read("""{"weight_map":{"a":"in.safetensors"}}""");
        Assert.Equal(1f, weights["a"].item<float>());
    }

    /// <summary>As huggingface_hub keeps them: models--x/snapshots/revision/file, a link to models--x/blobs/hash.</summary>
    [SkippableFact]
    public void HuggingFacesOwnCacheIsRead()
    {
        Skip.If(OperatingSystem.IsWindows(), "Links need rights there.");
        _folder.Add("blobs/abc", File.ReadAllBytes(_folder["1.safetensors"]));
        string index = _folder.Add("snapshots/r1/model.safetensors.index.json", Encoding.UTF8.GetBytes("""{"weight_map":{"a":"model.safetensors"}}"""));
        File.CreateSymbolicLink(_folder["snapshots/r1/model.safetensors"], "../../blobs/abc");
        using StateDict weights = WeightFile.Read(index);
        Assert.Equal(1f, weights["a"].item<float>());
    }

    public void Dispose() => _folder.Dispose();

    private StateDict Read(string index) => WeightFile.Read(_folder.Add("x.index.json", Encoding.UTF8.GetBytes(index)));

    private void Shard(string file, string name, float value)
    {
        using Tensor x = tensor(value);
        var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, [KeyValuePair.Create(name, x)]);
        _folder.Add(file, stream.ToArray());
    }
}
