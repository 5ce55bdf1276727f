using CnnVis.Engine.Attribution.Metrics;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Completes the names of metrics of saliency maps.</summary>
public sealed class SaliencyMetricCompleter : EngineNameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names => SaliencyMetrics.Names;
}
