using System.Management.Automation;
using CnnVis.Engine.Adversarial;
using CnnVis.Engine.Adversarial.Attacks;
using CnnVis.Engine.Models;
using CnnVis.Engine.Targets;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Cmdlets that attack networks: the attacks, and what these can be told.</summary>
public abstract class AttackCommand : ImageCommand
{
    /// <summary>One or several attacks by name; Tab lists them. Left out, it is Fgsm.</summary>
    [Parameter(Position = 1), ValidateNotNullOrEmpty, ArgumentCompleter(typeof(AttackMethodCompleter))]
    public string[] Method { get; set; } = [nameof(Fgsm)];

    /// <summary>Largest size of the perturbation by the attack's norm (-Norm, or the attack's own), in pixels in [0, 1], as 0.03 or 8/255; several give a result for each. 8/255 is a size by LInf: by L2 it is next to nothing. Left out, it is 8/255 for LInf, and for L2 and L1 0.5 and 12 at 32 × 32 in colour, in proportion for others (L2: 1 at 64 × 64, 3.5 at 224 × 224); attacks that look for the smallest perturbation have no limit then.</summary>
    [Parameter(Position = 2), ValidateNotNullOrEmpty]
    public string[]? Epsilon { get; set; }

    /// <summary>How the size is measured: LInf, L2, L1 or L0. Left out, it is the attack's own.</summary>
    [Parameter]
    public AttackNorm? Norm { get; set; }

    /// <summary>What the network is to see: a class by name or index, Random (for each picture another), or LeastLikely. Left out, anything wrong does. Or another number of the network, as Get-SaliencyMap's -Target takes it ('boxes[17,4]'), which is brought across -Threshold.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(AttackTargetCompleter))]
    public string? Target { get; set; }

    /// <summary>Where -Target is a number of the network: what it is to fall below if it is not less, and to reach if it is.</summary>
    [Parameter]
    public double Threshold { get; set; } = 0.5;

    /// <summary>What all the pictures show: a class by name or index.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(ClassCompleter))]
    public string? Label { get; set; }

    /// <summary>A table, separated by commas or tabs, of what each picture shows, with the columns file (or path) and class (or label).</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? LabelPath { get; set; }

    /// <summary>Pictures show what the folder that they lie in is called.</summary>
    [Parameter]
    public SwitchParameter LabelFromFolder { get; set; }

    /// <summary>Where pictures may change: a picture or NumPy file, prepared like the photos, of which white may change; or an array of rows × columns, or channels × rows × columns, in which 1 or $true may change.</summary>
    [Parameter, ValidateNotNull]
    public object? Mask { get; set; }

    /// <summary>Smallest and largest value that attacks may give a pixel, within 0 and 1. A pixel that lies outside may stay.</summary>
    [Parameter, ValidateCount(2, 2)]
    public double[] Bounds { get; set; } = [0, 1];

    /// <summary>Steps, or iterations. Left out, it is the attack's own number.</summary>
    [Parameter, ValidateRange(1, 1_000_000)]
    public int? Steps { get; set; }

    /// <summary>Length of a step by the norm, as 0.01 or 2/255; for CarliniWagner the learning rate, for Jsma the change of a value.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? StepSize { get; set; }

    /// <summary>How often attacks with random numbers begin anew with the pictures that still stand.</summary>
    [Parameter, ValidateRange(1, 10_000)]
    public int? Restarts { get; set; }

    /// <summary>How much of the sum of former gradients MomentumIterative keeps.</summary>
    [Parameter, ValidateRange(0.0, 100.0)]
    public double Decay { get; set; } = AttackOptions.Default.Decay;

    /// <summary>By how much the wrong class's logit has to lead, for CarliniWagner.</summary>
    [Parameter, ValidateRange(0.0, 1e6)]
    public double Confidence { get; set; }

    /// <summary>Values of the trade-off between size and loss that Lbfgs and CarliniWagner try.</summary>
    [Parameter, ValidateRange(1, 1000)]
    public int? SearchSteps { get; set; }

    /// <summary>Pixels that OnePixel may change.</summary>
    [Parameter, ValidateRange(1, 10_000)]
    public int Pixels { get; set; } = AttackOptions.Default.Pixels;

    /// <summary>Forward passes a picture that OnePixel, BoundaryAttack and Square may take.</summary>
    [Parameter, ValidateRange(1, 100_000_000)]
    public int? Queries { get; set; }

    /// <summary>Take all steps though the network is fooled already. Such examples fool other networks more often.</summary>
    [Parameter]
    public SwitchParameter AllSteps { get; set; }

    /// <summary>Look for a perturbation that survives rounding to 8 bits.</summary>
    [Parameter]
    public SwitchParameter Quantize { get; set; }

    /// <summary>Seed of everything random. The same seed and picture give the same result.</summary>
    [Parameter, ValidateRange(0, int.MaxValue)]
    public int Seed { get; set; }

    /// <summary>Fill passes up, so that no number depends on which pictures come together.</summary>
    private protected bool FillsPasses { get; set; }

    /// <summary>The network as it is attacked, and everything that was asked.</summary>
    private protected AttackedNetwork Attacked { get; private set; } = null!;

    /// <inheritdoc/>
    private protected override void Check()
    {
        if (new[] { Label is not null, LabelPath is not null, LabelFromFolder.IsPresent }.Count(given => given) > 1)
            throw new CnnVisException(ErrorIds.InvalidArgument, "-Label, -LabelPath and -LabelFromFolder each say what the pictures show: give one of them.", Label);
    }

    /// <inheritdoc/>
    private protected override void Start()
    {
        Attacked = AttackedBy(Network);
        foreach (IAttack attack in Attacked.Query.Attacks)
            if (AttackSize.Warning(attack, Norm ?? attack.Norms[0], Attacked.Query.Epsilons, Network.Input.Length) is { } warning) WriteWarning(warning);
    }

    /// <summary>What the pictures show, in a network's classes.</summary>
    private protected PictureLabels? LabelsFor(Network network) => Label is not null ? PictureLabels.One(Label, network)
        : LabelPath is not null ? PictureLabels.Table(FilePaths.Plain(SessionState, LabelPath), network)
        : LabelFromFolder ? PictureLabels.Folders(network) : null;

    /// <summary>Everything that was asked, for a network.</summary>
    private protected AttackedNetwork AttackedBy(Network network)
    {
        CnnTarget? number = Target is not null && !AttackTarget.IsClass(Target, network) ? CnnTarget.Parse(Target) : null;
        Network attacked = number is null ? network : network.Asking([number]);
        AttackOptions options = new()
        {
            Norm = Norm,
            Steps = Steps,
            StepSize = StepSize is null ? null : AttackSize.Parse(StepSize, "-StepSize"),
            Restarts = Restarts,
            Decay = Decay,
            Confidence = Confidence,
            SearchSteps = SearchSteps,
            Pixels = Pixels,
            Queries = Queries,
            AllSteps = AllSteps,
            Quantize = Quantize,
            Seed = Seed,
        };
        return new AttackedNetwork(attacked, new AttackQuery
        {
            Attacks = [.. Method.Select(name => AttackMethods.Create(name, options))],
            Options = options,
            Epsilons = Epsilon is null ? [] : [.. Epsilon.Select(e => AttackSize.Parse(e, "-Epsilon"))],
            Target = Target is null || number is not null ? null : AttackTarget.Parse(Target, network),
            Number = number is null ? null : new NumberGoal(attacked.Answers.Logits, $"{number}", Threshold),
            Limits = new PixelLimits(PixelBounds.Of(Bounds[0], Bounds[1]), Mask is null ? null : MaskReference.Resolve(Mask, SessionState, network.Input)),
            BatchSize = BatchSize,
            FillsPasses = FillsPasses,
        }, LabelsFor(network));
    }
}
