using System.Globalization;
using CnnVis.Engine.Models.Weights.Files;

namespace CnnVis.Engine.Models.Weights.NumPy;

/// <summary>The header of a NumPy array file: a Python literal such as <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4), }</c>.</summary>
/// <param name="Type">The numbers' type as NumPy writes it: byte order, kind, bytes.</param>
/// <param name="FortranOrder">Whether the first index is the fastest.</param>
/// <param name="Shape">The extents.</param>
internal sealed record NpyHeader(string Type, bool FortranOrder, long[] Shape)
{
    /// <summary>Whether it holds text, which is no weight.</summary>
    public bool IsText => Type is [_, 'U' or 'S' or 'a', ..];

    public bool BigEndian => Type[0] == '>';

    /// <exception cref="CnnVisException">Numbers of that type are not read.</exception>
    public NumberType Number => Type[1..] switch
    {
        "f4" => NumberType.Float32,
        "f8" => NumberType.Float64,
        "f2" => NumberType.Float16,
        "i8" => NumberType.Int64,
        "i4" => NumberType.Int32,
        "i2" => NumberType.Int16,
        "i1" => NumberType.Int8,
        "u8" => NumberType.UInt64,
        "u4" => NumberType.UInt32,
        "u2" => NumberType.UInt16,
        "u1" => NumberType.UInt8,
        "b1" => NumberType.Bool,
        ['O', ..] => throw WeightErrors.Unreadable("it holds Python objects, which could run code; save plain arrays of numbers"),
        _ => throw WeightErrors.Unreadable($"its type {WeightErrors.Quote(Type)} is not read; save it as float32"),
    };

    /// <exception cref="CnnVisException">It is no such literal.</exception>
    public static NpyHeader Parse(string text)
    {
        string? type = null;
        bool? fortran = null;
        long[]? shape = null;
        var rest = new NpyLiteral(text);
        rest.Expect('{');
        while (!rest.Skip('}'))
        {
            string key = rest.Text();
            rest.Expect(':');
            switch (key)
            {
                case "descr": type = rest.Is('[') ? throw WeightErrors.Unreadable("it holds records of several fields; save plain arrays of numbers") : rest.Text(); break;
                case "fortran_order": fortran = rest.Word() switch { "True" => true, "False" => false, _ => throw NpyLiteral.Damaged() }; break;
                case "shape": shape = Extents(rest); break;
                default: throw NpyLiteral.Damaged();
            }
            if (!rest.Skip(','))
            {
                rest.Expect('}');
                break;
            }
        }
        rest.End();
        return type is { Length: >= 2 } && type[0] is '<' or '>' or '|' or '=' && fortran is { } order && shape is not null ? new NpyHeader(type, order, shape) : throw NpyLiteral.Damaged();
    }

    private static long[] Extents(NpyLiteral rest)
    {
        var shape = new List<long>();
        rest.Expect('(');
        while (!rest.Skip(')'))
        {
            if (shape.Count == 64 || !long.TryParse(rest.Word().TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out long extent)) throw NpyLiteral.Damaged();
            shape.Add(extent);
            if (!rest.Skip(','))
            {
                rest.Expect(')');
                break;
            }
        }
        return [.. shape];
    }
}
