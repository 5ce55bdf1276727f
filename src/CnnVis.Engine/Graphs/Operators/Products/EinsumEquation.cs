using System.Text.RegularExpressions;

namespace CnnVis.Engine.Graphs.Operators.Products;

/// <summary>Einstein's summation, taken apart: what each dimension of each input is called, and which ones the output has.</summary>
internal sealed partial class EinsumEquation
{
    private readonly string[] _inputs;
    private readonly string _output;

    /// <param name="equation">As NumPy's: letters, an ellipsis at most once a term, and the output behind <c>-></c> or implied.</param>
    /// <exception cref="CnnVisException">It is no such text.</exception>
    public EinsumEquation(string equation)
    {
        string[] sides = equation.Replace(" ", "", StringComparison.Ordinal).Split("->");
        _inputs = sides[0].Split(',');
        if (sides.Length > 2 || !_inputs.All(Term().IsMatch) || sides.Length == 2 && !Term().IsMatch(sides[1])) throw Wrong(equation);
        // Implied: an ellipsis, then the letters that stand once, in order.
        _output = sides.Length == 2 ? sides[1]
            : (sides[0].Contains('.') ? "..." : "") + string.Concat(sides[0].Where(char.IsAsciiLetter).GroupBy(c => c).Where(g => g.Count() == 1).Select(g => g.Key).Order());
        if (_output.Where(char.IsAsciiLetter).Any(c => !sides[0].Contains(c)) || _output.Where(char.IsAsciiLetter).GroupBy(c => c).Any(g => g.Count() > 1)) throw Wrong(equation);
    }

    /// <summary>The same with the output written out.</summary>
    public string Explicit => $"{string.Join(',', _inputs)}->{_output}";

    /// <summary>Shape of the output, and the extents of everything that is multiplied.</summary>
    /// <exception cref="CnnVisException">The shapes do not go with the equation, or with each other.</exception>
    public (long[] Output, long Products) Shapes(IReadOnlyList<long[]> shapes)
    {
        if (shapes.Count != _inputs.Length) throw Wrong($"'{Explicit}' is of {_inputs.Length} inputs, and there are {shapes.Count}.");
        var extents = new Dictionary<char, long>();
        long[] rest = [];
        for (int i = 0; i < _inputs.Length; i++)
        {
            string term = _inputs[i].Replace("...", ".", StringComparison.Ordinal);
            int more = shapes[i].Length - (term.Length - (term.Contains('.') ? 1 : 0)), dimension = 0;
            if (more < 0 || more > 0 && !term.Contains('.')) throw Wrong($"'{_inputs[i]}' cannot be [{string.Join(", ", shapes[i])}].");
            foreach (char letter in term)
            {
                if (letter == '.')
                {
                    rest = Broadcast.Shape(rest, shapes[i].AsSpan(dimension, more), "Einsum");
                    dimension += more;
                    continue;
                }
                long extent = shapes[i][dimension++], known = extents.GetValueOrDefault(letter, 1);
                if (known != extent && known != 1 && extent != 1) throw Wrong($"'{letter}' of '{Explicit}' is {known} and {extent}.");
                extents[letter] = known == 1 ? extent : known;
            }
        }
        long[] output = [.. _output.Replace("...", ".", StringComparison.Ordinal).SelectMany(c => c == '.' ? rest : [extents[c]])];
        return (output, rest.Concat(extents.Values).Aggregate(1L, (a, b) => a * b));
    }

    [GeneratedRegex(@"^[A-Za-z]*(\.\.\.)?[A-Za-z]*$")]
    private static partial Regex Term();

    private static CnnVisException Wrong(string what) => new(ErrorIds.ModelUnreadable, $"Einsum does not understand its equation: {what}", what);
}
