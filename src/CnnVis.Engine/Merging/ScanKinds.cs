using CnnVis.Engine.Accuracy;
using CnnVis.Engine.Activations;
using CnnVis.Engine.Adversarial;
using CnnVis.Engine.Attributes;
using CnnVis.Engine.Attribution.Metrics;
using CnnVis.Engine.Codes;
using CnnVis.Engine.Correspondence.Measurement;
using CnnVis.Engine.Corruptions;
using CnnVis.Engine.Retrieval;
using CnnVis.Engine.Scans;

namespace CnnVis.Engine.Merging;

/// <summary>All kinds of passes over pictures that resume, divide and merge.</summary>
public static class ScanKinds
{
    private static readonly ScanKind[] _all =
        [FoundCodes.Kind, ActivationMeasurement.Kind, FoundMeasures.Kind, FoundVerdicts.Kind, FoundCorruptions.Kind, FoundStability.Kind, FoundAnswer.Kind, FoundAttributes.Kind, FoundScores.Kind, FoundUnits.Kind];

    /// <summary>The kind that a file is of.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.RetrievalUnreadable"/>: it is of none.</exception>
    public static ScanKind Of(ScanMerge merged) => Array.Find(_all, k => k.Name == merged.Question.Kind)
        ?? throw new CnnVisException(ErrorIds.RetrievalUnreadable, $"The files hold '{merged.Question.Kind}', which this version of CnnVis does not know.", merged.Question.Kind);
}
