using CnnVis.Engine.Attribution.Metrics;
using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Attribution.Metrics;

/// <summary>Hand-made maps to be measured.</summary>
internal static class MetricNetworks
{
    /// <summary>A request for a map of the pixels, [N, C, H, W], of a class's logit.</summary>
    public static MetricRequest Request(Network network, Tensor pixels, Tensor map, ClassScore score = ClassScore.Logit, ISaliencyMethod? method = null)
    {
        var explained = new SaliencyRequest(network, pixels, [ClassTarget.Of(network, 0, score)]);
        return new MetricRequest(explained, method ?? new Gradient(SaliencyOptions.Default), new SaliencyResult(map, Scores.Choose(network, pixels, explained.Targets)[0])) { Score = score };
    }

    /// <summary>A request for what a method says.</summary>
    public static MetricRequest Request(Network network, Tensor pixels, string method, SaliencyOptions? options = null)
    {
        ISaliencyMethod made = SaliencyMethods.Create(method, options ?? SaliencyOptions.Default);
        var explained = new SaliencyRequest(network, pixels, [ClassTarget.Of(network, 0, made.Score(null))]);
        return new MetricRequest(explained, made, made.Attribute(explained)[0]);
    }

    public static double[] Measure(string metric, MetricRequest request, MetricOptions? options = null) =>
        [.. SaliencyMetrics.Create(metric, options ?? MetricOptions.Default).Measure(request).SelectMany(v => v).Select(v => v.Value)];

    /// <summary>A photo of the input's size.</summary>
    public static PixelView Whole(int width, int height) => new(width, height, width, height, 0, 0);
}
