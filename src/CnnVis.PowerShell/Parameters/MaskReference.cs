using System.Collections;
using System.Globalization;
using System.Management.Automation;
using CnnVis.Engine.Adversarial;
using CnnVis.PowerShell.Cmdlets;

namespace CnnVis.PowerShell.Parameters;

/// <summary>What <c>-Mask</c> takes: a picture or NumPy file, or numbers in arrays of any depth.</summary>
internal static class MaskReference
{
    /// <summary>Which values of a picture may change, [C, H, W].</summary>
    /// <exception cref="CnnVisException">The file cannot be read, or there are more or fewer numbers than in a picture.</exception>
    public static bool[] Resolve(object mask, SessionState session, CnnInput input)
    {
        object plain = mask is PSObject wrapped ? wrapped.BaseObject : mask;
        if (plain is string or FileInfo) return AttackMask.Load(FilePaths.Plain(session, plain.ToString()!), input);
        var values = new List<double>();
        Flatten(plain, values);
        return AttackMask.Of(values, input);
    }

    private static void Flatten(object? item, List<double> values)
    {
        switch (item is PSObject wrapped ? wrapped.BaseObject : item)
        {
            case string text: throw Wrong(text);
            case IEnumerable items:
                foreach (object? one in items) Flatten(one, values);
                break;
            case IConvertible number:
                try
                {
                    values.Add(number.ToDouble(CultureInfo.InvariantCulture));
                }
                catch (Exception e) when (e is InvalidCastException or FormatException)
                {
                    throw Wrong(number);
                }
                break;
            case var other: throw Wrong(other);
        }
    }

    private static CnnVisException Wrong(object? what) => new(ErrorIds.InvalidArgument, $"-Mask takes a file, or an array of numbers or truth values; '{what}' is neither.", what);
}
