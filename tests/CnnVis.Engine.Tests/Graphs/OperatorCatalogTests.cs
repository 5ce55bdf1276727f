using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;

namespace CnnVis.Engine.Tests.Graphs;

public class OperatorCatalogTests
{
    [Theory]
    [InlineData(OperatorTraits.Rectifier, "Celu, Clip, Elu, Gelu, HardSwish, LeakyRelu, Mish, PRelu, Relu, Selu, Softplus, ThresholdedRelu")]
    [InlineData(OperatorTraits.UnitRange, "HardSigmoid, Sigmoid, Softmax")]
    [InlineData(OperatorTraits.SoftmaxLike, "LogSoftmax, Softmax")]
    [InlineData(OperatorTraits.Product, "Conv, ConvTranspose, Gemm, MatMul")]
    [InlineData(OperatorTraits.Arithmetic, "Add, Div, Mul, Sub")]
    [InlineData(OperatorTraits.PassesOn, "Cast, CastLike, Dropout, Flatten, Identity, Reshape, Squeeze, Unsqueeze")]
    public void TheClassicsAreOfTheirKind(OperatorTraits trait, string types) => Assert.All(types.Split(", "), type => Assert.True(Make(type).Traits.HasFlag(trait), type));

    [Fact]
    public void WhatPassesNumbersOnAlsoRoutesThem()
    {
        Assert.True(Make("Reshape").Traits.HasFlag(OperatorTraits.Routes));
        Assert.False(Make("Transpose").Traits.HasFlag(OperatorTraits.PassesOn));
        Assert.False(Make("Sigmoid").Traits.HasFlag(OperatorTraits.Rectifier));
        Assert.False(Make("Conv").Traits.HasFlag(OperatorTraits.Routes));
    }

    [Fact]
    public void RowsAndClassesCarryOnnxsNames()
    {
        Assert.Superset(new HashSet<string> { "Relu", "Add", "Equal", "ReduceMean", "ArgMax", "Conv", "Shape", "Max" }, OperatorCatalog.Types.ToHashSet());
        Assert.All(OperatorCatalog.Types, type => Assert.Equal(type, Make(type).Type));
    }

    [Fact]
    public void AnUnknownNameSuggestsTheNearest()
    {
        var error = Assert.Throws<CnnVisException>(() => OperatorCatalog.Create("Rellu"));
        Assert.Equal(ErrorIds.OperatorNotSupported, error.ErrorId);
        Assert.Contains("Relu", error.Message);
    }

    /// <summary>With the attributes that some cannot do without.</summary>
    private static Operator Make(string type) => OperatorCatalog.Create(type, new OperatorAttributes(type switch
    {
        "Cast" => [("to", 1L)],
        "DepthToSpace" or "SpaceToDepth" => [("blocksize", 2L)],
        "GroupNormalization" => [("num_groups", 1L)],
        "LRN" => [("size", 3L)],
        "AveragePool" or "LpPool" or "MaxPool" or "MaxUnpool" => [("kernel_shape", new[] { 2L, 2L })],
        "Einsum" => [("equation", "ij,jk->ik")],
        _ => Array.Empty<(string, object)>(),
    }));
}
