namespace CnnVis.Engine.Adversarial;

/// <summary>The attacks by their names: every <see cref="IAttack"/> of this assembly.</summary>
public static class AttackMethods
{
    private static readonly SortedDictionary<string, Type> _methods = new(
        typeof(IAttack).Assembly.GetTypes()
            .Where(t => t.IsAssignableTo(typeof(IAttack)) && t is { IsAbstract: false, IsInterface: false })
            .ToDictionary(t => t.Name, StringComparer.OrdinalIgnoreCase),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>All names, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. _methods.Keys];

    /// <summary>Makes the attack of that name.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: there is none, or an option makes no sense to it.</exception>
    public static IAttack Create(string name, AttackOptions options)
    {
        if (!_methods.TryGetValue(name, out Type? type))
            throw new CnnVisException(ErrorIds.InvalidArgument, $"There is no attack '{name}'. Did you mean {Suggestion.For(name, Names)[0]}? The attacks are {string.Join(", ", Names)}.", name);
        var attack = (IAttack)Activator.CreateInstance(type, System.Reflection.BindingFlags.DoNotWrapExceptions, null, [options], null)!;
        if (options.Norm is { } norm && !attack.Norms.Contains(norm))
            throw new CnnVisException(ErrorIds.InvalidArgument, $"{attack.Name} does not measure by {norm}; it knows {string.Join(", ", attack.Norms)}.", norm);
        return attack;
    }
}
