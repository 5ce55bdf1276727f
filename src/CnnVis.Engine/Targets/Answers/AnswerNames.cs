namespace CnnVis.Engine.Targets.Answers;

/// <summary>Names of what a network answers.</summary>
internal static class AnswerNames
{
    /// <summary>Names of the classes, or numbers.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="given">Names that are given; null for none. Of yes or no one is enough: the other class is "not" that.</param>
    /// <param name="model">The network's name, for the error.</param>
    /// <exception cref="CnnVisException">There are more or fewer.</exception>
    public static string[] Of(Answer answer, IReadOnlyList<string>? given, string model)
    {
        bool isOne = answer.Count == 2 && answer.Kind is AnswerKind.Binary;
        string[] names = given is [var only] && isOne ? [only, $"not {only}"]
            : given?.ToArray()
            ?? (answer.Kind is AnswerKind.Codes or AnswerKind.Outputs ? []
            : isOne ? ["class 0", "not class 0"]
            : [.. Enumerable.Range(0, answer.Count).Select(i => $"{(answer.Kind == AnswerKind.Numbers ? "number" : "class")} {i}")]);
        int wanted = answer.Kind is AnswerKind.Codes or AnswerKind.Outputs ? 0 : answer.Count;
        if (names.Length != wanted)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"{model} has {wanted} outputs and {names.Length} class names were given{(names.Length == 1 ? $" ('{names[0]}' is no file)" : "")}.", model);
        return names;
    }
}
