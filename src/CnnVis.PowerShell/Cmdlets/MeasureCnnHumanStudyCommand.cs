using System.Management.Automation;
using CnnVis.Engine.Humans;
using CnnVis.PowerShell.Loading;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Says how many pictures a study of people and networks needs, or what a number of pictures can show.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "CnnHumanStudy", DefaultParameterSetName = DifferenceSet), OutputType(typeof(HumanStudyPlan))]
public sealed class MeasureCnnHumanStudyCommand : CnnVisCommand
{
    private const string DifferenceSet = "Difference", HalfWidthSet = "HalfWidth", CountSet = "Count";

    /// <summary>Accuracy of the first labeler that is supposed, in [0, 1].</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true), ValidateRange(0.0, 1.0)]
    public double FirstAccuracy { get; set; }

    /// <summary>Accuracy of the second.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true), ValidateRange(0.0, 1.0)]
    public double SecondAccuracy { get; set; }

    /// <summary>κ of error consistency between them. 0 is that of independent errors; people and networks have .1 to .3.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true), ValidateRange(-1.0, 1.0)]
    public double Kappa { get; set; }

    /// <summary>Wanted probability that McNemar's exact test shows the difference.</summary>
    [Parameter(ParameterSetName = DifferenceSet), ValidateRange(0.01, 0.9999)]
    public double Power { get; set; } = 0.8;

    /// <summary>Wanted half of the width of κ's interval.</summary>
    [Parameter(Mandatory = true, ParameterSetName = HalfWidthSet), ValidateRange(0.0001, 1.0)]
    public double HalfWidth { get; set; }

    /// <summary>Pictures, where the question is what they can show.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CountSet), ValidateRange(1, StudyPlanner.MostPictures)]
    public int Count { get; set; }

    /// <summary>Level of the test, two-sided.</summary>
    [Parameter, ValidateRange(1e-6, 0.5)]
    public double Alpha { get; set; } = 0.05;

    /// <summary>Confidence of κ's interval.</summary>
    [Parameter, ValidateRange(0.5, 0.999999)]
    public double Confidence { get; set; } = 0.95;

    /// <summary>Seconds that a person needs for a picture. A minute is what ImageNet's thousand classes take.</summary>
    [Parameter, ValidateRange(0.01, 86_400.0)]
    public double SecondsPerPicture { get; set; } = 60;

    /// <inheritdoc/>
    protected override void Begin() => EngineNatives.Ensure();

    /// <inheritdoc/>
    protected override void Process()
    {
        try
        {
            WriteObject(Plan());
        }
        catch (CnnVisException error)
        {
            Report(error);
        }
    }

    private HumanStudyPlan Plan()
    {
        var (_, onlyFirst, onlySecond, _) = StudyPlanner.Shares(FirstAccuracy, SecondAccuracy, Kappa);
        var (count, approximate, question) = ParameterSetName switch
        {
            HalfWidthSet => (StudyPlanner.ForHalfWidth(FirstAccuracy, SecondAccuracy, Kappa, HalfWidth, Confidence), null, FormattableString.Invariant($"kappa {Kappa:G3} to within {HalfWidth:G3}")),
            CountSet => (Count, (int?)null, FormattableString.Invariant($"what {Count} pictures show")),
            _ => ForDifference(),
        };
        return new HumanStudyPlan
        {
            Question = question,
            Count = count,
            ApproximateCount = approximate,
            FirstAccuracy = FirstAccuracy,
            SecondAccuracy = SecondAccuracy,
            Kappa = Kappa,
            Discordant = onlyFirst + onlySecond,
            Power = FirstAccuracy == SecondAccuracy ? double.NaN : StudyPlanner.Power(count, FirstAccuracy, SecondAccuracy, Kappa, Alpha),
            Alpha = Alpha,
            HalfWidth = StudyPlanner.HalfWidth(count, FirstAccuracy, SecondAccuracy, Kappa, Confidence),
            Confidence = Confidence,
            Hours = count * SecondsPerPicture / 3600,
        };
    }

    private (int, int?, string) ForDifference()
    {
        var (count, approximate) = StudyPlanner.ForDifference(FirstAccuracy, SecondAccuracy, Kappa, Power, Alpha, Cancellation);
        return (count, approximate, FormattableString.Invariant($"{FirstAccuracy:P1} against {SecondAccuracy:P1} with power {Power:G3}"));
    }
}
