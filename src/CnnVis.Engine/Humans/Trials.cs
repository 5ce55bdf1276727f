namespace CnnVis.Engine.Humans;

/// <summary>The answers of one study, by labeler and by picture.</summary>
internal sealed class Trials
{
    private const int MostGuesses = 5;

    private readonly List<string> _notes = [];

    /// <param name="answers">Those of one study, in the order in which they were given.</param>
    /// <param name="options">How they are compared.</param>
    /// <exception cref="CnnVisException">There is none that counts.</exception>
    public Trials(IReadOnlyList<LabelerAnswer> answers, ComparisonOptions options)
    {
        LabelerAnswer[] counted = [.. answers.Where(a => !a.IsTraining)];
        if (counted.Length == 0) throw new CnnVisException(ErrorIds.InvalidArgument, answers.Count == 0 ? "There are no answers to compare." : $"All {answers.Count} answers belong to the training round, which is not counted.");
        ImageNames names = new(answers.Select(a => a.Image));
        counted = [.. UnderConditions(counted, names)];
        Vocabulary = new LabelVocabulary(counted.GroupBy(a => a.Labeler, StringComparer.Ordinal).Select(g => g.SelectMany(a => a.Answers)).Append(counted.SelectMany(a => a.Acceptable.Append(a.Truth ?? ""))));
        Top = options.Top ?? Math.Min(MostGuesses, counted.GroupBy(a => a.Labeler, StringComparer.Ordinal).Min(g => g.Max(a => Math.Max(a.Allowed ?? 0, a.Answers.Count))));
        Top = Math.Max(1, Top);
        (Numbers, Conditions) = Numbered(counted, names);
        Pictures = new LabelerAnswer[Numbers.Count];
        ConditionOf = new int[Numbers.Count];
        foreach (var group in counted.GroupBy(a => a.Labeler, StringComparer.Ordinal)) Add([.. group], names);
        foreach (LabelerAnswer answer in answers.Where(a => a.IsTraining))
            if (Labelers.Find(l => l.Name == answer.Labeler) is { } labeler) labeler.TrainingCount++;
        Judge();
    }

    /// <summary>Guesses of which one has to be right.</summary>
    public int Top { get; }

    public LabelVocabulary Vocabulary { get; }

    public List<Labeler> Labelers { get; } = [];

    /// <summary>Trials by condition and picture.</summary>
    public Dictionary<(string Condition, string Image), int> Numbers { get; }

    public string[] Conditions { get; }

    /// <summary>The condition of each trial.</summary>
    public int[] ConditionOf { get; }

    /// <summary>An answer to each trial that knows most of the picture.</summary>
    public LabelerAnswer[] Pictures { get; }

    public int Count => Pictures.Length;

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Who was shown a picture as it is, as networks are, answered it under each condition under which others saw it.</summary>
    private static IEnumerable<LabelerAnswer> UnderConditions(LabelerAnswer[] counted, ImageNames names)
    {
        ILookup<string, string> shown = counted.Where(a => a.Condition.Length > 0).Select(a => (Image: names[a.Image], a.Condition)).Distinct().ToLookup(a => a.Image, a => a.Condition, StringComparer.Ordinal);
        return counted.SelectMany(a => a.Condition.Length == 0 && shown.Contains(names[a.Image]) ? shown[names[a.Image]].Select(c => a with { Condition = c }) : [a]);
    }

    private static (Dictionary<(string, string), int>, string[]) Numbered(LabelerAnswer[] counted, ImageNames names)
    {
        Dictionary<(string, string), int> numbers = [];
        foreach (LabelerAnswer answer in counted) numbers.TryAdd((answer.Condition, names[answer.Image]), numbers.Count);
        return (numbers, [.. numbers.Keys.Select(k => k.Item1).Distinct().Order(StringComparer.Ordinal)]);
    }

    private void Add(LabelerAnswer[] answers, ImageNames names)
    {
        LabelerKind[] kinds = [.. answers.Select(a => a.Kind).OfType<LabelerKind>().Distinct()];
        if (kinds.Length > 1) throw new CnnVisException(ErrorIds.InvalidArgument, $"'{answers[0].Labeler}' is a person in some answers and a network in others: give them two names.", answers[0].Labeler);
        var labeler = new Labeler(answers[0].Labeler, kinds is [var kind] ? kind : LabelerKind.Person, Count);
        int repeated = 0;
        foreach (LabelerAnswer answer in answers)
        {
            int trial = Numbers[(answer.Condition, names[answer.Image])];
            ConditionOf[trial] = Array.IndexOf(Conditions, answer.Condition);
            if (Pictures[trial] is not { } known) Pictures[trial] = answer;
            else Pictures[trial] = known with { Truth = known.Truth ?? answer.Truth, Path = known.Path ?? answer.Path, Acceptable = known.Acceptable.Count > 0 ? known.Acceptable : answer.Acceptable };
            if (labeler.Answers[trial] is { } before)
            {
                if (!before.Answers.SequenceEqual(answer.Answers)) repeated++;
                if (answer.At is null || before.At is null || answer.At <= before.At) continue;
                labeler.Order.Remove(trial);
            }
            labeler.Answers[trial] = answer;
            labeler.Order.Add(trial);
        }
        if (repeated > 0) _notes.Add($"{labeler.Name} answered {repeated} pictures more than once, differently: of answers with a time the last counts, of others the first.");
        Labelers.Add(labeler);
    }

    private void Judge()
    {
        foreach (Labeler labeler in Labelers)
        {
            for (int trial = 0; trial < Count; trial++)
            {
                if (labeler.Answers[trial] is not { } answer) continue;
                string truth = Pictures[trial].Truth ?? throw new CnnVisException(ErrorIds.ClassNotFound, $"Nothing says what '{answer.Image}' shows.", answer.Image);
                if (answer.Truth is { } own && !Vocabulary.Same(own, truth))
                    throw new CnnVisException(ErrorIds.InvalidArgument, $"'{answer.Image}' shows '{truth}' according to one labeler's file and '{own}' according to {labeler.Name}'s. Say what is right with -LabelPath.", answer.Image);
                labeler.Right[trial] = IsRight(trial, answer, Top);
            }
        }
    }

    /// <summary>Whether one of the first guesses is what the picture shows.</summary>
    public bool IsRight(int trial, LabelerAnswer answer, int top) => answer.Answers.Take(top).Any(a => Vocabulary.Same(a, Pictures[trial].Truth!));
}
