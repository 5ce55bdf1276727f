namespace CnnVis;

/// <summary>A picture that was changed a little so that a network no longer sees what it shows. Everything is in pixels of the network's input, in [0, 1].</summary>
public sealed partial class AdversarialExample : ICnnResult
{
    private readonly Lazy<PerturbationSize> _size;
    private string? _file;
    private ClassProbability? _afterFile;

    /// <summary>Made by <c>New-AdversarialExample</c>.</summary>
    public AdversarialExample() => _size = new Lazy<PerturbationSize>(() => PerturbationSize.Of(Original, Adversarial, Height * Width));

    /// <summary>The image file.</summary>
    public required string Path { get; init; }

    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>The attack's name, as <c>Pgd</c>.</summary>
    public required string Method { get; init; }

    /// <summary>How the attack measures its perturbation.</summary>
    public required AttackNorm Norm { get; init; }

    /// <summary>Largest size allowed, by <see cref="Norm"/>; null where the attack looks for the smallest that does.</summary>
    public required double? Epsilon { get; init; }

    /// <summary>What the picture shows, with the network's confidence in it before: the label given, or what the network said.</summary>
    public required ClassProbability Label { get; init; }

    /// <summary>What the network was to see, with its confidence in it afterwards; null where anything wrong would do.</summary>
    public required ClassProbability? Target { get; init; }

    /// <summary>What the network says of the picture as it was.</summary>
    public required ClassProbability Before { get; init; }

    /// <summary>What it says of the changed picture, in floating point.</summary>
    public required ClassProbability After { get; init; }

    /// <summary>What it says of the changed picture rounded to 8 bits, as a file holds it.</summary>
    public required ClassProbability AfterRounding { get; init; }

    /// <summary>The network's confidence in <see cref="Label"/> afterwards, in floating point.</summary>
    public required double LabelProbabilityAfter { get; init; }

    /// <summary>How the attack ended, judged in floating point.</summary>
    public required AttackOutcome Outcome { get; init; }

    /// <summary>Whether the network was made to err, in floating point.</summary>
    public bool Success => Outcome == AttackOutcome.Succeeded;

    /// <summary>Whether it still errs when the picture is rounded to 8 bits.</summary>
    public required bool SuccessAfterRounding { get; init; }

    /// <summary>Whether the network says the label of the picture as it was: its most probable class is it; of labels that may hold together, its probability is at least one half; a number is where it was.</summary>
    public required bool SaysLabelBefore { get; init; }

    /// <summary>Whether it says the label of the example.</summary>
    public required bool SaysLabelAfter { get; init; }

    /// <summary>Whether it says the label of the example rounded to 8 bits.</summary>
    public required bool SaysLabelAfterRounding { get; init; }

    /// <summary>Whether the network was wrong about the picture as it was; nothing is attacked then.</summary>
    public bool AlreadyMisclassified => Outcome == AttackOutcome.AlreadyMisclassified;

    /// <summary>How often the network was asked about this picture: forward passes.</summary>
    public required long Queries { get; init; }

    /// <summary>How many gradients were computed for this picture: backward passes.</summary>
    public required long Gradients { get; init; }

    /// <summary>Planes of the picture.</summary>
    public required int Channels { get; init; }

    /// <summary>Rows.</summary>
    public required int Height { get; init; }

    /// <summary>Columns.</summary>
    public required int Width { get; init; }

    /// <summary>The picture as the network saw it: [channels, height, width], row by row.</summary>
    public required CnnValues Original { get; init; }

    /// <summary>The changed picture, in [0, 1]; of an attack that failed, what it ended with.</summary>
    public required CnnValues Adversarial { get; init; }

    /// <summary><see cref="Adversarial"/> − <see cref="Original"/>.</summary>
    public CnnValues Perturbation => Adversarial.ToArray().Zip(Original.ToArray(), (a, o) => a - o).ToArray();

    /// <summary>The perturbation's size by one norm.</summary>
    public double Size(AttackNorm norm) => _size.Value[norm];

    /// <summary>Values that change.</summary>
    public int L0 => _size.Value.L0;

    /// <summary>Pixels of which a value changes.</summary>
    public int ChangedPixels => _size.Value.Pixels;

    /// <summary>Sum of the perturbation's magnitudes.</summary>
    public double L1 => _size.Value.L1;

    /// <summary>Root of the perturbation's sum of squares.</summary>
    public double L2 => _size.Value.L2;

    /// <summary>The perturbation's largest magnitude.</summary>
    public double LInf => _size.Value.LInf;

    /// <summary>√(Σ (x′ − x)² / n) over the n values, as Szegedy et al. (2013, section 4.2) report it.</summary>
    public double Distortion => _size.Value.Distortion;

    /// <summary>The file that the changed picture was written to; null where none was asked for.</summary>
    public string? File => _file;

    /// <summary>What the network says of that file, read again and prepared as any photo; null without one.</summary>
    public ClassProbability? AfterFile => _afterFile;

    /// <summary>Whether the network errs about the file; null without one.</summary>
    public bool? SuccessInFile => _afterFile is { } after ? Success && (Target is null ? after.Index != Label.Index : after.Index == Target.Index) : null;

    /// <summary>The same example, written to a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="after">What the network says of it.</param>
    public AdversarialExample In(string file, ClassProbability after)
    {
        var copy = (AdversarialExample)MemberwiseClone();
        (copy._file, copy._afterFile) = (file, after);
        return copy;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{VisibleText.Of(System.IO.Path.GetFileName(Path))}: {Before.Name} → {After.Name} by {Method}";

    Origin? ICnnResult.Origin => Origin;

    IEnumerable<CnnPicture> ICnnResult.Pictures => [File is not null ? CnnPicture.OfFile(File) : CnnPicture.Of(CnnPicture.NameOf(Path, Epsilon is { } epsilon ? FormattableString.Invariant($"{Method} {epsilon:G3}") : Method), Adversarial, Channels, Height, Width)];

    internal Origin? Origin { get; init; }
}
