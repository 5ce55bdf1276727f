namespace CnnVis.Engine.Models.Onnx;

/// <summary>The operator sets that are read, and the one whose forms operators know and files are written in.</summary>
internal static class OnnxOpset
{
    /// <summary>Oldest operator set that is read.</summary>
    public const int Minimum = 1;

    /// <summary>Newest operator set that is read.</summary>
    public const int Maximum = 25;

    /// <summary>The operator set of the graph's operators.</summary>
    public const int Canonical = 21;

    /// <summary>Whether a node's domain is ONNX's own.</summary>
    public static bool IsDefault(string domain) => domain is "" or "ai.onnx";

    /// <summary>The operator set of a file.</summary>
    /// <exception cref="CnnVisException">It is none of those that are read.</exception>
    public static int Of(ModelProto model)
    {
        long[] stated = [.. model.OpsetImport.Where(o => IsDefault(o.Domain)).Select(o => o.Version)];
        if (stated.Length == 0 && model.IrVersion is > 0 and < 3) return 1; // sets were not counted yet
        if (stated.Length == 0) throw Unreadable("it states no operator set of ONNX; the file is damaged, or holds no network.");
        long opset = stated.Max();
        if (opset < Minimum) throw Unreadable($"it uses operator set {opset}; {Minimum} to {Maximum} are read. Export it again with opset_version={Canonical}.");
        if (opset > Maximum) throw Unreadable($"it uses operator set {opset}, which is newer than this version knows; {Minimum} to {Maximum} are read. Export it again with opset_version={Canonical}, or update CnnVis.");
        return (int)opset;
    }

    private static CnnVisException Unreadable(string what) => new(ErrorIds.ModelUnreadable, what);
}
