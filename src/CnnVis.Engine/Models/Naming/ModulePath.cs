namespace CnnVis.Engine.Models.Naming;

/// <summary>The path of PyTorch's module that a node belongs to.</summary>
internal static class ModulePath
{
    /// <summary>
    /// PyTorch's exporter calls the convolution of the module <c>layer1.0.conv1</c> <c>/layer1/layer1.0/conv1/Conv</c>: each step names a module, those of a list with
    /// the list's name in front, and the last is the operator. Any other name is taken as the path itself.
    /// </summary>
    public static string Of(string name)
    {
        if (!name.StartsWith('/')) return name;
        string[] steps = name[1..].Split('/');
        string path = steps[0], last = steps[0];
        foreach (string step in steps.Length > 1 ? steps[1..^1] : [])
        {
            path = step.StartsWith(last + ".", StringComparison.Ordinal) ? path + step[last.Length..] : $"{path}.{step}";
            last = step;
        }
        return path;
    }
}
