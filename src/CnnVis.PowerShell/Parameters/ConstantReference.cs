using System.Collections;
using System.Globalization;
using System.Management.Automation;
using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Weights;
using CnnVis.PowerShell.Cmdlets;

namespace CnnVis.PowerShell.Parameters;

/// <summary>What <c>-Constant</c> takes: hashtables of names and values, and texts <c>name=value</c>. A value is a number, an array of them, or a NumPy file.</summary>
internal static class ConstantReference
{
    /// <summary>The values.</summary>
    /// <exception cref="CnnVisException">Something is neither, or a file cannot be read.</exception>
    public static IReadOnlyList<InputConstant> Resolve(object[]? given, SessionState session)
    {
        var constants = new List<InputConstant>();
        foreach (object item in given ?? [])
        {
            object plain = Plain(item)!;
            if (plain is IDictionary table)
            {
                foreach (DictionaryEntry entry in table) constants.Add(Of($"{entry.Key}", Plain(entry.Value), session));
                continue;
            }
            string text = $"{plain}";
            int sign = text.IndexOf('=');
            if (sign < 1) throw Wrong($"'{text}' names no input");
            constants.Add(Of(text[..sign].Trim(), text[(sign + 1)..].Trim(), session));
        }
        return constants;
    }

    private static InputConstant Of(string name, object? value, SessionState session)
    {
        if (value is string or FileInfo)
        {
            string text = value.ToString()!;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)) return new InputConstant(name, null, [number]);
            if (bool.TryParse(text, out bool truth)) return new InputConstant(name, null, [truth ? 1 : 0]);
            var (shape, numbers) = NumberArray.Read(FilePaths.Plain(session, text));
            return new InputConstant(name, shape, numbers);
        }
        var values = new List<double>();
        Flatten(name, value, values);
        return values.Count > 0 ? new InputConstant(name, null, values) : throw Wrong($"'{name}' is given no value");
    }

    private static void Flatten(string name, object? item, List<double> values)
    {
        switch (Plain(item))
        {
            case string or null: throw Wrong($"'{item}' of '{name}' is no number");
            case IEnumerable items:
                foreach (object? one in items) Flatten(name, one, values);
                break;
            case IConvertible number:
                values.Add(number.ToDouble(CultureInfo.InvariantCulture));
                break;
            default: throw Wrong($"'{item}' of '{name}' is no number");
        }
    }

    private static object? Plain(object? item) => item is PSObject wrapped ? wrapped.BaseObject : item;

    private static CnnVisException Wrong(string what) => new(ErrorIds.InvalidArgument, $"{what}: -Constant takes @{{ name = value }} or 'name=value', where a value is a number, an array of numbers or a NumPy file (.npy).");
}
