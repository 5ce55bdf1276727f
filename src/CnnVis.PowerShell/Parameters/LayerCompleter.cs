using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using CnnVis.Engine.Correspondence;
using CnnVis.Engine.Filters;
using CnnVis.Engine.Models;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Completes layer names of the network on the command line, of those layers that the cmdlet can use; the aliases, or the network's own names where none of them fits; the tip tells operator and shape.</summary>
public sealed class LayerCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        if (Completion.Model(fakeBoundParameters, commandAst) is not { } network) return [];
        IReadOnlyList<CnnLayer> layers = Usable(network, commandName, parameterName);
        var byAlias = Matching(l => l.Alias);
        return byAlias.Length > 0 ? byAlias : Matching(l => l.Name);

        CompletionResult[] Matching(Func<CnnLayer, string> name)
        {
            var tips = layers.ToDictionary(name, l => $"{l.Operator} [{string.Join(" x ", l.OutputShape)}]");
            return [.. Completion.Matching(wordToComplete, layers.Select(name), n => tips[n])];
        }
    }

    /// <summary>Layers with filters for Get-CnnFilter, with maps to combine for -TargetLayer, with places in the picture for what compares places; all for every other cmdlet.</summary>
    private static IReadOnlyList<CnnLayer> Usable(Network network, string cmdlet, string parameter) => (cmdlet, parameter) switch
    {
        ("Get-CnnFilter", _) => [.. network.Layers.Where(new FilterReader(network).HasFilters)],
        (_, "TargetLayer") => [.. network.Layers.Where(l => network.Layout(network.Value(l)) is not null)],
        ("Find-CnnCorrespondence" or "Measure-CnnCorrespondence" or "Measure-CnnKeypoint" or "New-CnnNeighborImage", _) => UnitGrids.WithPlaces(network),
        _ => network.Layers,
    };
}
