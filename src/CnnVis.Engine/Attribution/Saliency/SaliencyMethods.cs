namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>The methods by their names: every <see cref="ISaliencyMethod"/> of this assembly.</summary>
public static class SaliencyMethods
{
    private static readonly SortedDictionary<string, Type> _methods = new(
        typeof(ISaliencyMethod).Assembly.GetTypes()
            .Where(t => t.IsAssignableTo(typeof(ISaliencyMethod)) && t is { IsAbstract: false, IsInterface: false })
            .ToDictionary(t => t.Name, StringComparer.OrdinalIgnoreCase),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>All names, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. _methods.Keys];

    /// <summary>Makes the method of that name.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: there is none, or it lacks an option.</exception>
    public static ISaliencyMethod Create(string name, SaliencyOptions options) => _methods.TryGetValue(name, out Type? type)
        ? (ISaliencyMethod)Activator.CreateInstance(type, System.Reflection.BindingFlags.DoNotWrapExceptions, null, [options], null)!
        : throw new CnnVisException(ErrorIds.InvalidArgument, $"There is no saliency method '{name}'. Did you mean {Suggestion.For(name, Names)[0]}? The methods are {string.Join(", ", Names)}.", name);
}
