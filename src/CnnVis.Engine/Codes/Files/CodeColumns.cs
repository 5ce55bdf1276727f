namespace CnnVis.Engine.Codes.Files;

/// <summary>Names of what stands beside the vectors in files.</summary>
internal static class CodeColumns
{
    public const string Values = "codes", Paths = "paths", Labels = "labels", Tiles = "tiles", Model = "model", Hash = "model_hash", Layer = "layer";

    /// <summary>A table's, in the order in which they are written; the vector's are v0, v1 …</summary>
    public static string[] Table { get; } = ["path", "label", "model", "layer", "x", "y", "width", "height"];

    /// <summary>What a table written beside a file of bare numbers is called.</summary>
    public static string Beside(string path) => path + ".csv";
}
