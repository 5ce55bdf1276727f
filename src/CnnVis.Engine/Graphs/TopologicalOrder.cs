namespace CnnVis.Engine.Graphs;

/// <summary>Puts steps into an order in which each follows what it needs.</summary>
internal static class TopologicalOrder
{
    /// <summary>Kahn's algorithm, keeping the given order where it is already right.</summary>
    /// <param name="steps">In any order.</param>
    /// <param name="label">What to call one in errors.</param>
    /// <param name="gives">Names of the values that it gives.</param>
    /// <param name="takes">Names of the values that it takes.</param>
    /// <param name="given">Whether a value is there from the start.</param>
    /// <exception cref="CnnVisException">A value has two sources or none, or the steps run in a circle.</exception>
    public static List<T> Of<T>(IReadOnlyList<T> steps, Func<T, string> label, Func<T, IEnumerable<string>> gives, Func<T, IEnumerable<string>> takes, Predicate<string> given)
        where T : class
    {
        var sources = new HashSet<string>(StringComparer.Ordinal);
        foreach (string value in steps.SelectMany(gives))
            if (given(value) || !sources.Add(value)) throw new CnnVisException(ErrorIds.ModelUnreadable, $"The value '{value}' has two sources.", value);

        if (IsOrdered(steps, gives, takes, given)) return [.. steps];
        int[] missing = new int[steps.Count];
        var users = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var ready = new PriorityQueue<int, int>();
        for (int i = 0; i < steps.Count; i++)
        {
            string[] computed = [.. takes(steps[i]).Where(v => v.Length > 0 && !given(v)).Distinct(StringComparer.Ordinal)];
            foreach (string value in computed)
            {
                if (!sources.Contains(value)) throw new CnnVisException(ErrorIds.ModelUnreadable, $"{label(steps[i])} takes '{value}', which nothing gives.", value);
                if (!users.TryGetValue(value, out var list)) users[value] = list = [];
                list.Add(i);
            }
            missing[i] = computed.Length;
            if (computed.Length == 0) ready.Enqueue(i, i);
        }

        var sorted = new List<T>(steps.Count);
        while (ready.TryDequeue(out int step, out _))
        {
            sorted.Add(steps[step]);
            foreach (int user in gives(steps[step]).SelectMany(value => users.GetValueOrDefault(value, [])))
                if (--missing[user] == 0) ready.Enqueue(user, user);
        }
        if (sorted.Count < steps.Count) throw new CnnVisException(ErrorIds.ModelUnreadable, "The network's nodes run in a circle.", label(steps[Array.FindIndex(missing, m => m > 0)]));
        return sorted;
    }

    /// <summary>Whether each step follows what it needs already, as it does in nearly every file.</summary>
    private static bool IsOrdered<T>(IReadOnlyList<T> steps, Func<T, IEnumerable<string>> gives, Func<T, IEnumerable<string>> takes, Predicate<string> given)
    {
        var there = new HashSet<string>(steps.Count, StringComparer.Ordinal);
        foreach (T step in steps)
        {
            foreach (string value in takes(step))
                if (value.Length > 0 && !there.Contains(value) && !given(value)) return false;
            foreach (string value in gives(step)) there.Add(value);
        }
        return true;
    }
}
