using System.Collections;
using System.Management.Automation;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Codes from whatever holds vectors: codes, points of maps, arrays of numbers, and objects with a property Values.</summary>
internal static class CodeInput
{
    /// <summary>The codes in an object: of a list of numbers one, of a list of lists and of an array of two dimensions one a row.</summary>
    /// <exception cref="CnnVisException">There is none in it.</exception>
    public static IEnumerable<CnnCode> Of(object? item)
    {
        object? value = Plain(item);
        switch (value)
        {
            case CnnCode code: return [code];
            case TsnePoint point: return [point.Code];
            case TsneMap map: return map.Points.ToArray().Select(p => p.Code);
            case float[] numbers: return [Vector(numbers)];
            case Array { Rank: 2 } table: return Rows(table);
            case IList list when list.Count > 0 && IsNumber(Plain(list[0])): return [Vector(Numbers(list))];
            case IEnumerable list when value is not (string or IDictionary): return list.Cast<object?>().SelectMany(Of);
        }
        PSObject properties = PSObject.AsPSObject(item ?? throw None("nothing"));
        if (IsNumber(value)) throw None($"the single number {value}: put a comma before an array that goes down the pipeline as one vector");
        if (Plain(properties.Properties["Values"]?.Value) is not IList values) throw None($"a {value!.GetType().Name} without a property Values");
        return [Vector(Numbers(values)) with { Path = Text("Path"), Label = Text("Label"), Model = Text("Model"), Layer = Text("Layer") }];

        string? Text(string name) => properties.Properties[name]?.Value?.ToString();
    }

    private static CnnCode Vector(float[] values) => new() { Path = null, Label = null, Model = null, Layer = null, Values = values };

    private static IEnumerable<CnnCode> Rows(Array table)
    {
        int columns = table.GetLength(1);
        float[] all = Numbers(table.Cast<object>().ToArray());
        return Enumerable.Range(0, table.GetLength(0)).Select(row => Vector(all[(row * columns)..((row + 1) * columns)]));
    }

    private static float[] Numbers(IList list)
    {
        float[] numbers = new float[list.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            object? value = Plain(list[i]);
            numbers[i] = value is Half half ? (float)half : IsNumber(value) ? Convert.ToSingle(value, System.Globalization.CultureInfo.InvariantCulture) : throw None($"a list with {(value is null ? "nothing" : $"'{value}'")} at {i}");
        }
        return numbers;
    }

    private static bool IsNumber(object? value) => value is float or double or Half or int or long or short or sbyte or byte or ushort or uint or ulong or decimal;

    private static object? Plain(object? value) => value is PSObject { BaseObject: var inner and not PSCustomObject } ? inner : value;

    private static CnnVisException None(string what) => new(ErrorIds.InvalidArgument, $"A code is a vector of numbers, as Get-CnnCode gives it, an array, or an object with a property Values; this is {what}.");
}
