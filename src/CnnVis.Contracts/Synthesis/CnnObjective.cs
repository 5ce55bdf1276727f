using System.Globalization;

namespace CnnVis;

/// <summary>
/// What a picture is made to raise: numbers of a network, weighted and added up. Objectives are added with +, taken from each other with −, and weighted with
/// *; texts are understood too: <c>espresso</c> (a class), <c>class:espresso</c>, <c>relu5</c> (deep dream), <c>relu5:3</c> (a channel), <c>relu5:3:2,4</c> (a neuron).
/// </summary>
public sealed class CnnObjective
{
    private CnnObjective(IReadOnlyList<CnnObjectiveTerm> terms) => Terms = terms.ToArray();

    /// <summary>What is added up; at least one.</summary>
    public IReadOnlyList<CnnObjectiveTerm> Terms { get; }

    /// <summary>The score of a class, before the Softmax.</summary>
    /// <param name="name">Its name or index.</param>
    public static CnnObjective OfClass(string name) => Of(new CnnObjectiveTerm(CnnObjectiveKind.Class, 1) { Class = name });

    /// <summary>Any number of the network: an element of an output or layer, a region, a sum of such.</summary>
    public static CnnObjective OfTarget(CnnTarget target) => Of(new CnnObjectiveTerm(CnnObjectiveKind.Number, 1) { Number = $"{target}" });

    /// <summary>The mean of a layer's channel.</summary>
    public static CnnObjective OfChannel(string layer, int channel) => Of(new CnnObjectiveTerm(CnnObjectiveKind.Channel, 1) { Layer = layer, Channel = channel });

    /// <summary>One value of a layer that has rows and columns.</summary>
    public static CnnObjective OfNeuron(string layer, int channel, int row, int column) =>
        Of(new CnnObjectiveTerm(CnnObjectiveKind.Neuron, 1) { Layer = layer, Channel = channel, Row = row, Column = column });

    /// <summary>How far a layer goes in a direction: a number a channel, or one a value of the layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="direction">The direction.</param>
    /// <param name="position">Row and column that count; null for the mean over all.</param>
    public static CnnObjective OfDirection(string layer, float[] direction, int[]? position = null) =>
        Of(new CnnObjectiveTerm(CnnObjectiveKind.Direction, 1) { Layer = layer, Direction = direction, Row = position?[0], Column = position?[1] });

    /// <summary>The mean square of a layer: deep dream.</summary>
    public static CnnObjective OfLayer(string layer) => Of(new CnnObjectiveTerm(CnnObjectiveKind.Layer, 1) { Layer = layer });

    /// <summary>What a layer sees in a picture, exaggerated.</summary>
    public static CnnObjective OfCaricature(string layer, string path) => Of(new CnnObjectiveTerm(CnnObjectiveKind.Caricature, 1) { Layer = layer, Path = path });

    /// <summary>Both together.</summary>
    public static CnnObjective operator +(CnnObjective left, CnnObjective right) => new([.. left.Terms, .. right.Terms]);

    /// <summary>The first without the second.</summary>
    public static CnnObjective operator -(CnnObjective left, CnnObjective right) => left + right * -1;

    /// <summary>The opposite.</summary>
    public static CnnObjective operator -(CnnObjective objective) => objective * -1;

    /// <summary>With another weight.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: the weight is no finite number.</exception>
    public static CnnObjective operator *(CnnObjective objective, double weight) => double.IsFinite(weight)
        ? new CnnObjective([.. objective.Terms.Select(t => t with { Weight = t.Weight * weight })])
        : throw new CnnVisException(ErrorIds.InvalidArgument, "The weight of an objective is a finite number.", weight);

    /// <summary>With another weight.</summary>
    public static CnnObjective operator *(double weight, CnnObjective objective) => objective * weight;

    /// <summary>In words.</summary>
    public override string ToString() => string.Join(" + ", Terms);

    internal static CnnObjective Of(CnnObjectiveTerm term) => new([term]);

    /// <summary>What a text means for a network: a class wins over a layer of the same name; <c>class:</c> before it says so.</summary>
    /// <param name="text">As above.</param>
    /// <param name="model">The network.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: channel or position are no numbers.</exception>
    public static CnnObjective Parse(string text, CnnModel model)
    {
        const string ClassPrefix = "class:";
        if (text.StartsWith(ClassPrefix, StringComparison.OrdinalIgnoreCase)) return OfClass(text[ClassPrefix.Length..]);
        if (model.Classes.Contains(text, StringComparer.OrdinalIgnoreCase)) return OfClass(text);
        // A layer's own name may hold colons: the longest that fits is the layer.
        for (int end = text.Length; end > 0; end = text.LastIndexOf(':', end - 1))
        {
            string layer = text[..end];
            if (!model.Layers.Any(l => layer.Equals(l.Alias, StringComparison.OrdinalIgnoreCase) || layer.Equals(l.Name, StringComparison.OrdinalIgnoreCase))) continue;
            if (end == text.Length) return OfLayer(layer);
            int[] numbers = [.. text[(end + 1)..].Split(':', ',').Select(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1)];
            return numbers switch
            {
                [>= 0] => OfChannel(layer, numbers[0]),
                [>= 0, >= 0, >= 0] => OfNeuron(layer, numbers[0], numbers[1], numbers[2]),
                _ => throw new CnnVisException(ErrorIds.InvalidArgument, $"'{text}' is no objective: after the layer comes a channel, as {layer}:3, or a channel with row and column, as {layer}:3:2,4.", text),
            };
        }
        return OfClass(text);
    }
}
