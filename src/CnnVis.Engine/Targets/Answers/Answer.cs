namespace CnnVis.Engine.Targets.Answers;

/// <summary>
/// What a network answers, and which values of its graph say it. Whoever wants logits, probabilities or a verdict asks here; nobody takes them from the graph's
/// end. Where a file's answer has another form than [N, classes], nodes beside the file's own bring it there (<see cref="Views"/>).
/// </summary>
/// <param name="Kind">The kind.</param>
/// <param name="Reason">Why, in one sentence.</param>
/// <param name="Count">Classes, labels or numbers; 0 where there are none.</param>
public sealed record Answer(AnswerKind Kind, string Reason, int Count)
{
    private readonly string _logits = "", _probabilities = "", _deciding = "";

    /// <summary>Name of the value that holds a logit for each class, [N, classes]: what the Softmax is given; log-odds of labels; of a segmentation the mean over the places; of numbers these themselves.</summary>
    /// <exception cref="CnnVisException">The answer has no classes or numbers of its own.</exception>
    public string Logits
    {
        get => Known(_logits);
        init => _logits = value;
    }

    /// <summary>Name of the value that holds a probability for each class, [N, classes]; of numbers these themselves.</summary>
    /// <exception cref="CnnVisException">The answer has no classes or numbers of its own.</exception>
    public string Probabilities
    {
        get => Known(_probabilities);
        init => _probabilities = value;
    }

    /// <summary>Name of the value of which the largest number is the verdict, [N, classes]: <see cref="Logits"/>; of a segmentation the logarithm of the mean probability over the places, a class's share of the picture.</summary>
    public string Deciding
    {
        get => _deciding.Length > 0 ? _deciding : Logits;
        init => _deciding = value;
    }

    /// <summary>Whether probabilities are the Softmax (or, of labels and one logit, the Sigmoid) of <see cref="Logits"/>, so that nobody has to ask for them.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Of a segmentation: name of the value with a logit for each class and place.</summary>
    public string? PixelLogits { get; init; }

    /// <summary>Of a segmentation: the axis of its classes.</summary>
    public int ClassAxis { get; init; } = 1;

    /// <summary>Where a user named the numbers (<see cref="CnnTarget"/>): the names of their values, [N, 1] each; null otherwise.</summary>
    public IReadOnlyList<string>? Named { get; init; }

    /// <summary>Names of the file's outputs, the answer first.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Names of the nodes that are no part of the file's network, and are not written.</summary>
    public IReadOnlySet<string> Views { get; init; } = new HashSet<string>();

    /// <summary>Whether it says how probable classes are.</summary>
    public bool HasClasses => Kind is AnswerKind.Classes or AnswerKind.Labels or AnswerKind.Binary or AnswerKind.Maps;

    /// <summary>Whether the probability of a class depends on its own logit alone.</summary>
    public bool IsIndependent => Kind is AnswerKind.Labels or AnswerKind.Binary;

    /// <summary>Makes sure that there are classes.</summary>
    /// <param name="model">The network's name.</param>
    /// <param name="what">What they are wanted for.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: there are none.</exception>
    public void NeedClasses(string model, string what)
    {
        if (!HasClasses)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"{model} answers with {Words}, not with classes, so that {what} makes no sense for it ({Reason}). {Advice}", model);
    }

    /// <summary>Makes sure that there are classes or numbers that can be explained one by one.</summary>
    /// <param name="model">The network's name.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: there are none.</exception>
    public void NeedScores(string model)
    {
        if (Kind != AnswerKind.Numbers) NeedClasses(model, "a class to explain");
    }

    /// <summary>The kind in words.</summary>
    private string Words => Kind switch { AnswerKind.Numbers => "numbers", AnswerKind.Codes => "codes", AnswerKind.Outputs => "outputs of its own", _ => "classes" };

    private string Advice => Kind == AnswerKind.Codes ? "Get-CnnCode gives them; Import-CnnModel -Answer Classes takes them for classes." : "Name a number of it with -Target; Import-CnnModel -Answer overrules what was found, -OutputName chooses another value.";

    private string Known(string value) => value.Length > 0 ? value
        : throw new CnnVisException(ErrorIds.InvalidArgument, $"This network has no classes ({Reason}). {Advice}", Kind);
}
