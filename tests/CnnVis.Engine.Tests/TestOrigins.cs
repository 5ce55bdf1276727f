using CnnVis.Engine.Models;

namespace CnnVis.Engine.Tests;

/// <summary>Where results come from in tests that need no network.</summary>
internal static class TestOrigins
{
    /// <summary>A network that is only listed.</summary>
    public static Origin Listed { get; } = new(ModelCatalog.Describe("alexnet"));
}
