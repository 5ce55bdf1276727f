namespace CnnVis.PowerShell.Tests;

/// <summary>The clone that the tests were built in.</summary>
internal static class Repository
{
    /// <summary>Its top folder, found from the test assembly upwards.</summary>
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new DirectoryNotFoundException($"No CnnVis.PowerShell.sln above {AppContext.BaseDirectory}: run the tests from within the clone."),
        _ when File.Exists(Path.Combine(folder.FullName, "CnnVis.PowerShell.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
