using System.Collections;
using System.Globalization;
using System.Management.Automation;
using CnnVis.Engine.Reports;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Reads how a cmdlet was called, for what it emits.</summary>
internal static class ProvenanceRecorder
{
    /// <summary>How a cmdlet was called. To be asked before the first object comes down the pipeline, so that only what was typed counts.</summary>
    public static CnnProvenance Of(CnnVisCommand cmdlet)
    {
        InvocationInfo call = cmdlet.MyInvocation;
        bool isRepeatable = true;
        Dictionary<string, object?> parameters = new(StringComparer.Ordinal);
        foreach (var (name, value) in call.BoundParameters)
            if (!Cmdlet.CommonParameters.Contains(name)) parameters[name] = name.EndsWith("Path", StringComparison.Ordinal) && value is string or string[] or PSObject ? Paths(cmdlet, Plain(value, ref isRepeatable)) : Plain(value, ref isRepeatable);
        object? seed = cmdlet.GetType().GetProperty("Seed")?.GetValue(cmdlet);
        return new CnnProvenance
        {
            Command = call.MyCommand?.Name ?? "",
            Line = Line(call),
            Parameters = parameters,
            IsRepeatable = isRepeatable,
            HasInput = call.ExpectingInput,
            Seed = seed as int?,
            Version = ReportBuilder.Version,
            Time = DateTimeOffset.Now,
        };
    }

    private static string Line(InvocationInfo call)
    {
        // The statement is newer than the reference assembly; of a pipeline over several lines it is the part of this command.
        string line = call.Line?.Trim() ?? "", statement = PSObject.AsPSObject(call).Properties["Statement"]?.Value as string ?? "";
        return statement.Contains('\n', StringComparison.Ordinal) || line.Length == 0 ? statement : line;
    }

    private static object? Paths(CnnVisCommand cmdlet, object? value)
    {
        return value switch
        {
            string one => Full(one),
            string[] several => several.Select(Full).ToArray(),
            _ => value,
        };

        string Full(string path)
        {
            try
            {
                return cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);
            }
            catch (Exception error) when (error is RuntimeException or NotSupportedException or ArgumentException)
            {
                return path;
            }
        }
    }

    private static object? Plain(object? value, ref bool isRepeatable)
    {
        switch (value)
        {
            case null: return null;
            case PSObject wrapped: return Plain(wrapped.BaseObject, ref isRepeatable);
            case SwitchParameter on: return on.IsPresent;
            case bool or string: return value;
            case ModelReference or CnnModel: return value.ToString();
            case CnnLayer layer: return layer.Alias;
            case CnnTarget target: return target.ToString();
            case Enum or IConvertible: return Convert.ToString(value, CultureInfo.InvariantCulture);
            case IEnumerable list:
                List<string> items = [];
                foreach (object? item in list) items.Add(Plain(item, ref isRepeatable)?.ToString() ?? "");
                return items.ToArray();
            default:
                isRepeatable = false;
                return value.GetType().Name;
        }
    }
}
