namespace CnnVis.Engine.Humans;

/// <summary>People taken together, over the trials that all of them saw: right where any is, and right where more answer rightly first than anything else.</summary>
internal static class TogetherLabelers
{
    /// <summary>The two; none where there are fewer than two people, or no trial that all saw.</summary>
    public static IEnumerable<Labeler> Of(Trials trials)
    {
        Labeler[] people = [.. trials.Labelers.Where(l => l.Kind == LabelerKind.Person)];
        if (people.Length < 2) yield break;
        int[] common = [.. Enumerable.Range(0, trials.Count).Where(t => people.All(p => p.Answers[t] is not null))];
        if (common.Length == 0) yield break;
        yield return Combined("any person", LabelerKind.Union, t => (people.Any(p => p.Right[t] == true), people.FirstOrDefault(p => p.Right[t] == true)?.Answers[t]!.Answers));
        yield return Combined("majority of people", LabelerKind.Majority, Majority);

        Labeler Combined(string name, LabelerKind kind, Func<int, (bool Right, IReadOnlyList<string>? Answers)> judge)
        {
            var labeler = new Labeler(name, kind, trials.Count);
            foreach (int trial in common)
            {
                var (right, answers) = judge(trial);
                labeler.Right[trial] = right;
                labeler.Answers[trial] = trials.Pictures[trial] with { Labeler = name, Kind = kind, Answers = answers ?? [], Seconds = null, Allowed = null };
                labeler.Order.Add(trial);
            }
            return labeler;
        }

        (bool, IReadOnlyList<string>?) Majority(int trial)
        {
            var votes = people.Select(p => p.Answers[trial]!.Answers).Where(a => a.Count > 0).GroupBy(a => trials.Vocabulary[a[0]]).OrderByDescending(g => g.Count()).Take(2).ToArray();
            bool decided = votes.Length > 0 && (votes.Length == 1 || votes[0].Count() > votes[1].Count());
            return decided ? (votes[0].Key == trials.Vocabulary[trials.Pictures[trial].Truth!], [votes[0].First()[0]]) : (false, null);
        }
    }
}
