namespace CnnVis;

/// <summary>
/// One number of a network that is to be explained: a weighted sum of elements, or of means and sums of regions, of any of its outputs and layers. As text
/// (<see cref="Parse"/>): <c>boxes[17,4]</c> an element, <c>mean(out[:,3])</c> and <c>sum(out[2:5,3])</c> regions, <c>class(cat)</c> a class, of a segmentation
/// <c>class(cat)[0:8,4:12]</c> its pixels in a box and <c>class(cat, predicted)</c> where it is predicted, <c>a[0] - 0.5*b[1]</c> differences and weighted sums.
/// Objects are added, subtracted and multiplied alike.
/// </summary>
public sealed class CnnTarget
{
    private CnnTarget(IReadOnlyList<CnnTargetTerm> terms) => Terms = terms.ToArray();

    /// <summary>What is added up; at least one.</summary>
    public IReadOnlyList<CnnTargetTerm> Terms { get; }

    /// <summary>One term.</summary>
    public static CnnTarget Of(CnnTargetTerm term) => new([term]);

    /// <summary>What a text says.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: it is no target; the message names the position.</exception>
    public static CnnTarget Parse(string text) => new(new TargetParser(text).Target());

    /// <summary>Both together.</summary>
    public static CnnTarget operator +(CnnTarget left, CnnTarget right) => new([.. left.Terms, .. right.Terms]);

    /// <summary>The difference.</summary>
    public static CnnTarget operator -(CnnTarget left, CnnTarget right) => left + right * -1;

    /// <summary>The opposite.</summary>
    public static CnnTarget operator -(CnnTarget target) => target * -1;

    /// <summary>With another weight.</summary>
    public static CnnTarget operator *(CnnTarget target, double weight) => double.IsFinite(weight)
        ? new CnnTarget([.. target.Terms.Select(t => t with { Weight = t.Weight * weight })])
        : throw new CnnVisException(ErrorIds.InvalidArgument, "The weight of a target is a finite number.", weight);

    /// <summary>With another weight.</summary>
    public static CnnTarget operator *(double weight, CnnTarget target) => target * weight;

    /// <summary>As it is written.</summary>
    public override string ToString() => string.Concat(Terms.Select((t, i) =>
        i == 0 ? (t.Weight == -1 ? $"-{t.Text}" : $"{t}") : t.Weight < 0 ? $" - {t with { Weight = -t.Weight }}" : $" + {t}"));
}
