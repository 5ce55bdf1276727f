using CnnVis.Engine.Models.Weights;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models.Weights;

/// <summary>Checkpoints as PyTorch writes them, made by Python's own pickle and zipfile (Fixtures/make.py).</summary>
public sealed class TorchCheckpointTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("checkpoint.pth", WeightFormat.PyTorch)]
    [InlineData("protocol4.pth", WeightFormat.PyTorch)]
    [InlineData("legacy.pth", WeightFormat.PyTorchLegacy)]
    public void TheStateDictOfATrainingCheckpointIsFound(string file, WeightFormat format)
    {
        using StateDict weights = Read(file);
        Assert.Equal(format, weights.Format);
        Assert.Equal(["module.conv.weight", "module.conv.bias", "module.bn.num_batches_tracked"], weights.Keys);
        Assert.Equal(("5", "resnet18"), (weights.Metadata["epoch"], weights.Metadata["arch"]));
        Assert.Equal([2, 2, 3, 3], weights["module.conv.weight"].shape);
        Assert.Equal(Enumerable.Range(0, 36).Select(i => i / 2f), weights["module.conv.weight"].data<float>());
        Assert.Equal(7, weights["module.bn.num_batches_tracked"].item<long>());
    }

    [Theory]
    [InlineData("zoo.pth")]
    [InlineData("bigendian.pth")]
    public void ViewsAndTypesAreUnderstood(string file)
    {
        using StateDict weights = Read(file);
        Assert.Equal("0 1 2 3 4 5 6 7 8 9 10 11", Values("whole"));
        Assert.Equal("0 1 2 3 4 5 6 7 8 9 10 11", Values("tied"));
        Assert.Equal("0 4 8 1 5 9 2 6 10 3 7 11", Values("transposed"));
        Assert.Equal("5 6 9 10", Values("slice"));
        Assert.Equal("1 2 3 1 2 3", Values("expanded"));
        Assert.Equal(("2.5", 0L), (Values("scalar"), weights["scalar"].dim()));
        Assert.Equal([0, 4], weights["empty"].shape);
        Assert.Equal("0 0.5", Values("parameter"));
        Assert.Equal("0 0.5 1", Values("half"));
        Assert.Equal("0 0.5 1", Values("double"));
        Assert.Equal("1.5 -2", Values("bfloat"));
        Assert.Equal("-1 2", Values("int"));
        Assert.Equal("255", Values("byte"));
        Assert.Equal([true, false], weights["bool"].data<bool>());
        weights["tied"].fill_(1); // they share memory, as in the file
        Assert.Equal(1f, weights["whole"][0, 0].item<float>());

        string Values(string name)
        {
            using var scope = NewDisposeScope();
            return string.Join(' ', weights[name].contiguous().to(ScalarType.Float32).data<float>().Select(v => FormattableString.Invariant($"{v}")));
        }
    }

    [Fact]
    public void DeflatedCheckpointsAreReadToo()
    {
        using StateDict weights = Read("deflated.pth");
        Assert.Equal([0f, 0.5f], weights["conv.bias"].data<float>());
    }

    [Fact]
    public void AKeyChoosesAPart()
    {
        using StateDict weights = WeightFile.Read(Add("checkpoint.pth"), "optimizer.state.0");
        Assert.Equal(["momentum_buffer"], weights.Keys);
        using StateDict module = WeightFile.Read(Add("checkpoint.pth"), "state_dict.module");
        Assert.Equal(["conv.weight", "conv.bias", "bn.num_batches_tracked"], module.Keys);
        var error = Assert.Throws<CnnVisException>(() => WeightFile.Read(Add("checkpoint.pth"), "ema"));
        Assert.Equal(ErrorIds.WeightsMismatch, error.ErrorId);
        Assert.Contains("'best_acc1', 'state_dict', 'optimizer'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("attack.pth")]
    [InlineData("attack_legacy.pth")]
    [InlineData("attack_0.pkl")]
    [InlineData("attack_1.pkl")]
    [InlineData("attack_2.pkl")]
    [InlineData("attack_3.pkl")]
    [InlineData("attack_4.pkl")]
    [InlineData("attack_5.pkl")]
    public void PicklesThatWouldRunCodeAreRefusedByName(string file)
    {
        var error = Assert.Throws<CnnVisException>(() => Read(file));
        Assert.Equal(ErrorIds.WeightsUnreadable, error.ErrorId);
        Assert.Contains("'posix.system'", error.Message, StringComparison.Ordinal);
        Assert.Contains("torch.save(model.state_dict()", error.Message, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists("/tmp/owned"));
    }

    [Fact]
    public void LibtorchsOwnArchivesAreRead()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        foreach (Tensor tensor in new[] { randn(3, 4), randn(5, 6).t(), tensor(2.5), arange(5), randn(4).to(ScalarType.Float16), randn(2, 3).to(ScalarType.BFloat16), tensor(new[] { true, false }), zeros(0, 2), tensor((byte)200) })
        {
            string path = _folder["libtorch.pt"];
            tensor.save(path);
            using StateDict weights = WeightFile.Read(path);
            Assert.Equal(WeightFormat.TorchScript, weights.Format);
            Tensor read = Assert.Single(weights).Value;
            Assert.Equal(tensor.shape, read.shape);
            Assert.True(read.to(ScalarType.Float32).equal(tensor.to(ScalarType.Float32)).all().item<bool>(), tensor.dtype.ToString());
        }
    }

    [Fact]
    public void WhatLibtorchWritesOfATracedModuleIsRead()
    {
        using var scope = NewDisposeScope();
        string ours = _folder.Add("ours.pt", HandMadeTorchScript.Module(("weight", [1.5f, -2f]), ("bias", [0.25f])));
        using (var module = jit.load(ours)) jit.save(module, _folder["theirs.pt"]);
        foreach (string path in new[] { ours, _folder["theirs.pt"] })
        {
            using StateDict weights = WeightFile.Read(path);
            Assert.Equal(WeightFormat.TorchScript, weights.Format);
            Assert.Equal(["fc.bias", "fc.weight"], weights.Keys.Order(StringComparer.Ordinal));
            Assert.Equal([1.5f, -2f], weights["fc.weight"].data<float>());
        }
    }

    public void Dispose() => _folder.Dispose();

    private StateDict Read(string file) => WeightFile.Read(Add(file));

    private string Add(string file) => _folder.Add(file, Fixture.Read(file));
}
