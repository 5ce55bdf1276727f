namespace CnnVis.Engine.Synthesis.Fooling;

/// <summary>
/// Indirect encoding (Nguyen, Yosinski and Clune 2014, section 2.3): a compositional pattern-producing network (Stanley 2007) that gives a pixel's colour from its column, its row, its
/// distance from the middle, and a constant. A child's weights change, and now and then it gains a node, a link, or another function. Unlike the paper's NEAT there is
/// no crossover, and links only lead to later nodes, so that it paints in one pass.
/// </summary>
internal sealed class PatternGenome : IGenome
{
    private const int Inputs = 4, Functions = 4;
    private const double NewNode = 0.15, NewLink = 0.25, NewFunction = 0.15, WeightChance = 0.5, WeightDeviation = 0.6;
    private readonly CnnInput _input;
    private readonly Cell[] _cells;

    /// <summary>A node: its function, and weights of the nodes before it, inputs first. The last ones are the channels.</summary>
    private readonly record struct Cell(int Function, double[] Weights);

    private PatternGenome(CnnInput input, Cell[] cells) => (_input, _cells) = (input, cells);

    /// <summary>One without hidden nodes.</summary>
    public static PatternGenome Random(CnnInput input, Random random) =>
        new(input, [.. Enumerable.Range(0, input.Channels).Select(c => new Cell(random.Next(Functions), [.. Enumerable.Range(0, Inputs + c).Select(i => i < Inputs ? 2 * Normal(random) : 0)]))]);

    /// <inheritdoc/>
    public float[] Render()
    {
        float[] picture = new float[_input.Length];
        double[] values = new double[Inputs + _cells.Length];
        int plane = _input.Height * _input.Width, hidden = _cells.Length - _input.Channels;
        for (int i = 0; i < plane; i++)
        {
            double x = 2.0 * (i % _input.Width + 0.5) / _input.Width - 1, y = 2.0 * (i / _input.Width + 0.5) / _input.Height - 1;
            (values[0], values[1], values[2], values[3]) = (x, y, Math.Sqrt(x * x + y * y), 1);
            for (int n = 0; n < _cells.Length; n++)
            {
                double sum = 0;
                double[] weights = _cells[n].Weights;
                for (int k = 0; k < weights.Length; k++) sum += weights[k] * values[k];
                values[Inputs + n] = Apply(_cells[n].Function, sum);
            }
            for (int c = 0; c < _input.Channels; c++) picture[c * plane + i] = (float)Math.Clamp(0.5 + 0.5 * values[Inputs + hidden + c], 0, 1);
        }
        return picture;
    }

    /// <inheritdoc/>
    public IGenome Mutate(Random random, int generation)
    {
        List<Cell> cells = [.. _cells.Select(c => c with { Weights = [.. c.Weights.Select(w => w != 0 && random.NextDouble() < WeightChance ? w + WeightDeviation * Normal(random) : w)] })];
        if (random.NextDouble() < NewNode) Insert(cells, random);
        if (random.NextDouble() < NewLink)
        {
            double[] weights = cells[random.Next(cells.Count)].Weights;
            weights[random.Next(weights.Length)] = Normal(random);
        }
        if (random.NextDouble() < NewFunction)
        {
            int at = random.Next(cells.Count);
            cells[at] = cells[at] with { Function = random.Next(Functions) };
        }
        return new PatternGenome(_input, [.. cells]);
    }

    /// <summary>A node before the channels, which begins with some links in and a link out to one of them.</summary>
    private void Insert(List<Cell> cells, Random random)
    {
        int at = cells.Count - _input.Channels, end = random.Next(at, cells.Count);
        for (int n = at; n < cells.Count; n++)
        {
            double[] old = cells[n].Weights;
            cells[n] = cells[n] with { Weights = [.. old[..(Inputs + at)], n == end ? Normal(random) : 0, .. old[(Inputs + at)..]] };
        }
        cells.Insert(at, new Cell(random.Next(Functions), [.. Enumerable.Range(0, Inputs + at).Select(_ => random.NextDouble() < 0.5 ? 2 * Normal(random) : 0)]));
    }

    /// <summary>Sine, Gaussian, sigmoid from −1 to 1, and linear.</summary>
    private static double Apply(int function, double sum) => function switch
    {
        0 => Math.Sin(Math.PI * sum),
        1 => 2 * Math.Exp(-sum * sum) - 1,
        2 => Math.Tanh(sum),
        _ => Math.Clamp(sum, -1, 1),
    };

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
