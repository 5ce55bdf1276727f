using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Targets.Objectives;

/// <summary>Looks up in a network what a user's objective means.</summary>
/// <param name="network">The network.</param>
/// <param name="cosinePower">Power of the cosine of directions and caricatures.</param>
public sealed class ObjectiveCompiler(Network network, double cosinePower)
{
    /// <summary>How much of a negative value a ReLU passes on while a picture is made.</summary>
    private const double Leak = 0.02;

    /// <summary>What the objective means.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="cancellation">Ends the pass that a caricature takes.</param>
    /// <exception cref="CnnVisException">There is no such class, layer, channel, place or picture; or a direction has the wrong length.</exception>
    public CompiledObjective Compile(CnnObjective objective, CancellationToken cancellation = default) => new(objective, Sum(objective, 0, cancellation), Sum(objective, Leak, cancellation), ClassOf(objective));

    private IObjective Sum(CnnObjective objective, double slope, CancellationToken cancellation)
    {
        var terms = objective.Terms.Select(t => (t.Weight, Compile(t, slope, cancellation))).ToArray();
        return terms is [(1, var single)] ? single : new WeightedSum(terms);
    }

    private int? ClassOf(CnnObjective objective) => objective.Terms is [{ Kind: CnnObjectiveKind.Class, Weight: > 0, Class: { } name }] ? network.Class(name) : null;

    private IObjective Compile(CnnObjectiveTerm term, double slope, CancellationToken cancellation)
    {
        if (term.Kind == CnnObjectiveKind.Class)
        {
            network.Answers.NeedScores(network.Name);
            return new UnitObjective(network.Answers.Logits, network.Class(term.Class!));
        }
        if (term.Kind == CnnObjectiveKind.Number) return new UnitObjective(Number(term.Number!), 0);
        CnnLayer layer = network.Layer(term.Layer!);
        string value = network.Units(layer);
        (int, int)? position = term.Row is { } row && term.Column is { } column ? Position(layer, row, column) : null;
        return term.Kind switch
        {
            CnnObjectiveKind.Channel or CnnObjectiveKind.Neuron => network.BeforeRelu(layer) is { HasRelu: true, Value: var before } && network.Units(before) is var raised && raised != value
                ? new UnitObjective(raised, Channel(layer, term.Channel!.Value), position, slope)
                : new UnitObjective(value, Channel(layer, term.Channel!.Value), position),
            CnnObjectiveKind.Direction => new DirectionObjective(value, Direction(layer, term.Direction!, position is not null), cosinePower, position),
            CnnObjectiveKind.Caricature => new CaricatureObjective(value, Features(value, term.Path!, cancellation), cosinePower),
            _ => new DeepDreamObjective(value),
        };
    }

    /// <summary>The value of a number that the network is asked for (<c>NetworkTargets.Asking</c>).</summary>
    private string Number(string text) => network.Answers.Named is { } named && network.Classes.ToList().IndexOf(text) is >= 0 and var index ? named[index]
        : throw new CnnVisException(ErrorIds.InvalidArgument, $"{network.Name} has not been asked for '{text}'.", text);

    private static int Channel(CnnLayer layer, int channel) => channel >= 0 && channel < layer.Channels ? channel
        : throw new CnnVisException(ErrorIds.ChannelNotFound, $"{layer.Alias} of {layer.Model} has no channel {channel}: its {layer.Channels} channels are numbered 0 to {layer.Channels - 1}.", channel);

    private static (int, int) Position(CnnLayer layer, int row, int column)
    {
        if (layer.OutputShape is not [_, var rows, var columns])
            throw new CnnVisException(ErrorIds.InvalidArgument, $"{layer.Alias} has no rows and columns: leave the position out.", layer.Alias);
        return row >= 0 && row < rows && column >= 0 && column < columns ? (row, column)
            : throw new CnnVisException(ErrorIds.InvalidArgument, $"{layer.Alias} has {rows} rows and {columns} columns, numbered from 0; there is no ({row}, {column}).", layer.Alias);
    }

    private static float[] Direction(CnnLayer layer, float[] direction, bool atPlace)
    {
        int all = layer.OutputShape.Aggregate(1, (a, b) => a * b);
        if (direction.Length != layer.Channels && (atPlace || direction.Length != all))
            throw new CnnVisException(ErrorIds.InvalidArgument, $"A direction of {layer.Alias} has {layer.Channels} numbers, one a channel{(atPlace || all == layer.Channels ? "" : $", or {all}, one a value")}; this one has {direction.Length}.", direction.Length);
        if (!direction.All(float.IsFinite) || direction.All(v => v == 0))
            throw new CnnVisException(ErrorIds.InvalidArgument, "A direction consists of finite numbers that are not all zero.", layer.Alias);
        return direction;
    }

    private float[] Features(string value, string path, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        float[] pixels = new float[network.Input.Length];
        Preprocessor.Load(path, network.Input, DecodeOptions.Default, pixels);
        Tensor input = tensor(pixels, [1, network.Input.Channels, network.Input.Height, network.Input.Width], device: network.TorchDevice);
        return network.Forward(input, [value], cancellation)[0].ToFloats();
    }
}
